import type { Decoder } from "./engine.ts";
import type { SequenceId } from "./sequences.ts";

/** A sequence that has read a prefix, and what its owner knows of it. */
export interface CachedPrefix<T> {
  readonly sequence: SequenceId;
  readonly known: T;
}

/** Sequences by the steps, or the tokens, that they have read, least recently used first out. Owns the sequences in it. */
export class PrefixCache<T, Part extends string | number = string> {
  readonly #engine: Decoder;
  readonly #maxPages: number;
  /** In the order of use, latest last. */
  readonly #entries = new Map<string, CachedPrefix<T>>();

  constructor(engine: Decoder, maxPages: number) {
    this.#engine = engine;
    this.#maxPages = maxPages;
  }

  get(steps: readonly Part[]): CachedPrefix<T> | undefined {
    const key = JSON.stringify(steps);
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  /** The entry that has read most of the first `limit` steps, and how many it has read. */
  longest(
    steps: readonly Part[],
    limit: number,
  ): { readonly count: number; readonly entry: CachedPrefix<T> } | undefined {
    for (let count = limit; count >= 0; count--) {
      const entry = this.get(steps.slice(0, count));
      if (entry !== undefined) return { count, entry };
    }
    return undefined;
  }

  /** Takes an entry out; its sequence is the caller's now. */
  take(steps: readonly Part[]): CachedPrefix<T> | undefined {
    const key = JSON.stringify(steps);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry;
  }

  /** Puts a sequence in, in place of one that has read the same. */
  put(steps: readonly Part[], entry: CachedPrefix<T>): void {
    const old = this.take(steps);
    if (old !== undefined) this.#engine.free(old.sequence);
    this.#entries.set(JSON.stringify(steps), entry);
  }

  /** Frees the least recently used until the engine holds no more pages than allowed. */
  trim(): void {
    for (const [key, { sequence }] of this.#entries) {
      if (this.#engine.pagesInUse <= this.#maxPages) return;
      this.#engine.free(sequence);
      this.#entries.delete(key);
    }
  }

  clear(): void {
    for (const { sequence } of this.#entries.values()) this.#engine.free(sequence);
    this.#entries.clear();
  }
}
