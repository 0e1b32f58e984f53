import { acrossOf, type Camera, rowHeight, type Viewport } from "./camera.ts";
import type { Layout } from "./layout.ts";

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
  camera: Camera,
  { width, height }: Viewport,
  columnX: Float64Array,
  columns: number,
): View {
  const across = acrossOf(camera);
  const row = rowHeight(camera);
  return {
    firstColumn: Math.max(columnAt(columnX, columns, (-camera.x - REACH) / across), 0),
    lastColumn: columnAt(columnX, columns, (width - camera.x + REACH) / across),
    top: (-camera.y - REACH) / row,
    bottom: (height - camera.y + REACH) / row,
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
