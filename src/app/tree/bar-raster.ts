import type { PixelWords } from "./edge-raster.ts";
import { isAnswer, kindOf, LOOK_COUNT } from "./looks.ts";
import type { RasterColors } from "./raster-colors.ts";

/** Answers are wider, so that they are found. */
const ANSWER_WIDTH = 1.4;
const IS_ANSWER = Uint8Array.from({ length: LOOK_COUNT }, (_, look) =>
  isAnswer(kindOf(look)) ? 1 : 0,
);

/** How the bars of one column lie on columns of pixels: what of each of these is covered, 0 to 256. */
class CrossSection {
  x = 0;
  count = 0;
  /** By what is between the sides, and by the sides. */
  inner = new Uint16Array(32);
  outer = new Uint16Array(32);

  /** A bar around `middle`, with a line of width `side` at either side. */
  set(middle: number, width: number, side: number, limit: number): void {
    const left = middle - width / 2;
    const right = middle + width / 2;
    const end = Math.min(Math.ceil(right + side), limit);
    this.x = Math.max(Math.floor(left - side), 0);
    this.count = Math.max(end - this.x, 0);
    if (this.count > this.inner.length) {
      this.inner = new Uint16Array(2 * this.count);
      this.outer = new Uint16Array(2 * this.count);
    }
    for (let i = 0; i < this.count; i++) {
      const inner = overlap(this.x + i, left, right);
      this.inner[i] = Math.round(256 * inner);
      this.outer[i] = Math.round(256 * (overlap(this.x + i, left - side, right + side) - inner));
    }
  }
}

/** Draws bars over what is on pixels already. Pixels that are covered in part are mixed. */
export class BarRaster {
  #pixels: PixelWords = { words: new Int32Array(0), width: 0, height: 0 };
  #colors: RasterColors | null = null;
  readonly #plain = new CrossSection();
  readonly #answer = new CrossSection();

  begin(pixels: PixelWords, colors: RasterColors): void {
    this.#pixels = pixels;
    this.#colors = colors;
  }

  /** The bars that follow stand around `middle`, in pixels. */
  beginColumn(middle: number, width: number, side: number): void {
    this.#plain.set(middle, width, side, this.#pixels.width);
    this.#answer.set(middle, ANSWER_WIDTH * width, side, this.#pixels.width);
  }

  /** A bar from `top` to `bottom`, in pixels. */
  draw(look: number, top: number, bottom: number): void {
    const { words, width, height } = this.#pixels;
    const { x, count, inner, outer } = IS_ANSWER[look] === 1 ? this.#answer : this.#plain;
    const { fill, side } = this.#colors!.bar(look);
    const end = Math.min(Math.ceil(bottom), height);
    for (let y = Math.max(Math.floor(top), 0); y < end; y++) {
      const cover = Math.round(256 * overlap(y, top, bottom));
      const fillAlpha = fill.alpha * cover;
      const sideAlpha = side.alpha * cover;
      const first = y * width + x;
      for (let i = 0; i < count; i++) {
        let word = words[first + i]!;
        if (outer[i]! > 0) word = blend(word, side.word, (outer[i]! * sideAlpha) >> 16);
        if (inner[i]! > 0) word = blend(word, fill.word, (inner[i]! * fillAlpha) >> 16);
        words[first + i] = word;
      }
    }
  }
}

/** How much of the pixel from `at` to `at + 1` lies between two points. */
function overlap(at: number, from: number, to: number): number {
  return Math.max(Math.min(at + 1, to) - Math.max(at, from), 0);
}

/** The first and the third byte of a pixel, and a half of each of them. */
const ODD_BYTES = 0x00ff00ff;
const HALVES = 0x00800080;

/** A pixel under a colour of opacity `share`, 0 to 256: two of its four bytes at a time. */
function blend(under: number, over: number, share: number): number {
  if (share === 256) return over;
  const rest = 256 - share;
  const odd = Math.imul(under & ODD_BYTES, rest) + Math.imul(over & ODD_BYTES, share);
  const even =
    Math.imul((under >>> 8) & ODD_BYTES, rest) + Math.imul((over >>> 8) & ODD_BYTES, share);
  return (((odd + HALVES) >>> 8) & ODD_BYTES) | ((even + HALVES) & ~ODD_BYTES);
}
