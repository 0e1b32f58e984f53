import type { NodeId } from "../../protocol/events.ts";
import { columnOf } from "./ground.ts";
import { columnLeft, type Geometry, type Scene } from "./scene.ts";

/** Rings around what must be found at any zoom. */
export function drawLandmarks(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
): void {
  const { chosen, selected, peeked, hovered, palette } = scene;
  drawRing(ctx, scene, geometry, chosen.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, peeked.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, selected.at(-1), palette.accent);
  drawRing(ctx, scene, geometry, hovered ?? undefined, palette.ink);
}

/** A ring around one item, whatever the zoom. */
function drawRing(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  geometry: Geometry,
  item: NodeId | undefined,
  color: string,
): void {
  if (item === undefined || scene.looks[item] === 0) return;
  ctx.beginPath();
  const x = columnLeft(geometry, columnOf(scene, item));
  const y = geometry.y + scene.row[item]! * geometry.row;
  ctx.arc(x, y, Math.max(geometry.radius * 1.25, 3) + 3, 0, 2 * Math.PI);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.stroke();
}
