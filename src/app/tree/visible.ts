import { type Camera, columnWidth, rowHeight, type Viewport } from "./camera.ts";
import type { Layout } from "./layout.ts";

/** The part of the world in view, in world units, with a margin for what sticks out of nodes. */
export interface View {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far a mark and its label's height reach from a node's place, CSS px. */
const REACH = 16;

/**
 * The world in view. One column more on the left, because labels and edges
 * reach into the next column.
 */
export function viewOf(camera: Camera, { width, height }: Viewport, columns: number): View {
  const column = columnWidth(camera);
  const row = rowHeight(camera);
  return {
    firstColumn: Math.max(0, Math.floor((-camera.x - REACH) / column) - 1),
    lastColumn: Math.min(columns - 1, Math.ceil((width - camera.x + REACH) / column)),
    top: (-camera.y - REACH) / row,
    bottom: (height - camera.y + REACH) / row,
  };
}

/** Where in `order` the nodes of a column begin whose row is at least `top`. */
export function firstInView(
  { order, columnStart }: Layout,
  row: Float64Array,
  column: number,
  top: number,
): number {
  let low = columnStart[column]!;
  let high = columnStart[column + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[order[middle]!]! < top) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where in `order` the nodes of a column begin whose edge from the parent reaches
 * down to `top`. Edges of a column never cross, so those in view are adjacent too.
 */
export function firstEdgeInView(
  { order, columnStart }: Layout,
  row: Float64Array,
  parent: Int32Array,
  column: number,
  top: number,
): number {
  let low = columnStart[column]!;
  let high = columnStart[column + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = order[middle]!;
    if (Math.max(row[node]!, row[parent[node]!]!) < top) low = middle + 1;
    else high = middle;
  }
  return low;
}
