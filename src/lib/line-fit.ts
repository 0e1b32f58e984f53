/** The line through points by least squares, kept up to date as they come. */
export class LineFit {
  #n = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.#n++;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#xy += x * y;
  }

  /** The line at `x`; a line through the origin as long as all points have one x, and 0 without any. */
  at(x: number): number {
    if (this.#n === 0) return 0;
    const spread = this.#n * this.#xx - this.#x * this.#x;
    if (spread <= 0) return this.#x === 0 ? 0 : (this.#y / this.#x) * x;
    const slope = (this.#n * this.#xy - this.#x * this.#y) / spread;
    return (this.#y - slope * this.#x) / this.#n + slope * x;
  }
}
