import type { NodeId } from "../../protocol/events.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { type GlyphSize, glyphSize, traceFan } from "./glyph-shape.ts";
import { columnOf, isFolded, isGroup, itemOf } from "./ground.ts";
import { columnLeft, columnPx, type Geometry, type Scene } from "./scene.ts";

/** Where a sign for a node goes, CSS px: on its own mark, or in the middle of the glyph that it is folded into. */
export interface LandmarkPlace {
  readonly x: number;
  readonly y: number;
  /** Of the glyph; null if the node has a mark of its own. */
  readonly glyph: GlyphSize | null;
}

/** How far a sign reaches out from its node, CSS px. */
const EDGE = 20;
/** Where the middle of a fan is, as a share of its width. */
const MIDDLE = 0.62;

/** The place of a node's sign; null if it is not there at the moment, or out of view. */
export function landmarkPlace(
  scene: Scene,
  geometry: Geometry,
  node: NodeId,
): LandmarkPlace | null {
  const item = itemOf(scene, node);
  if (item < 0 || scene.looks[node] === 0) return null;
  return placeAt(scene, geometry, item, node !== item);
}

/** The same for an item itself, or for what is folded into it; dead siblings have a glyph and no mark. */
export function placeAt(
  scene: Scene,
  geometry: Geometry,
  item: NodeId,
  isInside: boolean,
): LandmarkPlace | null {
  if (scene.looks[item] === 0) return null;
  const column = columnOf(scene, item);
  const left = columnLeft(geometry, column);
  const y = geometry.y + scene.row[item]! * geometry.row;
  const { width, height } = geometry.viewport;
  if (left < -EDGE || y < -EDGE || left > width + EDGE || y > height + EDGE) return null;
  const hasGlyph = isGroup(scene, item) || (isInside && isFolded(scene, item));
  if (geometry.dense || !hasGlyph) return { x: left, y, glyph: null };
  const glyph = glyphSize(scene.size![item]!, geometry.row, columnPx(geometry, column));
  return { x: left + glyph.width * MIDDLE, y, glyph };
}

/** Adds a ring around a place to the path, `gap` px away from what is drawn there. */
export function traceRing(
  ctx: DrawingContext,
  { x, y, glyph }: LandmarkPlace,
  geometry: Geometry,
  gap: number,
): void {
  if (glyph === null) {
    const radius = Math.max(geometry.radius * 1.25, 3) + gap;
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  // A fan has a sharp end, so that an even gap takes more room there.
  const tip = x - glyph.width * MIDDLE - 2 * gap;
  const size = { width: glyph.width + 3 * gap, height: glyph.height + 3 * gap };
  traceFan(ctx, tip, y, size);
}
