import { drawEdges } from "./draw-edges.ts";
import { drawMarks } from "./draw-marks.ts";
import type { DrawingContext } from "./drawing-context.ts";
import type { Ground } from "./ground.ts";
import { paletteOf } from "./palette.ts";
import { PictureRaster } from "./picture-raster.ts";
import { geometryIn } from "./scene.ts";
import type { Picture, PictureRequest, Pixels } from "./view-messages.ts";
import { VisibleNodes } from "./visible-nodes.ts";

/** What a picture is drawn of, as the worker has it. */
export type PictureGround = Pick<
  Ground,
  "layout" | "row" | "looks" | "parent" | "depth" | "top" | "shownAt" | "stands" | "size"
>;

/** What pictures are made of. Sizes in device pixels. */
export interface PictureMaterial {
  /** Memory for so many pixels, whatever is in it. */
  pixels(width: number, height: number): Pixels;
  /** The context of an empty canvas. */
  canvas(width: number, height: number): DrawingContext;
  /** What was drawn on that canvas, which is empty then. */
  take(): ImageBitmap;
}

/** Draws marks and edges as the page would. */
export class PicturePainter {
  readonly #visible = new VisibleNodes();
  readonly #raster = new PictureRaster();

  paint(
    material: PictureMaterial,
    plainGround: PictureGround,
    request: PictureRequest,
  ): Picture["image"] {
    const { frame, columnX, theme } = request;
    const ground: Ground = {
      ...plainGround,
      columnX,
      growth: null,
      palette: paletteOf(theme, theme === "dark"),
      labels: false,
      labelLength: () => 0,
      chosen: [],
    };
    const { x, y, across, row, left, top, width, height, pixelRatio } = frame;
    const scales = { x: x - left, y: y - top, across, row };
    const geometry = geometryIn(scales, { width, height }, ground);
    const [wide, high] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (geometry.dense) {
      const pixels = material.pixels(wide, high);
      this.#raster.paint({ pixels, ground, geometry, pixelRatio });
      return pixels;
    }
    const ctx = material.canvas(wide, high);
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#visible.collect(ground, geometry);
    drawEdges(ctx, ground, geometry, this.#visible);
    drawMarks(ctx, ground, geometry, this.#visible);
    return material.take();
  }
}
