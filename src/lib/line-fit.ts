/**
 * What `x` things cost together, fitted to costs that were seen, by least squares and
 * kept up to date as they come: so much for beginning and so much for each,
 * neither of them below 0, whatever noise says.
 */
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

  /** The line at `x`, both at least 0; a line through the origin as long as all points have one x, and 0 without any. */
  at(x: number): number {
    if (this.#n === 0) return 0;
    const spread = this.#n * this.#xx - this.#x * this.#x;
    const slope = spread > 0 ? (this.#n * this.#xy - this.#x * this.#y) / spread : 0;
    const start = (this.#y - slope * this.#x) / this.#n;
    if (spread <= 0 || start < 0) return this.#xx === 0 ? 0 : (this.#xy / this.#xx) * x;
    return slope < 0 ? this.#y / this.#n : start + slope * x;
  }
}
