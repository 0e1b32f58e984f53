import type { Viewport } from "./camera.ts";

/**
 * In a mirror shapes are drawn by a transform that turns them around. Text has to be read, so it
 * is written upright at the place that its beginning has in the mirror.
 */

/** Turns around what is drawn from now on, if the view is a mirror. CSS px on `pixelRatio` device pixels each. */
export function drawMirrored(
  ctx: CanvasRenderingContext2D,
  { width, height, mirror }: Viewport,
  pixelRatio: number,
): void {
  // On whole device pixels, so that pictures stay sharp.
  if (mirror === "across") {
    ctx.setTransform(-pixelRatio, 0, 0, pixelRatio, Math.round(width * pixelRatio), 0);
  } else if (mirror === "down") {
    ctx.setTransform(pixelRatio, 0, 0, -pixelRatio, 0, Math.round(height * pixelRatio));
  } else {
    drawUpright(ctx, pixelRatio);
  }
}

/** Draws as it is from now on: places have to be taken through `acrossOnScreen` and `downOnScreen`. */
export function drawUpright(ctx: CanvasRenderingContext2D, pixelRatio: number): void {
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
}

/** Where on the screen a place of the drawing is, or the other way round: CSS px from the left edge. */
export function acrossOnScreen({ width, mirror }: Viewport, x: number): number {
  return mirror === "across" ? width - x : x;
}

/** The same from the upper edge. */
export function downOnScreen({ height, mirror }: Viewport, y: number): number {
  return mirror === "down" ? height - y : y;
}

/** The same for a point. */
export function onScreen(
  viewport: Viewport,
  [x, y]: readonly [x: number, y: number],
): readonly [x: number, y: number] {
  return [acrossOnScreen(viewport, x), downOnScreen(viewport, y)];
}

/** The same for the corner of something that covers an area and stays upright. */
export function boxOnScreen<Box extends Area>(viewport: Viewport, box: Box): Box {
  const { x, y, width, height } = box;
  if (viewport.mirror === "across") return { ...box, x: viewport.width - x - width };
  return viewport.mirror === "down" ? { ...box, y: viewport.height - y - height } : box;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The side from which text is written that begins where it does in the drawing. */
export function startSide({ mirror }: Viewport): "left" | "right" {
  return mirror === "across" ? "right" : "left";
}

/** The side from which text is written that ends where it does in the drawing. */
export function endSide({ mirror }: Viewport): "left" | "right" {
  return mirror === "across" ? "left" : "right";
}
