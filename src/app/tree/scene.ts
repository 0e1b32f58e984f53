import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { acrossOf, type Camera, rowHeight, type Viewport } from "./camera.ts";
import type { ColumnSummary } from "./column-summary.ts";
import { type LabelRoom, labelRoom } from "./label-room.ts";
import type { Layout } from "./layout.ts";
import type { Palette } from "./palette.ts";
import type { TopK } from "./prune-note.ts";
import { type View, viewOf } from "./visible.ts";

/** Everything that one frame of the tree depends on. */
export interface Scene {
  readonly tree: Tree;
  readonly at: number;
  readonly layout: Layout;
  /** Where columns begin at scale 1, and where the last one ends, see `column-widths.ts`. */
  readonly columnX: Float64Array;
  /** Row at which each node is drawn: the layout's, or on the way to it. */
  readonly row: Float64Array;
  /** Look of each node, see `looks.ts`. */
  readonly looks: Uint16Array;
  /** How far each node has grown in, [0, 1]; null if all have. */
  readonly growth: Float32Array | null;
  readonly columns: readonly ColumnSummary[];
  readonly topK: TopK;
  /** The path that the search has chosen, root first; empty until it has. */
  readonly chosen: readonly NodeId[];
  /** From the root to the selected node; empty if none is. */
  readonly selected: readonly NodeId[];
  readonly hovered: NodeId | null;
  readonly palette: Palette;
}

/** What follows from the camera alone: sizes in CSS px, and what is worth drawing at that size. */
export interface Geometry {
  /** Screen position of the root and of row 0. */
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly row: number;
  readonly columnX: Float64Array;
  readonly viewport: Viewport;
  readonly view: View;
  /** Of a mark in the running. */
  readonly radius: number;
  /** So small that marks are plain squares and edges straight. */
  readonly dense: boolean;
  /** What labels of a column can show, as far as it was asked for. */
  readonly rooms: Map<number, LabelRoom>;
}

/** Below this radius a mark is a plain square. */
const DENSE_RADIUS = 2;

export function geometryOf(
  camera: Camera,
  viewport: Viewport,
  { layout, columnX }: Pick<Scene, "layout" | "columnX">,
): Geometry {
  const across = acrossOf(camera);
  const row = rowHeight(camera);
  const meanColumn = (columnX[layout.columns]! * across) / Math.max(layout.columns, 1);
  const radius = Math.min(Math.max(Math.min(row * 0.34, meanColumn * 0.25), 0.75), 6);
  return {
    x: camera.x,
    y: camera.y,
    across,
    row,
    columnX,
    viewport,
    view: viewOf(camera, viewport, columnX, layout.columns),
    radius,
    dense: radius < DENSE_RADIUS,
    rooms: new Map(),
  };
}

/** Screen position of a column's marks. */
export function columnLeft({ x, across, columnX }: Geometry, column: number): number {
  return x + across * columnX[column]!;
}

/** Distance of a column from the next, CSS px. */
export function columnPx({ across, columnX }: Geometry, column: number): number {
  return across * (columnX[column + 1]! - columnX[column]!);
}

/** What the labels of a column can show. */
export function roomIn(geometry: Geometry, column: number): LabelRoom {
  let room = geometry.rooms.get(column);
  if (room === undefined) {
    room = labelRoom(columnPx(geometry, column), geometry.row, geometry.radius);
    geometry.rooms.set(column, room);
  }
  return room;
}
