/** Keeps the best few of many ids by a number, in time O(log size) for each that enters. Of equals the smaller id is better. */
export class BestFew {
  readonly #size: number;
  /** A heap, the worst first. */
  readonly #ids: number[] = [];
  readonly #keys: number[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** Whether an id with this key would enter. */
  wants(id: number, key: number): boolean {
    return this.#ids.length < this.#size || isWorse(this.#ids[0]!, this.#keys[0]!, id, key);
  }

  offer(id: number, key: number): void {
    if (!this.wants(id, key)) return;
    if (this.#ids.length < this.#size) this.#rise(this.#ids.length, id, key);
    else this.#sink(id, key);
  }

  /** Best first. */
  ids(): number[] {
    const { length } = this.#ids;
    return Array.from({ length }, (_, i) => i)
      .sort((a, b) => this.#keys[b]! - this.#keys[a]! || this.#ids[a]! - this.#ids[b]!)
      .map((i) => this.#ids[i]!);
  }

  #rise(from: number, id: number, key: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isWorse(id, key, this.#ids[above]!, this.#keys[above]!)) break;
      this.#move(above, at);
      at = above;
    }
    this.#ids[at] = id;
    this.#keys[at] = key;
  }

  /** Puts it in the place of the worst. */
  #sink(id: number, key: number): void {
    let at = 0;
    for (;;) {
      const below = this.#worseBelow(at);
      if (below < 0 || !isWorse(this.#ids[below]!, this.#keys[below]!, id, key)) break;
      this.#move(below, at);
      at = below;
    }
    this.#ids[at] = id;
    this.#keys[at] = key;
  }

  /** The worse of the two places below, −1 for none. */
  #worseBelow(at: number): number {
    const left = 2 * at + 1;
    const right = left + 1;
    if (left >= this.#ids.length) return -1;
    if (right >= this.#ids.length) return left;
    const isRight = isWorse(
      this.#ids[right]!,
      this.#keys[right]!,
      this.#ids[left]!,
      this.#keys[left]!,
    );
    return isRight ? right : left;
  }

  #move(from: number, to: number): void {
    this.#ids[to] = this.#ids[from]!;
    this.#keys[to] = this.#keys[from]!;
  }
}

function isWorse(id: number, key: number, otherId: number, otherKey: number): boolean {
  return key < otherKey || (key === otherKey && id > otherId);
}
