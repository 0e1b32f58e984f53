import type { Sampling } from "../../search/ports.ts";
import { type Decoder, requireRows, type TokenEvidence } from "./engine.ts";
import type { ModelConfig } from "./model-config.ts";
import { growthOf, type SequenceId, Sequences } from "./sequences.ts";
import type { Known, SharedTokens } from "./shared-tokens.ts";

/** Pages that an engine has if nothing else is told. */
const MAX_PAGES = 2048;

/**
 * Stands in for an engine that one run has for itself, and takes what others have
 * computed already from tokens that they share. Whoever uses it sees no
 * difference: the same bits, the same sequences and pages, and so the same
 * account of what was spent.
 */
export class SharedDecoder implements Decoder {
  readonly config: ModelConfig;
  readonly maxRows: number;
  readonly flopsPerRow: number;
  readonly #shared: SharedTokens;
  /** Pages are only counted here. */
  readonly #sequences: Sequences;
  readonly #ends = new Map<SequenceId, Known>();
  #rows: readonly Known[] = [];
  #wanted: readonly number[] = [];
  #aloneMs = 0;

  constructor(shared: SharedTokens) {
    const { config, maxRows, flopsPerRow } = shared.engine;
    this.config = config;
    this.maxRows = maxRows;
    this.flopsPerRow = flopsPerRow;
    this.#shared = shared;
    let pages = 0;
    this.#sequences = new Sequences({
      maxPages: MAX_PAGES,
      reserve: () => pages++,
      copy() {},
    });
  }

  /** What an engine of its own would have taken, estimated, ms. */
  get aloneMs(): number {
    return this.#aloneMs;
  }

  get pagesInUse(): number {
    return this.#sequences.pagesInUse;
  }

  create(): SequenceId {
    return this.#begin(this.#sequences.create(), this.#shared.top);
  }

  fork(id: SequenceId, length?: number): SequenceId {
    const copy = this.#sequences.fork(id, length);
    let end = this.#ends.get(id)!;
    while (end.depth > this.#sequences.length(copy)) end = end.parent!;
    return this.#begin(copy, end);
  }

  free(id: SequenceId): void {
    this.#sequences.free(id);
    this.#ends.delete(id);
  }

  length(id: SequenceId): number {
    return this.#sequences.length(id);
  }

  extend(
    sequences: readonly SequenceId[],
    tokens: readonly number[],
    wanted: readonly number[],
  ): void {
    requireRows(this, sequences, tokens);
    this.#sequences.makeRoom(growthOf(sequences), this.config.context);
    this.#rows = sequences.map((id, row) => {
      this.#sequences.grow(id);
      const end = this.#shared.follow(this.#ends.get(id)!, tokens[row]!);
      this.#ends.set(id, end);
      return end;
    });
    this.#wanted = wanted;
    this.#shared.settle();
    this.#aloneMs += this.#shared.estimateMs(sequences.length);
  }

  logits(slot: number): Float32Array<ArrayBuffer> {
    return this.#rows[this.#wanted[slot]!]!.logits;
  }

  hidden(row: number): Float32Array<ArrayBuffer> {
    return this.#rows[row]!.hidden;
  }

  sample(
    logits: Float32Array,
    sampling: Pick<Sampling, "temperature" | "topK" | "topP">,
    u: number,
  ): { readonly token: number; readonly logprob: number } {
    return this.#shared.engine.sample(logits, sampling, u);
  }

  likeliest(
    logits: Float32Array,
    count: number,
  ): { readonly token: number; readonly logprob: number }[] {
    return this.#shared.engine.likeliest(logits, count);
  }

  evidence(logits: Float32Array, token: number): TokenEvidence {
    return this.#shared.engine.evidence(logits, token);
  }

  exp(x: number): number {
    return this.#shared.engine.exp(x);
  }

  sigmoid(x: number): number {
    return this.#shared.engine.sigmoid(x);
  }

  #begin(id: SequenceId, end: Known): SequenceId {
    this.#ends.set(id, end);
    return id;
  }
}
