import type { View } from "../state/view.ts";
import type { Palette } from "../tree/palette.ts";
import { drawStrip, isDense } from "./draw-strip.ts";
import { EventGrid } from "./event-grid.ts";
import { paintCells } from "./paint-cells.ts";
import { type StripPlaces, stripPlaces } from "./strip-places.ts";
import { timeScale } from "./time-scale.ts";

/** Longest that a frame makes cells anew, ms; the others follow in the next. */
const SLICE_MS = 4;

export interface StripSize {
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** The strip as a picture that is only painted again when something on it changed. */
export class StripCache {
  readonly canvas = document.createElement("canvas");
  readonly grid = new EventGrid();
  readonly #steps = document.createElement("canvas");
  /** What it was painted from. */
  #key: readonly unknown[] = [];

  /** Brings it up to date; returns where things are on it, and whether there is more to be done. */
  update(
    { tree, domain }: Pick<View, "tree" | "domain">,
    palette: Palette,
    size: StripSize,
  ): { places: StripPlaces; isComplete: boolean } {
    const end = performance.now() + SLICE_MS;
    const { grid } = this;
    const isComplete = grid.update(tree, () => performance.now() >= end);
    const { width, height, pixelRatio } = size;
    const places = stripPlaces(grid, { scale: timeScale(tree.seq + 1, width), width, height });
    const key = [tree, tree.seq, grid.version, domain, palette, width, height, pixelRatio];
    if (!key.every((value, i) => value === this.#key[i])) {
      this.#key = key;
      const ctx = sized(this.canvas, size);
      ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      const picture = isDense(grid, places)
        ? this.#paintSteps(places, { palette, domain }, size)
        : null;
      drawStrip(ctx, { tree, grid, places, palette, domain, picture });
    }
    return { places, isComplete };
  }

  #paintSteps(
    places: StripPlaces,
    { palette, domain }: { palette: Palette; domain: View["domain"] },
    size: StripSize,
  ): CanvasImageSource {
    const ctx = sized(this.#steps, size);
    const { width, height } = this.#steps;
    const image = new ImageData(width, height);
    const data = new Uint32Array(image.data.buffer);
    paintCells(
      { data, width, height, pixelRatio: size.pixelRatio },
      { grid: this.grid, places, colors: { outline: palette.outline, domain } },
    );
    ctx.putImageData(image, 0, 0);
    return this.#steps;
  }
}

/** Gives a canvas its size in device pixels, and its context. */
function sized(
  canvas: HTMLCanvasElement,
  { width, height, pixelRatio }: StripSize,
): CanvasRenderingContext2D {
  const deviceWidth = Math.round(width * pixelRatio);
  const deviceHeight = Math.round(height * pixelRatio);
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  return canvas.getContext("2d")!;
}
