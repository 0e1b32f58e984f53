import type { Palette } from "../tree/palette.ts";
import { eventX, playheadX, type TimeScale } from "./time-scale.ts";

/** Seqs from and to, both included. */
type Range = readonly [from: number, to: number];

export interface TimelineFrame {
  /** The strip as `drawStrip` painted it, at the same size in device pixels. */
  readonly strip: CanvasImageSource;
  readonly scale: TimeScale;
  /** Seq that is shown, −1 for nothing. */
  readonly at: number;
  /** What playback has just shown; empty if it ends before it begins. */
  readonly fresh: Range;
  readonly brush: Range | null;
  /** Where the selected node is. */
  readonly selected: readonly [x: number, y: number] | null;
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** Paints the strip with what is yet to come faded, what is brushed, and the playhead. O(pixels). */
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
  if (frame.brush !== null) drawBrush(ctx, frame, frame.brush);
  if (frame.fresh[0] <= frame.fresh[1]) {
    const start = eventX(scale, frame.fresh[0]);
    ctx.fillStyle = palette.halo;
    ctx.globalAlpha = 0.45;
    ctx.fillRect(start, 0, x - start, height);
    ctx.globalAlpha = 1;
    ctx.fillRect(start, height - 3, x - start, 3);
  }
  if (frame.selected !== null) drawSelected(ctx, frame.selected, palette);
  drawPlayhead(ctx, x, height, palette);
}

/** The strip outside of the brushed part steps back. */
function drawBrush(
  ctx: CanvasRenderingContext2D,
  { scale, palette, width, height }: TimelineFrame,
  [from, to]: Range,
): void {
  const start = eventX(scale, from);
  const end = Math.max(eventX(scale, to + 1), start + 1);
  ctx.globalAlpha = 0.55;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, start, height);
  ctx.fillRect(end, 0, width - end, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.halo;
  ctx.fillRect(start, 0, end - start, 3);
  ctx.fillRect(start, height - 3, end - start, 3);
}

function drawSelected(
  ctx: CanvasRenderingContext2D,
  [x, y]: readonly [x: number, y: number],
  { accent, paper }: Palette,
): void {
  ctx.beginPath();
  ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
  ctx.strokeStyle = paper;
  ctx.lineWidth = 3.5;
  ctx.stroke();
  ctx.strokeStyle = accent;
  ctx.lineWidth = 1.75;
  ctx.stroke();
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
