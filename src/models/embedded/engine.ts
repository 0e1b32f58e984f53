import type { Sampling } from "../../search/ports.ts";
import {
  type LayerTensors,
  type ModelConfig,
  parameterLayout,
  type Tensor,
} from "./model-config.ts";
import { WasmKernel } from "./wasm-kernel.ts";

/** Tokens a page of keys and values; the kernel's constant of the same name. */
export const PAGE_TOKENS = 16;

/** Pages that are reserved at a time. */
const PAGES_AT_ONCE = 16;

/** A sequence of the engine that gave it; dead after `free`. */
export type SequenceId = number;

/** How unlikely a token was to the model that read it, in nats at temperature 1. */
export interface TokenEvidence {
  /** −ln p(token). */
  readonly surprisal: number;
  /** ln p(likeliest) − ln p(token). */
  readonly gap: number;
  /** Of the whole distribution that the token was drawn from. */
  readonly entropy: number;
}

/** The engine's memory is full: there are more tokens in its sequences than it was given room for. */
export class EngineFullError extends Error {
  override readonly name = "EngineFullError";
}

interface Sequence {
  /** Addresses. All but the last may be shared with other sequences; a shared page is full. */
  readonly pages: number[];
  length: number;
}

/**
 * Runs one decoder. Sequences share the pages of the prefix they were forked
 * from. Every result depends on the sequence's tokens alone, to the bit: not on
 * what else is in the batch, not on forks, not on the JavaScript engine.
 */
export class Engine {
  readonly config: ModelConfig;
  /** Rows that one `extend` takes at most. */
  readonly maxRows: number;
  /** Floating-point operations of one row: 2 per parameter. */
  readonly flopsPerRow: number;

  readonly #kernel: WasmKernel;
  readonly #layers: readonly LayerTensors[];
  readonly #at: ReturnType<typeof reserveBuffers>;
  readonly #outputNorm: Tensor;
  readonly #embedding: Tensor;
  readonly #maxPages: number;
  readonly #pageBytes: number;
  readonly #sequences = new Map<SequenceId, Sequence>();
  /** By page address: how many sequences hold it. */
  readonly #holders = new Map<number, number>();
  readonly #freePages: number[] = [];
  #pages = 0;
  #nextId = 0;

