import type { NodeId } from "../../protocol/events.ts";
import type { Camera, Viewport } from "./camera.ts";
import { drawEdges, drawHalo } from "./draw-edges.ts";
import { drawHeaders } from "./draw-headers.ts";
import { drawLabels } from "./draw-labels.ts";
import { drawMarks } from "./draw-marks.ts";
import { columnLeft, type Geometry, geometryOf, type Scene } from "./scene.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/**
 * Paints one frame of the tree, in CSS px on a canvas of `pixelRatio` device
 * pixels each. Depends on its arguments only; `visible` is memory that is reused
 * from frame to frame and afterwards tells what was drawn. Allocates nothing per
 * node.
 */
export function drawTree(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  {
    viewport,
    pixelRatio,
    visible,
  }: { viewport: Viewport; pixelRatio: number; visible: VisibleNodes },
): void {
  const geometry = geometryOf(camera, viewport, scene);
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  ctx.clearRect(0, 0, viewport.width, viewport.height);
  if (scene.layout.count === 0) return;

  visible.collect(scene, geometry);
  drawHalo(ctx, scene, geometry);
  drawEdges(ctx, scene, geometry, visible);
  drawMarks(ctx, scene, geometry, visible);
  const end = scene.chosen.at(-1);
  if (end !== undefined) drawRing(ctx, scene, geometry, end, scene.palette.accent);
  const selected = scene.selected.at(-1);
  if (selected !== undefined) drawRing(ctx, scene, geometry, selected, scene.palette.accent);
  if (scene.hovered !== null) drawRing(ctx, scene, geometry, scene.hovered, scene.palette.ink);
  drawLabels(ctx, scene, geometry, visible);
  drawHeaders(ctx, scene, geometry);
}

/** A ring around one node, whatever the zoom. */
function drawRing(
  ctx: CanvasRenderingContext2D,
  { tree, row, looks }: Scene,
  geometry: Geometry,
  node: NodeId,
  color: string,
): void {
  if (looks[node] === 0) return;
  ctx.beginPath();
  const x = columnLeft(geometry, tree.depth[node]!);
  const y = geometry.y + row[node]! * geometry.row;
  ctx.arc(x, y, Math.max(geometry.radius * 1.25, 3) + 3, 0, 2 * Math.PI);
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.stroke();
}
