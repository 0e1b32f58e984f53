/** Opacity of edges by pixel. Where edges meet, the strongest counts, as in one stroke of a canvas. */
export class EdgeRaster {
  width = 0;
  height = 0;
  /** 0 to 255. */
  alpha = new Uint8Array(0);

  /** Nothing is drawn on so many pixels. */
  begin(width: number, height: number): void {
    this.width = width;
    this.height = height;
    if (this.alpha.length < width * height) this.alpha = new Uint8Array(width * height);
    else this.alpha.fill(0, 0, width * height);
  }

  /** A level line, of opacity `alpha`, 0 to 255. */
  level(fromX: number, toX: number, y: number, alpha: number): void {
    this.line(fromX, y, toX, y, alpha);
  }

  /** A line a pixel thick between the middles of two points, fractions allowed; `fromX` is not right of `toX`. */
  line(fromX: number, fromY: number, toX: number, toY: number, alpha: number): void {
    const [dx, dy] = [toX - fromX, toY - fromY];
    if (Math.abs(dy) <= dx) this.#flat(fromX, fromY - 0.5, toX, dy / Math.max(dx, 1e-6), alpha);
    else if (dy > 0) this.#steep(fromX - 0.5, fromY, toY, dx / dy, alpha);
    else this.#steep(toX - 0.5, toY, fromY, dx / dy, alpha);
  }

  /** Column by column, each on the two pixels that the line is between. */
  #flat(fromX: number, fromY: number, toX: number, slope: number, strength: number): void {
    const { alpha, width, height } = this;
    const end = Math.min(Math.round(toX), width);
    const start = Math.max(Math.round(fromX), 0);
    let y = fromY + (start + 0.5 - fromX) * slope;
    for (let x = start; x < end; x++, y += slope) {
      const whole = Math.floor(y);
      const below = (y - whole) * strength;
      if (whole >= 0 && whole < height) {
        const pixel = whole * width + x;
        if (alpha[pixel]! < strength - below) alpha[pixel] = strength - below;
      }
      if (whole >= -1 && whole + 1 < height) {
        const pixel = (whole + 1) * width + x;
        if (alpha[pixel]! < below) alpha[pixel] = below;
      }
    }
  }

  /** The same row by row, from top to bottom. */
  #steep(fromX: number, fromY: number, toY: number, slope: number, strength: number): void {
    const { alpha, width, height } = this;
    const end = Math.min(Math.round(toY), height);
    const start = Math.max(Math.round(fromY), 0);
    let x = fromX + (start + 0.5 - fromY) * slope;
    for (let y = start; y < end; y++, x += slope) {
      const whole = Math.floor(x);
      const right = (x - whole) * strength;
      if (whole >= 0 && whole < width) {
        const pixel = y * width + whole;
        if (alpha[pixel]! < strength - right) alpha[pixel] = strength - right;
      }
      if (whole >= -1 && whole + 1 < width) {
        const pixel = y * width + whole + 1;
        if (alpha[pixel]! < right) alpha[pixel] = right;
      }
    }
  }
}
