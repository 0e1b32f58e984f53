import { drawEdges } from "./draw-edges.ts";
import { drawMarks } from "./draw-marks.ts";
import type { DrawingContext } from "./drawing-context.ts";
import type { Ground } from "./ground.ts";
import { type Palette, paletteOf } from "./palette.ts";
import { geometryIn } from "./scene.ts";
import type { PictureRequest } from "./view-messages.ts";
import { VisibleNodes } from "./visible-nodes.ts";

/** What a picture is drawn of, as the worker has it. */
export type PictureGround = Pick<
  Ground,
  "layout" | "row" | "looks" | "parent" | "depth" | "top" | "shownAt" | "stands" | "size"
>;

/** Draws marks and edges as the page would, on a canvas of its own. */
export class PicturePainter {
  readonly #visible = new VisibleNodes();

  paint(ctx: DrawingContext, ground: PictureGround, request: PictureRequest): void {
    const { frame, columnX } = request;
    const scene: Ground = {
      ...ground,
      columnX,
      growth: null,
      palette: paletteIn(request),
      labels: false,
      labelLength: () => 0,
      chosen: [],
    };
    const { x, y, across, row, left, top, width, height, pixelRatio } = frame;
    const geometry = geometryIn({ x: x - left, y: y - top, across, row }, { width, height }, scene);
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    this.#visible.collect(scene, geometry);
    drawEdges(ctx, scene, geometry, this.#visible);
    drawMarks(ctx, scene, geometry, this.#visible);
  }
}

function paletteIn({ theme }: PictureRequest): Palette {
  return paletteOf(theme, theme === "dark");
}
