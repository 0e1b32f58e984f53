import type { Bounds } from "./camera.ts";
import type { Ground } from "./ground.ts";
import { LEAST_BRANCH } from "./label-room.ts";

/** The part of a layout that is shown, to the end of its last column; `null` if nothing is. O(columns), and the items hidden at their ends. */
export function shownBounds(
  { layout, row, looks }: Pick<Ground, "layout" | "row" | "looks">,
  columnX: Float64Array,
): Bounds | null {
  const { order, columnStart, columns } = layout;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  let column = 0;
  for (; column < columns; column++) {
    const end = columnStart[column + 1]!;
    let first = columnStart[column]!;
    while (first < end && looks[order[first]!] === 0) first++;
    if (first === end) break;
    let last = end - 1;
    while (looks[order[last]!] === 0) last--;
    top = Math.min(top, row[order[first]!]!);
    bottom = Math.max(bottom, row[order[last]!]!);
  }
  return column === 0 ? null : { right: columnX[column]! - LEAST_BRANCH, top, bottom };
}
