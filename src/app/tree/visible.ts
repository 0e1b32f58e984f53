import type { Viewport } from "./camera.ts";
import { type Ground, parentOf } from "./ground.ts";
import type { Geometry, Scales } from "./scene.ts";

/** The part of the world in view: columns with both ends, rows with a margin for what sticks out. */
export interface View {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far a mark and its label's height reach from a node's place, CSS px. */
const REACH = 20;

/** The world in view. Labels and edges reach from a column to the next, so none before the first can be seen. */
export function viewOf(
  { x, y, across, row }: Scales,
  { width, height }: Viewport,
  columnX: Float64Array,
  columns: number,
): View {
  return {
    firstColumn: Math.max(columnAt(columnX, columns, (-x - REACH) / across), 0),
    lastColumn: columnAt(columnX, columns, (width - x + REACH) / across),
    top: (-y - REACH) / row,
    bottom: (height - y + REACH) / row,
  };
}

/** The column in which a place of the world lies: −1 before the first, the last one behind it. */
export function columnAt(columnX: Float64Array, columns: number, x: number): number {
  let low = 0;
  let high = columns;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columnX[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where in `order` the items of a column begin whose row is at least `top`. */
export function firstInView(
  { layout: { order, columnStart }, row }: Pick<Ground, "layout" | "row">,
  column: number,
  top: number,
): number {
  let low = columnStart[column]!;
  let high = columnStart[column + 1]!;
  if (low < high && row[order[low]!]! >= top) return low;
  if (low < high && row[order[high - 1]!]! < top) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[order[middle]!]! < top) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where in `order` the items of a column begin whose edge from the parent reaches
 * down to `top`. Edges of a column never cross, so those in view are adjacent too.
 */
export function firstEdgeInView(ground: Ground, column: number, top: number): number {
  return firstEdge(ground, column, (from, to) => Math.max(from, to) >= top);
}

/** Where in `order` the items of a column begin whose edge from the parent lies below `bottom`, all of it. */
export function firstEdgeBelow(ground: Ground, column: number, bottom: number): number {
  return firstEdge(ground, column, (from, to) => Math.min(from, to) > bottom);
}

/** Where in `order` the items of a column begin whose parents stand below a row. */
export function firstOfNextFamily(ground: Ground, column: number, parentRow: number): number {
  return firstEdge(ground, column, (from) => from > parentRow);
}

/** The first edge for which something holds of its two ends, as it does for all after it. Mostly all of a column or nothing of it is in view. */
function firstEdge(
  ground: Ground,
  column: number,
  holds: (from: number, to: number) => boolean,
): number {
  const { row } = ground;
  const { order, columnStart } = ground.layout;
  const holdsAt = (place: number) => {
    const item = order[place]!;
    return holds(row[parentOf(ground, item)]!, row[item]!);
  };
  let low = columnStart[column]!;
  let high = columnStart[column + 1]!;
  if (low < high && holdsAt(low)) return low;
  if (low < high && !holdsAt(high - 1)) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holdsAt(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Items in view, hidden ones included; counting ends at `enough`. Of columns that share a pixel one counts. */
export function countInView(
  ground: Ground,
  { x, across, columnX, view }: Geometry,
  enough: number,
): number {
  let count = 0;
  let lastPixel = Number.NEGATIVE_INFINITY;
  for (let column = view.firstColumn; column <= view.lastColumn && count < enough; column++) {
    const pixel = x + across * columnX[column]!;
    if (pixel - lastPixel < 0.5) continue;
    lastPixel = pixel;
    count += firstInView(ground, column, view.bottom) - firstInView(ground, column, view.top);
  }
  return count;
}
