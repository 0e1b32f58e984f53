import type { Sampling } from "../../search/ports.ts";
import {
  type LayerTensors,
  type ModelConfig,
  parameterLayout,
  type Tensor,
} from "./model-config.ts";
import { growthOf, PAGE_TOKENS, type PageSource, type SequenceId, Sequences } from "./sequences.ts";
import { WasmKernel } from "./wasm-kernel.ts";

/** Pages that are reserved at a time. */
const PAGES_AT_ONCE = 16;

/** How unlikely a token was to the model that read it, in nats at temperature 1. */
export interface TokenEvidence {
  /** −ln p(token). */
  readonly surprisal: number;
  /** ln p(likeliest) − ln p(token). */
  readonly gap: number;
  /** Of the whole distribution that the token was drawn from. */
  readonly entropy: number;
}

/** What reads and writes with an engine needs of it; see `SharedDecoder`. */
export type Decoder = Pick<Engine, Exclude<keyof Engine, "load" | "memoryBytes">>;

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
  readonly #pageBytes: number;
  readonly #sequences: Sequences;
  readonly #evidence = new Float32Array(3);

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
    this.#pageBytes = 2 * PAGE_TOKENS * width * 4 * config.layers;
    this.#sequences = new Sequences(pagesOf(kernel, this.#pageBytes, maxPages));
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
    if (this.#sequences.count > 0) {
      throw new Error(`${this.#sequences.count} sequences still hold the old parameters`);
    }
    const at = this.#at;
    this.#kernel.floats(at.parameters, parameters.length).set(parameters);
    const embedding = at.parameters + this.#embedding.offset * 4;
    this.#kernel.run.transpose(at.output, embedding, vocabulary, width, width, vocabulary);
  }

  /** An empty sequence. */
  create(): SequenceId {
    return this.#sequences.create();
  }

  /** A sequence with the same first `length` tokens, all if not told; at most one page, the last if not full, is copied. */
  fork(id: SequenceId, length?: number): SequenceId {
    return this.#sequences.fork(id, length);
  }

  free(id: SequenceId): void {
    this.#sequences.free(id);
  }

  /** Tokens in a sequence. */
  length(id: SequenceId): number {
    return this.#sequences.length(id);
  }

  /** Memory of the kernel; it never shrinks. */
  get memoryBytes(): number {
    return this.#kernel.run.memory.buffer.byteLength;
  }

  /** Pages that some sequence holds. */
  get pagesInUse(): number {
    return this.#sequences.pagesInUse;
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
    requireRows(this, sequences, tokens);
    this.#placeRows(sequences, tokens);
    const { width: d, normEpsilon, vocabulary } = this.config;
    const { run } = this.#kernel;
    const at = this.#at;
    run.embed(at.stream, this.#parameter(this.#embedding), at.tokens, rows, d);
    for (const [index, layer] of this.#layers.entries()) this.#runLayer(layer, index, rows);
    const gain = this.#parameter(this.#outputNorm);
    run.rmsNorm(at.hidden, at.inverse, at.stream, gain, rows, d, normEpsilon);

    for (const [slot, row] of wanted.entries()) {
      this.#kernel.copy(at.normed + slot * d * 4, at.hidden + row * d * 4, d);
    }
    this.#kernel.product(at.logits, at.normed, at.output, wanted.length, d, vocabulary);
  }

  /**
   * Logits of `wanted[slot]` of the last `extend`, a copy: what may follow the row's
   * token. `into`, if given, may be written to and be what is returned.
   */
  logits(slot: number, into = new Float32Array(this.config.vocabulary)): Float32Array<ArrayBuffer> {
    return this.#kernel.read(this.#at.logits + slot * this.config.vocabulary * 4, into);
  }

  /** State after the last norm of row `row` of the last `extend`, a copy of `width` floats; `into` as for `logits`. */
  hidden(row: number, into = new Float32Array(this.config.width)): Float32Array<ArrayBuffer> {
    return this.#kernel.read(this.#at.hidden + row * this.config.width * 4, into);
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

  /** The `count` likeliest tokens, likeliest first, of equal ones the lower id; ln p at temperature 1. */
  likeliest(
    logits: Float32Array,
    count: number,
  ): { readonly token: number; readonly logprob: number }[] {
    const { vocabulary } = this.config;
    const address = this.#give(logits);
    return [...logits.keys()]
      .sort((a, b) => logits[b]! - logits[a]! || a - b)
      .slice(0, count)
      .map((token) => ({
        token,
        logprob: this.#kernel.run.logprob(address, vocabulary, token),
      }));
  }

  /** What `logits` say of the token that followed. */
  evidence(logits: Float32Array, token: number): TokenEvidence {
    const { scratch } = this.#at;
    this.#kernel.run.evidence(scratch, this.#give(logits), this.config.vocabulary, token);
    const [surprisal, gap, entropy] = this.#kernel.read(scratch, this.#evidence);
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
    const { context } = this.config;
    const growth = growthOf(sequences);
    this.#sequences.makeRoom(growth, context);

    const at = this.#at;
    const rows = sequences.length;
    const pagesPerTable = Math.ceil(context / PAGE_TOKENS);
    const tables = new Map<SequenceId, number>();
    const tablePages = this.#kernel.ints(at.tablePages, this.maxRows * pagesPerTable);
    for (const id of growth.keys()) {
      const start = tables.size * pagesPerTable;
      tablePages.set(this.#sequences.pagesOf(id), start);
      tables.set(id, at.tablePages + start * 4);
    }
    const rowTokens = this.#kernel.ints(at.tokens, rows);
    const rowTables = this.#kernel.ints(at.tables, rows);
    const rowPositions = this.#kernel.ints(at.positions, rows);
    for (const [row, id] of sequences.entries()) {
      rowTokens[row] = tokens[row]!;
      rowTables[row] = tables.get(id)!;
      rowPositions[row] = this.#sequences.grow(id);
    }
  }

  /** Address at which the kernel finds these logits. */
  #give(logits: Float32Array): number {
    this.#kernel.write(this.#at.given, logits);
    return this.#at.given;
  }

  #parameter(tensor: Tensor): number {
    return this.#at.parameters + tensor.offset * 4;
  }
}

/** Throws a `RangeError` unless a decoder can be asked for these rows. */
export function requireRows(
  { maxRows, config }: Pick<Decoder, "maxRows" | "config">,
  sequences: readonly SequenceId[],
  tokens: readonly number[],
): void {
  const rows = sequences.length;
  if (rows === 0 || rows > maxRows || tokens.length !== rows) {
    throw new RangeError(`${rows} sequences and ${tokens.length} tokens; at most ${maxRows}`);
  }
  const foreign = tokens.find((token) => !(token >= 0 && token < config.vocabulary));
  if (foreign !== undefined) throw new RangeError(`Token ${foreign} is outside the vocabulary`);
}

/** Pages in the kernel's memory. */
function pagesOf(kernel: WasmKernel, pageBytes: number, maxPages: number): PageSource {
  const reserved: number[] = [];
  let left = maxPages;
  return {
    maxPages,
    reserve() {
      if (reserved.length === 0) {
        const count = Math.min(PAGES_AT_ONCE, left);
        const start = kernel.reserve(count * pageBytes);
        for (let i = count - 1; i >= 0; i--) reserved.push(start + i * pageBytes);
        left -= count;
      }
      return reserved.pop()!;
    },
    copy(from, to) {
      new Uint8Array(kernel.run.memory.buffer).copyWithin(to, from, from + pageBytes);
    },
  };
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
