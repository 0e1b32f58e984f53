/** Time in which a node grows in, ms. */
const GROW_MS = 150;

/** Lets the marks of nodes that have just appeared grow in. */
export class Growth {
  /** How far each node has grown in, [0, 1]; null if all have. */
  value: Float32Array | null = null;
  #bornAt = new Float64Array(0);
  #growth = new Float32Array(0);

  /** Says whether a node among the first `count` still grows. `time` in ms. O(nodes). */
  advance(looks: Uint16Array, count: number, time: number): boolean {
    if (this.#bornAt.length < count) {
      const bornAt = new Float64Array(2 * count).fill(Number.NaN);
      bornAt.set(this.#bornAt);
      this.#bornAt = bornAt;
      this.#growth = new Float32Array(bornAt.length);
    }
    let isGrowing = false;
    for (let node = 0; node < count; node++) {
      if (looks[node] === 0) {
        this.#bornAt[node] = Number.NaN;
        continue;
      }
      if (Number.isNaN(this.#bornAt[node]!)) this.#bornAt[node] = time;
      const share = (time - this.#bornAt[node]!) / GROW_MS;
      this.#growth[node] = share >= 1 ? 1 : 0.3 + 0.7 * share;
      isGrowing ||= share < 1;
    }
    this.value = isGrowing ? this.#growth : null;
    return isGrowing;
  }

  /** All nodes are new again. */
  forget(): void {
    this.value = null;
    this.#bornAt = new Float64Array(0);
  }
}
