/** Tokens a page of keys and values; the kernel's constant of the same name. */
export const PAGE_TOKENS = 16;

/** A sequence of the engine that gave it; dead after `free`. */
export type SequenceId = number;

/** The memory is full: there are more tokens in its sequences than it was given room for. */
export class EngineFullError extends Error {
  override readonly name = "EngineFullError";
}

/** Where pages come from, by their addresses. */
export interface PageSource {
  readonly maxPages: number;
  /** A page that nobody holds. Asked for no more than `maxPages` different ones. */
  reserve(): number;
  copy(from: number, to: number): void;
}

interface Sequence {
  /** Addresses. All but the last may be shared with other sequences; a shared page is full. */
  readonly pages: number[];
  length: number;
}

/** Who holds which page: sequences share those of the prefix they were forked from. */
export class Sequences {
  readonly #source: PageSource;
  readonly #sequences = new Map<SequenceId, Sequence>();
  /** By page: how many sequences hold it. */
  readonly #holders = new Map<number, number>();
  readonly #free: number[] = [];
  #reserved = 0;
  #nextId = 0;

  constructor(source: PageSource) {
    this.#source = source;
  }

  get count(): number {
    return this.#sequences.size;
  }

  /** Pages that some sequence holds. */
  get pagesInUse(): number {
    return this.#reserved - this.#free.length;
  }

  create(): SequenceId {
    return this.#add({ pages: [], length: 0 });
  }

  /** A sequence with the same first `length` tokens; at most one page, the last if not full, is copied. */
  fork(id: SequenceId, length = this.length(id)): SequenceId {
    const { pages } = this.#sequence(id);
    const shared = Math.floor(length / PAGE_TOKENS);
    const copy: Sequence = { pages: pages.slice(0, shared), length };
    if (length % PAGE_TOKENS !== 0) {
      const fresh = this.#take();
      this.#source.copy(pages[shared]!, fresh);
      copy.pages.push(fresh);
    }
    for (let i = 0; i < shared; i++) {
      const page = copy.pages[i]!;
      this.#holders.set(page, this.#holders.get(page)! + 1);
    }
    return this.#add(copy);
  }

  free(id: SequenceId): void {
    for (const page of this.#sequence(id).pages) {
      const holders = this.#holders.get(page)! - 1;
      this.#holders.set(page, holders);
      if (holders === 0) this.#free.push(page);
    }
    this.#sequences.delete(id);
  }

  length(id: SequenceId): number {
    return this.#sequence(id).length;
  }

  pagesOf(id: SequenceId): readonly number[] {
    return this.#sequence(id).pages;
  }

  /**
   * Makes room for so many more tokens of each sequence, `context` in all at most.
   * Throws an `EngineFullError` or a `RangeError` before anything has changed.
   */
  makeRoom(growth: ReadonlyMap<SequenceId, number>, context: number): void {
    let missing = 0;
    for (const [id, count] of growth) {
      const { pages, length } = this.#sequence(id);
      if (length + count > context) {
        throw new RangeError(`${length + count} tokens; the context is ${context}`);
      }
      missing += Math.ceil((length + count) / PAGE_TOKENS) - pages.length;
    }
    if (this.pagesInUse + missing > this.#source.maxPages) throw this.#full();
    for (const [id, count] of growth) {
      const { pages, length } = this.#sequence(id);
      while (pages.length * PAGE_TOKENS < length + count) pages.push(this.#take());
    }
  }

  /** Grows a sequence by a token that there is room for; the position of that. */
  grow(id: SequenceId): number {
    return this.#sequence(id).length++;
  }

  #take(): number {
    if (this.#free.length === 0) {
      if (this.#reserved === this.#source.maxPages) throw this.#full();
      this.#free.push(this.#source.reserve());
      this.#reserved++;
    }
    const page = this.#free.pop()!;
    this.#holders.set(page, 1);
    return page;
  }

  #full(): EngineFullError {
    const { maxPages } = this.#source;
    const tokens = maxPages * PAGE_TOKENS;
    return new EngineFullError(`No room: ${maxPages} pages, ${tokens} tokens, are in use`);
  }

  #add(sequence: Sequence): SequenceId {
    const id = this.#nextId++;
    this.#sequences.set(id, sequence);
    return id;
  }

  #sequence(id: SequenceId): Sequence {
    const sequence = this.#sequences.get(id);
    if (sequence === undefined) throw new RangeError(`There is no sequence ${id}`);
    return sequence;
  }
}

/** How many tokens each sequence of some rows grows by. */
export function growthOf(sequences: readonly SequenceId[]): Map<SequenceId, number> {
  const growth = new Map<SequenceId, number>();
  for (const id of sequences) growth.set(id, (growth.get(id) ?? 0) + 1);
  return growth;
}
