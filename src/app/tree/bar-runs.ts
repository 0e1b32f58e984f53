import { NumberList } from "../../protocol/columns.ts";

/**
 * Bars that wait until all edges are drawn, column by column from top to bottom: the pixel
 * of each and the most important look of the items on it. So items are looked at once for both.
 */
export class BarRuns {
  readonly #pixel = new NumberList(Int32Array);
  readonly #look = new NumberList(Uint16Array);
  /** Where the bars of each column begin. */
  #starts: number[] = [];

  clear(): void {
    this.#pixel.length = 0;
    this.#look.length = 0;
    this.#starts = [];
  }

  /** What is added from now on belongs to the next column. */
  beginColumn(): void {
    this.#starts.push(this.#pixel.length);
  }

  /** Pixels ascend within a column; one that comes again is the same bar. */
  add(pixel: number, look: number): void {
    if (look === 0) return;
    const last = this.#pixel.length - 1;
    const isSame = last >= this.#starts.at(-1)! && this.#pixel.values[last] === pixel;
    if (!isSame) {
      this.#pixel.push(pixel);
      this.#look.push(look);
    } else if (look > this.#look.values[last]!) this.#look.values[last] = look;
  }

  /** Tells the bars of a column, counted in the order in which columns began. */
  each(column: number, draw: (pixel: number, look: number) => void): void {
    const end = this.#starts[column + 1] ?? this.#pixel.length;
    for (let i = this.#starts[column]!; i < end; i++) {
      draw(this.#pixel.values[i]!, this.#look.values[i]!);
    }
  }
}
