/** Counts the time of a clock in ms, except while it is held. Runs from the start. */
export class Stopwatch {
  readonly #clock: () => number;
  #heldMs: number;
  #heldSince: number | null = null;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#heldMs = clock();
  }

  elapsedMs(): number {
    return (this.#heldSince ?? this.#clock()) - this.#heldMs;
  }

  hold(): void {
    this.#heldSince ??= this.#clock();
  }

  release(): void {
    if (this.#heldSince === null) return;
    this.#heldMs += this.#clock() - this.#heldSince;
    this.#heldSince = null;
  }
}
