import { drawEdges } from "./draw-edges.ts";
import { drawMarks } from "./draw-marks.ts";
import type { DrawingContext } from "./drawing-context.ts";
import type { Ground } from "./ground.ts";
import { paletteOf } from "./palette.ts";
import { PictureRaster } from "./picture-raster.ts";
import { geometryIn } from "./scene.ts";
import type { PictureFrame, PictureRequest } from "./view-messages.ts";
import { VisibleNodes } from "./visible-nodes.ts";

/** What a picture is drawn of, as the worker has it. */
export type PictureGround = Pick<
  Ground,
  "layout" | "row" | "looks" | "parent" | "depth" | "top" | "shownAt" | "stands" | "size"
>;

/** Draws marks and edges as the page would, on a canvas of its own. */
export class PicturePainter {
  readonly #visible = new VisibleNodes();
  readonly #raster = new PictureRaster();
  #image: ImageData | null = null;

  /** Call it when items have moved, and when they look different. */
  forget(what: "places" | "looks"): void {
    this.#raster.forget(what);
  }

  /** Paints on a canvas that is as large as the picture and empty. */
  paint(ctx: DrawingContext, plainGround: PictureGround, request: PictureRequest): void {
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
    if (geometry.dense) {
      const pixels = this.#imageFor(ctx, frame);
      this.#raster.paint({ pixels, ground, geometry, pixelRatio });
      ctx.putImageData(pixels, 0, 0);
      return;
    }
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.#visible.collect(ground, geometry);
    drawEdges(ctx, ground, geometry, this.#visible);
    drawMarks(ctx, ground, geometry, this.#visible);
  }

  #imageFor(ctx: DrawingContext, { width, height, pixelRatio }: PictureFrame): ImageData {
    const [wide, high] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
    if (this.#image?.width !== wide || this.#image.height !== high) {
      this.#image = ctx.createImageData(wide, high);
    }
    return this.#image;
  }
}
