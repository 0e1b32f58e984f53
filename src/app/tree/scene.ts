import type { NodeId } from "../../protocol/events.ts";
import type { JudgedScores, Tree } from "../../protocol/tree.ts";
import {
  acrossOf,
  type Bounds,
  type Camera,
  fitCamera,
  rowHeight,
  type Viewport,
} from "./camera.ts";
import type { ColumnSummary } from "./column-summary.ts";
import type { Ground } from "./ground.ts";
import type { FoundItems } from "./hit-items.ts";
import { type LabelRoom, labelRoom } from "./label-room.ts";

import type { TopK } from "./prune-note.ts";
import { type View, viewOf } from "./visible.ts";

/** Everything that one frame of the tree depends on. */
export interface Scene extends Ground {
  readonly tree: Tree;
  readonly at: number;
  /** Those that are shown. */
  readonly scores: JudgedScores;
  /** Whether labels are titles of steps. */
  readonly titles: boolean;
  /** What the header of a column says, null for a column in which nothing is shown. */
  readonly summaryOf: (column: number) => ColumnSummary | null;
  readonly topK: TopK;
  /** Items from the top to the selected node and to the one whose line is peeked at; empty if none is. */
  readonly selected: readonly NodeId[];
  readonly peeked: readonly NodeId[];
  /** The nodes at which the paths end, folded away or not; null where there is no path. */
  readonly ends: Readonly<Record<"chosen" | "selected" | "peeked", NodeId | null>>;
  readonly hits: FoundItems;
  /** The item under the pointer. */
  readonly hovered: NodeId | null;
  /** Marked by a person, with their notes. */
  readonly bookmarks: ReadonlyMap<NodeId, string>;
  /** The node that the last event shown was about. */
  readonly newest: NodeId | null;
  /** Nodes that are right answers at the moment, of the whole tree. */
  readonly rightAnswers: ReadonlySet<NodeId>;
  /** What a playback has passed just now, as a range of seqs; empty if it ends before it begins. */
  readonly fresh: readonly [from: number, to: number];
  /** What is folded into an item, from all that there is to say to the least. */
  readonly foldedWords: (item: NodeId) => readonly string[];
}

/** How the world lies on the screen, CSS px. */
export interface Scales {
  /** Screen position of the top and of row 0. */
  readonly x: number;
  readonly y: number;
  /** Scale of widths, and height of a row. */
  readonly across: number;
  readonly row: number;
}

/** How the world lies when all of `bounds` is fitted into view. */
export function fittedScales(bounds: Bounds, viewport: Viewport): Scales {
  const camera = fitCamera(bounds, viewport);
  return { x: camera.x, y: camera.y, across: acrossOf(camera), row: rowHeight(camera) };
}

/** What follows from the camera alone: sizes in CSS px, and what is worth drawing at that size. */
export interface Geometry extends Scales {
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
  ground: Pick<Ground, "layout" | "columnX">,
): Geometry {
  const { x, y } = camera;
  return geometryIn({ x, y, across: acrossOf(camera), row: rowHeight(camera) }, viewport, ground);
}

/** The same from the scales themselves. */
export function geometryIn(
  scales: Scales,
  viewport: Viewport,
  { layout, columnX }: Pick<Ground, "layout" | "columnX">,
): Geometry {
  const { across, row } = scales;
  const meanColumn = (columnX[layout.columns]! * across) / Math.max(layout.columns, 1);
  const radius = Math.min(Math.max(Math.min(row * 0.34, meanColumn * 0.25), 0.75), 6);
  return {
    ...scales,
    columnX,
    viewport,
    view: viewOf(scales, viewport, columnX, layout.columns),
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
