import type { Camera, Viewport } from "./camera.ts";
import { type Backdrop, drawBackdrop } from "./draw-backdrop.ts";
import { drawDrops } from "./draw-drops.ts";
import { drawEdges, drawHalo, drawPath } from "./draw-edges.ts";
import { drawHeaders } from "./draw-headers.ts";
import { drawLabels } from "./draw-labels.ts";
import { drawLandmarks } from "./draw-landmarks.ts";
import { drawMarks } from "./draw-marks.ts";
import { drawRings } from "./draw-rings.ts";
import { drawMirrored, drawUpright } from "./mirror.ts";
import { geometryOf, type Scene } from "./scene.ts";
import { showsCards } from "./tree-cards.ts";
import type { VisibleNodes } from "./visible-nodes.ts";

/** The line that somebody peeks at in a list: long dashes in a casing of paper, over the thin lines of the selected and the chosen path. CSS px. */
const PEEKED = { dash: [9, 4], width: { dense: 3, loose: 4 }, casing: 4 };
const SOLID: number[] = [];

/** Where a frame is drawn, and with what. */
export interface Frame {
  readonly viewport: Viewport;
  readonly pixelRatio: number;
  /** Reused from frame to frame; afterwards it tells what was drawn. */
  readonly visible: VisibleNodes;
  /** Stands for the marks and edges if it is not null. */
  readonly backdrop: Backdrop | null;
}

/**
 * Paints one frame of the tree, in CSS px on a canvas of `pixelRatio` device
 * pixels each. Depends on its arguments only. Allocates nothing per node.
 */
export function drawTree(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  { viewport, pixelRatio, visible, backdrop }: Frame,
): void {
  const geometry = geometryOf(camera, viewport, scene);
  drawMirrored(ctx, viewport, pixelRatio);
  ctx.clearRect(0, 0, viewport.width, viewport.height);
  if (scene.layout.count === 0) return;

  if (backdrop === null) visible.collect(scene, geometry);
  else visible.forget();
  drawHalo(ctx, scene, geometry);
  if (backdrop === null) {
    drawEdges(ctx, scene, geometry, visible);
  } else {
    drawBackdrop(ctx, backdrop, geometry, pixelRatio);
  }
  const paths = { scene, geometry, labelled: visible.labelled };
  drawPath(ctx, paths, scene.selected, scene.palette.ink);
  drawPath(ctx, paths, scene.chosen, scene.palette.accent);
  const thickness = PEEKED.width[geometry.dense ? "dense" : "loose"];
  drawPath(ctx, paths, scene.peeked, scene.palette.paper, thickness + PEEKED.casing);
  ctx.setLineDash(PEEKED.dash);
  drawPath(ctx, paths, scene.peeked, scene.palette.accent, thickness);
  ctx.setLineDash(SOLID);
  if (backdrop === null) drawMarks(ctx, scene, geometry, visible);
  drawLandmarks(ctx, scene, geometry);
  drawRings(ctx, scene, geometry, visible);
  drawUpright(ctx, pixelRatio);
  if (!showsCards(geometry, scene)) {
    drawLabels(ctx, scene, geometry, visible);
    drawDrops(ctx, scene, geometry);
  }
  drawHeaders(ctx, scene, geometry);
}
