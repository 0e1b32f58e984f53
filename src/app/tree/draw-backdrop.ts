import type { Geometry } from "./scene.ts";
import type { PictureFrame } from "./view-messages.ts";

/** A picture as frames are drawn from it. */
export interface Painting {
  readonly frame: PictureFrame;
  readonly image: HTMLCanvasElement | ImageBitmap;
}

/** Pictures that stand for marks and edges where there are too many to draw them in every frame. */
export interface Backdrop {
  /** Drawn for a camera that is near, if not the same. */
  readonly crisp: Painting | null;
  /** The whole tree, coarser. */
  readonly base: Painting | null;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Puts the pictures where their part of the world is now; the coarse one only where the other does not reach. */
export function drawBackdrop(
  ctx: CanvasRenderingContext2D,
  { crisp, base }: Backdrop,
  geometry: Geometry,
  pixelRatio: number,
): void {
  const reach = crisp && placeOf(crisp.frame, geometry, pixelRatio);
  if (base !== null && !(reach !== null && covers(reach, geometry))) {
    ctx.save();
    if (reach !== null) clipOutside(ctx, reach, geometry);
    drawPicture(ctx, base, placeOf(base.frame, geometry, pixelRatio), geometry);
    ctx.restore();
  }
  if (crisp !== null && reach !== null) drawPicture(ctx, crisp, reach, geometry);
}

/** Where a picture is on the screen, on whole device pixels if it has not been scaled. */
function placeOf(frame: PictureFrame, geometry: Geometry, pixelRatio: number): Rectangle {
  const across = geometry.across / frame.across;
  const rows = geometry.row / frame.row;
  const left = geometry.x + (frame.left - frame.x) * across;
  const top = geometry.y + (frame.top - frame.y) * rows;
  const isScaled = across !== 1 || rows !== 1;
  const onPixel = (length: number) => Math.round(length * pixelRatio) / pixelRatio;
  return {
    left: isScaled ? left : onPixel(left),
    top: isScaled ? top : onPixel(top),
    width: frame.width * across,
    height: frame.height * rows,
  };
}

function covers({ left, top, width, height }: Rectangle, { viewport }: Geometry): boolean {
  return left <= 0 && top <= 0 && left + width >= viewport.width && top + height >= viewport.height;
}

function clipOutside(
  ctx: CanvasRenderingContext2D,
  { left, top, width, height }: Rectangle,
  { viewport }: Geometry,
): void {
  ctx.beginPath();
  ctx.rect(0, 0, viewport.width, viewport.height);
  ctx.rect(left, top, width, height);
  ctx.clip("evenodd");
}

function drawPicture(
  ctx: CanvasRenderingContext2D,
  { image, frame }: Painting,
  { left, top, width, height }: Rectangle,
  { across, row }: Geometry,
): void {
  ctx.imageSmoothingEnabled = across !== frame.across || row !== frame.row;
  ctx.drawImage(image, left, top, width, height);
}
