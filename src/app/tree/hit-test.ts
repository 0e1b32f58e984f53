import type { NodeId } from "../../protocol/events.ts";
import { columnOf } from "./ground.ts";
import { lineEnd } from "./label-room.ts";
import { colorOf, HOLLOW } from "./looks.ts";
import { columnLeft, type Geometry, roomIn, type Scene } from "./scene.ts";
import { columnAt, firstInView } from "./visible.ts";

/** How far beside a mark a pointer may be and still mean it, CSS px. */
export const SLOP = { mouse: 6, touch: 18 } as const;

/** A frame as it was drawn last. */
export interface Frame {
  readonly scene: Scene;
  readonly geometry: Geometry;
  /** See `VisibleNodes`. */
  readonly labelled: Uint8Array;
}

/** Where a mark and the label of another overlap, the mark is meant. */
const BEHIND_MARKS = 0.5;

/**
 * The node whose mark or label is under a screen point, or nearest to it within
 * `slop`; null if there is none. Looks at two columns only, by binary search.
 */
export function hitTest(
  { scene, geometry, labelled }: Frame,
  point: readonly [x: number, y: number],
  slop: number,
): NodeId | null {
  const x = (point[0] - geometry.x) / geometry.across;
  const column = columnAt(scene.columnX, scene.layout.columns, x);
  let best: NodeId | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of [column, column + 1]) {
    if (candidate < 0 || candidate >= scene.layout.columns) continue;
    const node = nearestInColumn(scene, geometry, candidate, point[1]);
    if (node === null) continue;
    const distance = distanceTo({ scene, geometry, labelled }, node, point);
    if (distance < bestDistance) {
      best = node;
      bestDistance = distance;
    }
  }
  return bestDistance <= slop ? best : null;
}

/** The shown node of a column that is nearest to a height on the screen. */
function nearestInColumn(
  scene: Scene,
  geometry: Geometry,
  column: number,
  screenY: number,
): NodeId | null {
  const { layout, row, looks } = scene;
  const at = (screenY - geometry.y) / geometry.row;
  const split = firstInView(scene, column, at);
  let below = split;
  while (below < layout.columnStart[column + 1]! && looks[layout.order[below]!] === 0) below++;
  let above = split - 1;
  while (above >= layout.columnStart[column]! && looks[layout.order[above]!] === 0) above--;
  const hasBelow = below < layout.columnStart[column + 1]!;
  const hasAbove = above >= layout.columnStart[column]!;
  if (!hasBelow && !hasAbove) return null;
  if (!hasBelow) return layout.order[above]!;
  if (!hasAbove) return layout.order[below]!;
  const isBelowNearer = row[layout.order[below]!]! - at < at - row[layout.order[above]!]!;
  return layout.order[isBelowNearer ? below : above]!;
}

/** Distance from a point to a node's mark or to its label, CSS px; 0 inside of them. */
function distanceTo(
  frame: Frame,
  node: NodeId,
  [screenX, screenY]: readonly [number, number],
): number {
  const { scene, geometry } = frame;
  const x = columnLeft(geometry, columnOf(scene, node));
  const y = geometry.y + scene.row[node]! * geometry.row;
  const half = Math.max(geometry.radius, Math.min(geometry.row / 2, 8));
  const dy = Math.max(Math.abs(screenY - y) - half, 0);
  const toMark = Math.hypot(Math.max(Math.abs(screenX - x) - geometry.radius, 0), dy);
  const end = x + labelEnd(frame, node);
  const toLabel = Math.hypot(Math.max(x - screenX, screenX - end, 0), dy);
  return Math.min(toMark, toLabel + BEHIND_MARKS);
}

/** Where the text beside a mark ends, CSS px right of its middle; 0 if there is none. */
function labelEnd({ scene, geometry, labelled }: Frame, node: NodeId): number {
  if (labelled[node] !== 1) return 0;
  const room = roomIn(geometry, columnOf(scene, node));
  const isScored = colorOf(scene.looks[node]!) !== HOLLOW;
  return lineEnd(scene.labelLength(node), room, isScored);
}
