import type { NodeId } from "../../protocol/events.ts";
import type { Bounds } from "./camera.ts";
import { columnOf, type Ground, parentOf } from "./ground.ts";

/**
 * The part of a layout that the subtree of an item takes, and the column where it begins. In
 * each column its items lie side by side, so that each is found by halving.
 */
export function subtreeBounds(
  ground: Pick<Ground, "layout" | "row" | "top" | "shownAt" | "parent" | "depth">,
  columnX: Float64Array,
  item: NodeId,
): { readonly bounds: Bounds; readonly column: number } {
  const { layout, row } = ground;
  const { order, columnStart } = layout;
  const column = columnOf(ground, item);
  let [first, last] = [row[item]!, row[item]!];
  let [top, bottom] = [first, last];
  let end = column + 1;
  for (; end < layout.columns; end++) {
    const [from, to] = [columnStart[end]!, columnStart[end + 1]!];
    const above = (i: number) => row[parentOf(ground, order[i]!)]!;
    const low = firstWhere(from, to, (i) => above(i) >= first);
    const high = firstWhere(low, to, (i) => above(i) > last);
    if (low === high) break;
    first = row[order[low]!]!;
    last = row[order[high - 1]!]!;
    top = Math.min(top, first);
    bottom = Math.max(bottom, last);
  }
  return { bounds: { right: columnX[end]! - columnX[column]!, top, bottom }, column };
}

/** The first number from `low` on for which something holds, as it does for all after it; `high` if there is none. */
function firstWhere(low: number, high: number, holds: (i: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
