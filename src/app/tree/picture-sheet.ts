import type { Pixels } from "./view-messages.ts";

/** A canvas that nobody sees, with one picture after another on it: frames are drawn from it. */
export class PictureSheet {
  #ctx: CanvasRenderingContext2D | null = null;

  /** Puts a picture on it. Its canvas is always the same one. */
  put({ data, width, height }: Pixels): HTMLCanvasElement {
    this.#ctx ??= document.createElement("canvas").getContext("2d", { alpha: false })!;
    const { canvas } = this.#ctx;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.#ctx.putImageData(new ImageData(data, width, height), 0, 0);
    return canvas;
  }
}
