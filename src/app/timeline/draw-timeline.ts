import type { Palette } from "../tree/palette.ts";
import { playheadX, type TimeScale } from "./time-scale.ts";

export interface TimelineFrame {
  /** The strip as `drawStrip` painted it, at the same size in device pixels. */
  readonly strip: CanvasImageSource;
  readonly scale: TimeScale;
  /** Seq that is shown, −1 for nothing. */
  readonly at: number;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** Paints the strip with what is yet to come faded, and the playhead. O(pixels). */
export function drawTimeline(ctx: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { strip, scale, at, palette, width, height, pixelRatio } = frame;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, width * pixelRatio, height * pixelRatio);
  ctx.drawImage(strip, 0, 0);
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  const x = playheadX(scale, at);
  ctx.globalAlpha = 0.62;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(x, 0, width - x, height);
  ctx.globalAlpha = 1;
  drawPlayhead(ctx, x, height, palette);
}

function drawPlayhead(
  ctx: CanvasRenderingContext2D,
  x: number,
  height: number,
  { accent }: Palette,
): void {
  ctx.fillStyle = accent;
  ctx.fillRect(x - 1, 0, 2, height);
  ctx.beginPath();
  ctx.moveTo(x - 5.5, 0);
  ctx.lineTo(x + 5.5, 0);
  ctx.lineTo(x, 7);
  ctx.closePath();
  ctx.fill();
}
