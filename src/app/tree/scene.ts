import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type Camera, columnWidth, rowHeight, type Viewport } from "./camera.ts";
import type { ColumnSummary } from "./column-summary.ts";
import type { Layout } from "./layout.ts";
import type { Palette } from "./palette.ts";
import type { TopK } from "./prune-note.ts";
import { type View, viewOf } from "./visible.ts";

/** Everything that one frame of the tree depends on. */
export interface Scene {
  readonly tree: Tree;
  readonly at: number;
  readonly layout: Layout;
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
  /** Screen position of column 0 and of row 0. */
  readonly x: number;
  readonly y: number;
  readonly column: number;
  readonly row: number;
  readonly viewport: Viewport;
  readonly view: View;
  /** Of a mark in the running. */
  readonly radius: number;
  /** So small that marks are plain squares and edges straight. */
  readonly dense: boolean;
  /** Distance from a node at which the edges to its children part. */
  readonly branch: number;
  readonly labels: "none" | "scores" | "steps" | "notes";
}

/** Below this radius a mark is a plain square. */
const DENSE_RADIUS = 2;
const LABEL_SIZES = {
  scores: { column: 52, row: 11.5 },
  steps: { column: 96, row: 13 },
  notes: { column: 150, row: 27 },
};

export function geometryOf(camera: Camera, viewport: Viewport, columns: number): Geometry {
  const column = columnWidth(camera);
  const row = rowHeight(camera);
  const radius = Math.min(Math.max(Math.min(row * 0.34, column * 0.3), 0.75), 6);
  return {
    x: camera.x,
    y: camera.y,
    column,
    row,
    viewport,
    view: viewOf(camera, viewport, columns),
    radius,
    dense: radius < DENSE_RADIUS,
    branch: branchDistance(column),
    labels: labelDetail(column, row),
  };
}

/** Labelled columns keep most of their width for text; narrow ones have edges all the way. */
function branchDistance(column: number): number {
  const labelled = column - Math.min(Math.max(column * 0.24, 30), 72);
  const share = Math.min(Math.max((column - 52) / (96 - 52), 0), 1);
  return labelled * share * share * (3 - 2 * share);
}

function labelDetail(column: number, row: number): Geometry["labels"] {
  for (const detail of ["notes", "steps", "scores"] as const) {
    const least = LABEL_SIZES[detail];
    if (column >= least.column && row >= least.row) return detail;
  }
  return "none";
}
