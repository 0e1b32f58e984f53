import type { NodeId } from "../../protocol/events.ts";
import { type LabelFit, labelEnd } from "./label-fit.ts";
import type { Geometry, Scene } from "./scene.ts";
import { firstInView } from "./visible.ts";

/** How far beside a mark a pointer may be and still mean it, CSS px. */
export const SLOP = { mouse: 6, touch: 18 } as const;

/**
 * The node whose mark or label is under a screen point, or nearest to it within
 * `slop`; null if there is none. Looks at two columns only, by binary search.
 */
export function hitTest(
  scene: Scene,
  geometry: Geometry,
  fit: LabelFit,
  point: readonly [x: number, y: number],
  slop: number,
): NodeId | null {
  const column = Math.floor((point[0] - geometry.x) / geometry.column);
  let best: NodeId | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of [column, column + 1]) {
    if (candidate < 0 || candidate >= scene.layout.columns) continue;
    const node = nearestInColumn(scene, geometry, candidate, point[1]);
    if (node === null) continue;
    const distance = distanceTo(scene, geometry, fit, node, point);
    if (distance < bestDistance) {
      best = node;
      bestDistance = distance;
    }
  }
  return bestDistance <= slop ? best : null;
}

/** The shown node of a column that is nearest to a height on the screen. */
function nearestInColumn(
  { layout, row, looks }: Scene,
  geometry: Geometry,
  column: number,
  screenY: number,
): NodeId | null {
  const at = (screenY - geometry.y) / geometry.row;
  const split = firstInView(layout, row, column, at);
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
  scene: Scene,
  geometry: Geometry,
  fit: LabelFit,
  node: NodeId,
  [screenX, screenY]: readonly [number, number],
): number {
  const x = geometry.x + scene.tree.depth[node]! * geometry.column;
  const y = geometry.y + scene.row[node]! * geometry.row;
  const end = x + Math.max(labelEnd(scene, node, geometry, fit), geometry.radius);
  const dx = Math.max(x - geometry.radius - screenX, screenX - end, 0);
  const dy = Math.max(
    Math.abs(screenY - y) - Math.max(geometry.radius, Math.min(geometry.row / 2, 8)),
    0,
  );
  return Math.hypot(dx, dy);
}