  /**
   * `parameters` have the layout of `parameterLayout(config)` and are copied.
   * `maxPages` bounds the keys and values: 16 tokens a page, of
   * 128 · layers · width bytes.
   */
  constructor(
    module: WebAssembly.Module,
    { config, parameters }: { config: ModelConfig; parameters: Float32Array },
    { maxRows = 64, maxPages = 2048 }: { maxRows?: number; maxPages?: number } = {},
  ) {
    const { width, heads, context, ropeBase } = config;
    const layout = parameterLayout(config);
    const kernel = new WasmKernel(module, 2 ** 32 - 65_536);
    this.config = config;
    this.maxRows = maxRows;
    this.flopsPerRow = 2 * layout.size;
    this.#kernel = kernel;
    this.#layers = layout.layers;
    this.#embedding = layout.embedding;
    this.#outputNorm = layout.outputNorm;
    this.#maxPages = maxPages;
    this.#pageBytes = 2 * PAGE_TOKENS * width * 4 * config.layers;
    this.#at = reserveBuffers(kernel, config, { parameters: layout.size, rows: maxRows });

    kernel.run.ropeTable(this.#at.rope, context, width / heads, ropeBase);
    this.load(parameters);
  }

  /**
   * Takes other parameters of the same shape. Throws unless all sequences were
   * freed: what they hold was computed with the old ones.
   */
  load(parameters: Float32Array): void {
    const { width, vocabulary } = this.config;
    if (this.#sequences.size > 0) {
      throw new Error(`${this.#sequences.size} sequences still hold the old parameters`);
    }
    const at = this.#at;
    this.#kernel.floats(at.parameters, parameters.length).set(parameters);
    const embedding = at.parameters + this.#embedding.offset * 4;
    this.#kernel.run.transpose(at.output, embedding, vocabulary, width, width, vocabulary);
  }

  /** An empty sequence. */
  create(): SequenceId {
    return this.#add({ pages: [], length: 0 });
  }

  /** A sequence with the same tokens; at most one page, the last if not full, is copied. */
  fork(id: SequenceId): SequenceId {
    const { pages, length } = this.#sequence(id);
    const copy: Sequence = { pages: [...pages], length };
    const last = copy.pages.at(-1);
    const partial = length % PAGE_TOKENS !== 0;
    if (last !== undefined && partial) {
      const fresh = this.#takePage();
      const bytes = new Uint8Array(this.#kernel.run.memory.buffer);
      bytes.copyWithin(fresh, last, last + this.#pageBytes);
      copy.pages[copy.pages.length - 1] = fresh;
    }
    const shared = partial ? copy.pages.length - 1 : copy.pages.length;
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
      if (holders === 0) this.#freePages.push(page);
    }
    this.#sequences.delete(id);
  }

  /** Tokens in a sequence. */
  length(id: SequenceId): number {
    return this.#sequence(id).length;
  }

  /** Pages that some sequence holds. */
  get pagesInUse(): number {
    return this.#pages - this.#freePages.length;
  }

  /**
   * Appends `tokens[r]` to `sequences[r]` for every row r, in this order: a
   * sequence that occurs n times grows by n tokens. Computes the logits of the
   * rows in `wanted`, see `logits`; all rows leave their state, see `hidden`.
   * Throws an `EngineFullError` or a `RangeError` before anything has changed.
   */
  extend(
    sequences: readonly SequenceId[],
    tokens: readonly number[],
    wanted: readonly number[],
  ): void {
    const rows = sequences.length;
    if (rows === 0 || rows > this.maxRows || tokens.length !== rows) {
      throw new RangeError(
        `${rows} sequences and ${tokens.length} tokens; at most ${this.maxRows}`,
      );
    }
    this.#placeRows(sequences, tokens);
    const { width: d, normEpsilon, vocabulary } = this.config;
    const { run } = this.#kernel;
    const at = this.#at;
    run.embed(at.stream, this.#parameter(this.#embedding), at.tokens, rows, d);
    for (const [index, layer] of this.#layers.entries()) this.#runLayer(layer, index, rows);
    const gain = this.#parameter(this.#outputNorm);
    run.rmsNorm(at.hidden, at.inverse, at.stream, gain, rows, d, normEpsilon);

    const hidden = this.#kernel.floats(at.hidden, rows * d);
    const chosen = this.#kernel.floats(at.normed, wanted.length * d);
    for (const [slot, row] of wanted.entries()) {
      chosen.set(hidden.subarray(row * d, (row + 1) * d), slot * d);
    }
    this.#kernel.product(at.logits, at.normed, at.output, wanted.length, d, vocabulary);
  }

  /** Logits of `wanted[slot]` of the last `extend`, a copy: what may follow the row's token. */
  logits(slot: number): Float32Array<ArrayBuffer> {
    const { vocabulary } = this.config;
    return this.#kernel.floats(this.#at.logits + slot * vocabulary * 4, vocabulary).slice();
  }

  /** State after the last norm of row `row` of the last `extend`, a copy of `width` floats. */
  hidden(row: number): Float32Array<ArrayBuffer> {
    const { width } = this.config;
    return this.#kernel.floats(this.#at.hidden + row * width * 4, width).slice();
  }

  /**
   * Draws a token by the uniform number `u` in [0, 1). `logprob` is its ln p at
   * temperature 1 before truncation. Temperatures below 1e-6 take the likeliest
   * token, the lowest id of equals.
   */
  sample(
    logits: Float32Array,
    { temperature, topK, topP }: Pick<Sampling, "temperature" | "topK" | "topP">,
    u: number,
  ): { readonly token: number; readonly logprob: number } {
    const { vocabulary } = this.config;
    const { run } = this.#kernel;
    const address = this.#give(logits);
    const token = run.sample(address, vocabulary, temperature, topK, topP, u, this.#at.scratch);
    return { token, logprob: run.logprob(address, vocabulary, token) };
  }

  /** What `logits` say of the token that followed. */
  evidence(logits: Float32Array, token: number): TokenEvidence {
    const { scratch } = this.#at;
    this.#kernel.run.evidence(scratch, this.#give(logits), this.config.vocabulary, token);
    const [surprisal, gap, entropy] = this.#kernel.floats(scratch, 3);
    return { surprisal: surprisal!, gap: gap!, entropy: entropy! };
  }

  /** e^x in f32, x clamped to [-87.3, 88.3]: unlike `Math.exp` the same bits everywhere. */
  exp(x: number): number {
    return this.#kernel.run.exp(x);
  }

  /** 1 / (1 + e^−x) in f32, the same bits everywhere. */
  sigmoid(x: number): number {
    return this.#kernel.run.sigmoid(x);
  }

  #runLayer(layer: LayerTensors, index: number, rows: number): void {
    const { width: d, heads, feedForward: ff, normEpsilon } = this.config;
    const kernel = this.#kernel;
    const { run } = kernel;
    const at = this.#at;
    const headSize = d / heads;
    const scale = 1 / Math.sqrt(headSize);
    const offset = (index * this.#pageBytes) / this.config.layers;
    const weight = (tensor: Tensor) => this.#parameter(tensor);
    run.rmsNorm(
      at.normed,
      at.inverse,
      at.stream,
      weight(layer.attentionNorm),
      rows,
      d,
      normEpsilon,
    );
    kernel.product(at.query, at.normed, weight(layer.query), rows, d, d);
    kernel.product(at.key, at.normed, weight(layer.key), rows, d, d);
    kernel.product(at.value, at.normed, weight(layer.value), rows, d, d);
    run.rope(at.query, at.positions, at.rope, rows, d, headSize, 1);
    run.rope(at.key, at.positions, at.rope, rows, d, headSize, 1);
    run.storeKeysValues(at.key, at.value, at.tables, at.positions, offset, rows, d);
    run.attendPages(
      at.normed,
      at.query,
      at.tables,
      at.positions,
      at.scores,
      offset,
      rows,
      d,
      headSize,
      scale,
    );
    kernel.addProduct(at.stream, at.normed, weight(layer.attentionOutput), rows, d, d);

    run.rmsNorm(at.normed, at.inverse, at.stream, weight(layer.feedNorm), rows, d, normEpsilon);
    kernel.product(at.gate, at.normed, weight(layer.gate), rows, d, ff);
    kernel.product(at.up, at.normed, weight(layer.up), rows, d, ff);
    run.swiglu(at.gate, at.gate, at.up, rows * ff);
    kernel.addProduct(at.stream, at.gate, weight(layer.down), rows, ff, d);
  }

  /** Gives every row its position and page, and writes what the kernel reads of the rows. */
  #placeRows(sequences: readonly SequenceId[], tokens: readonly number[]): void {
    const { context, vocabulary } = this.config;
    const foreign = tokens.find((token) => !(token >= 0 && token < vocabulary));
    if (foreign !== undefined) throw new RangeError(`Token ${foreign} is outside the vocabulary`);
    const growth = new Map<SequenceId, number>();
    for (const id of sequences) growth.set(id, (growth.get(id) ?? 0) + 1);
    this.#reservePages(growth);

    const at = this.#at;
    const rows = sequences.length;
    const pagesPerTable = Math.ceil(context / PAGE_TOKENS);
    const tables = new Map<SequenceId, number>();
    const tablePages = this.#kernel.ints(at.tablePages, this.maxRows * pagesPerTable);
    for (const id of growth.keys()) {
      const start = tables.size * pagesPerTable;
      tablePages.set(this.#sequence(id).pages, start);
      tables.set(id, at.tablePages + start * 4);
    }
    const rowTokens = this.#kernel.ints(at.tokens, rows);
    const rowTables = this.#kernel.ints(at.tables, rows);
    const rowPositions = this.#kernel.ints(at.positions, rows);
    for (const [row, id] of sequences.entries()) {
      rowTokens[row] = tokens[row]!;
      rowTables[row] = tables.get(id)!;
      rowPositions[row] = this.#sequence(id).length++;
    }
  }

  #reservePages(growth: ReadonlyMap<SequenceId, number>): void {
    let missing = 0;
    for (const [id, count] of growth) {
      const { pages, length } = this.#sequence(id);
      if (length + count > this.config.context) {
        throw new RangeError(`${length + count} tokens; the context is ${this.config.context}`);
      }
      missing += Math.ceil((length + count) / PAGE_TOKENS) - pages.length;
    }
    if (this.pagesInUse + missing > this.#maxPages) throw this.#full();
    for (const [id, count] of growth) {
      const { pages, length } = this.#sequence(id);
      while (pages.length * PAGE_TOKENS < length + count) pages.push(this.#takePage());
    }
  }

  #takePage(): number {
    if (this.#freePages.length === 0) {
      const count = Math.min(PAGES_AT_ONCE, this.#maxPages - this.#pages);
      if (count === 0) throw this.#full();
      const start = this.#kernel.reserve(count * this.#pageBytes);
      for (let i = count - 1; i >= 0; i--) this.#freePages.push(start + i * this.#pageBytes);
      this.#pages += count;
    }
    const page = this.#freePages.pop()!;
    this.#holders.set(page, 1);
    return page;
  }

  #full(): EngineFullError {
    const tokens = this.#maxPages * PAGE_TOKENS;
    return new EngineFullError(`No room: ${this.#maxPages} pages, ${tokens} tokens, are in use`);
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

  /** Address at which the kernel finds these logits. */
  #give(logits: Float32Array): number {
    this.#kernel.floats(this.#at.given, logits.length).set(logits);
    return this.#at.given;
  }

  #parameter(tensor: Tensor): number {
    return this.#at.parameters + tensor.offset * 4;
  }
}

function reserveBuffers(
  kernel: WasmKernel,
  config: ModelConfig,
  { parameters, rows }: { parameters: number; rows: number },
) {
  const { width, vocabulary, feedForward, heads, context } = config;
  const floats = (length: number) => kernel.reserveFloats(length);
  const pages = Math.ceil(context / PAGE_TOKENS);
  return {
    parameters: floats(parameters),
    /** The embedding transposed, `[width, vocabulary]`. */
    output: floats(width * vocabulary),
    rope: floats((context * width) / heads),
    tokens: floats(rows),
    positions: floats(rows),
    /** Address of each row's list of pages, and the lists. */
    tables: floats(rows),
    tablePages: floats(rows * pages),
    scores: floats(pages * PAGE_TOKENS),
    stream: floats(rows * width),
    normed: floats(rows * width),
    inverse: floats(rows),
    query: floats(rows * width),
    key: floats(rows * width),
    value: floats(rows * width),
    gate: floats(rows * feedForward),
    up: floats(rows * feedForward),
    hidden: floats(rows * width),
    logits: floats(rows * vocabulary),
    given: floats(vocabulary),
    scratch: floats(vocabulary),
  };
}
