/**
 * Places for labels that stand below each other: each as near as possible to where
 * it wants to be, none nearer than `gap` to the next, in the order of the wishes,
 * and none above `top`. Coordinates in px, downwards. Labels that have no room
 * above `bottom` reach below it.
 */
export function spreadLabels(
  wishes: readonly number[],
  { gap, top, bottom }: { readonly gap: number; readonly top: number; readonly bottom: number },
): number[] {
  const order = wishes.map((_, i) => i).toSorted((a, b) => wishes[a]! - wishes[b]! || a - b);
  // Blocks of labels that touch lie around the mean of what they want (Tagg's pool of adjacent violators).
  const blocks: { members: number[]; start: number }[] = [];
  for (const i of order) {
    let block = { members: [i], start: wishes[i]! };
    for (
      let above = blocks.at(-1);
      above !== undefined && above.start + above.members.length * gap > block.start;
      above = blocks.at(-1)
    ) {
      blocks.pop();
      const members = [...above.members, ...block.members];
      const mean =
        members.reduce((sum, member, k) => sum + wishes[member]! - k * gap, 0) / members.length;
      block = { members, start: mean };
    }
    blocks.push(block);
  }
  const places = new Array<number>(wishes.length);
  let end = top;
  for (const { members, start } of blocks) {
    let y = Math.max(start, end);
    for (const member of members) {
      places[member] = y;
      y += gap;
    }
    end = y;
  }
  // What hangs out below moves up as far as there is room.
  let limit = bottom;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i]!, limit);
    limit = places[i]! - gap;
  }
  const lift = Math.max(0, top - (places[order[0] ?? 0] ?? top));
  return places.map((place) => place + lift);
}
