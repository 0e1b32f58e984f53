/** Pixels of a picture, each four bytes read as one signed number. */
export interface PixelWords {
  readonly words: Int32Array;
  readonly width: number;
  readonly height: number;
}

/** Fractions are counted in 65,536ths, as whole numbers are quicker than others before code is compiled. */
const WHOLE = 65_536;

/** Draws edges into pixels. Where edges meet, the strongest counts, as in one stroke of a canvas. */
export class EdgeRaster {
  #words = new Int32Array(0);
  #shades = new Int32Array(0);
  #width = 0;
  #height = 0;
  /** Opacity of the edges on each pixel so far, 0 to 255. */
  #alpha = new Uint8Array(0);

  /** Draws into these pixels from now on; `shades` are their values under edges of each opacity. */
  begin({ words, width, height }: PixelWords, shades: Int32Array): void {
    this.#words = words as Int32Array<ArrayBuffer>;
    this.#shades = shades as Int32Array<ArrayBuffer>;
    this.#width = width;
    this.#height = height;
    if (this.#alpha.length < width * height) this.#alpha = new Uint8Array(width * height);
    else this.#alpha.fill(0, 0, width * height);
  }

  /** A level line on a row of pixels, of opacity `strength`, 0 to 255. */
  level(fromX: number, toX: number, y: number, strength: number): void {
    if (y < 0 || y >= this.#height) return;
    const words = this.#words;
    const alpha = this.#alpha;
    const shade = this.#shades[strength]!;
    const end = y * this.#width + Math.min(Math.round(toX), this.#width);
    for (let pixel = y * this.#width + Math.max(Math.round(fromX), 0); pixel < end; pixel++) {
      if (alpha[pixel]! >= strength) continue;
      alpha[pixel] = strength;
      words[pixel] = shade;
    }
  }

  /** A line a pixel thick from the middle of a row of pixels to that of another; `fromX` is not right of `toX`. */
  line(fromX: number, fromY: number, toX: number, toY: number, strength: number): void {
    const dx = toX - fromX;
    const dy = toY - fromY;
    if (dy === 0) this.level(fromX, toX, fromY, strength);
    else if (Math.abs(dy) <= dx) this.#flat(fromX, fromY, toX, dy / dx, strength);
    else if (dy > 0) this.#steep(fromX - 0.5, fromY + 0.5, toY + 0.5, dx / dy, strength);
    else this.#steep(toX - 0.5, toY + 0.5, fromY + 0.5, dx / dy, strength);
  }

  /** Column by column, each on the two pixels that the line is between; on the border of the picture it may have but one of them. */
  #flat(fromX: number, fromY: number, toX: number, slope: number, strength: number): void {
    const words = this.#words;
    const alpha = this.#alpha;
    const shades = this.#shades;
    const width = this.#width;
    const lastRow = this.#height - 1;
    const end = Math.min(Math.round(toX), width);
    const start = Math.max(Math.round(fromX), 0);
    const step = Math.round(slope * WHOLE);
    let y = Math.round((fromY + (start + 0.5 - fromX) * slope) * WHOLE);
    for (let x = start; x < end; x++, y += step) {
      const row = y >> 16;
      if (row < 0 || row >= lastRow) continue;
      const below = (((y >> 8) & 255) * strength) >> 8;
      const above = strength - below;
      const pixel = row * width + x;
      if (alpha[pixel]! < above) {
        alpha[pixel] = above;
        words[pixel] = shades[above]!;
      }
      if (alpha[pixel + width]! < below) {
        alpha[pixel + width] = below;
        words[pixel + width] = shades[below]!;
      }
    }
  }

  /** The same row by row, from top to bottom. */
  #steep(fromX: number, fromY: number, toY: number, slope: number, strength: number): void {
    const words = this.#words;
    const alpha = this.#alpha;
    const shades = this.#shades;
    const width = this.#width;
    const end = Math.min(Math.round(toY), this.#height);
    const start = Math.max(Math.round(fromY), 0);
    const step = Math.round(slope * WHOLE);
    let x = Math.round((fromX + (start + 0.5 - fromY) * slope) * WHOLE);
    for (let y = start; y < end; y++, x += step) {
      const column = x >> 16;
      if (column < 0 || column >= width - 1) continue;
      const right = (((x >> 8) & 255) * strength) >> 8;
      const left = strength - right;
      const pixel = y * width + column;
      if (alpha[pixel]! < left) {
        alpha[pixel] = left;
        words[pixel] = shades[left]!;
      }
      if (alpha[pixel + 1]! < right) {
        alpha[pixel + 1] = right;
        words[pixel + 1] = shades[right]!;
      }
    }
  }
}
