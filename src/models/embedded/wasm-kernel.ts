/** What `kernel.wasm` exports. Pointers are byte addresses, sizes and strides are in floats; see `kernel/`. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  // biome-ignore format: one function a line
  matmul(y: number, x: number, w: number, rows: number, k: number, n: number, ldx: number, ldw: number, ldy: number, add: number): void;
  // biome-ignore format: one function a line
  matmulTransposed(y: number, x: number, g: number, rows: number, k: number, n: number, ldx: number, ldg: number, ldy: number): void;
  // biome-ignore format: one function a line
  transpose(y: number, x: number, rows: number, columns: number, ldx: number, ldy: number): void;
  embed(y: number, table: number, tokens: number, rows: number, d: number): void;
  embedBackward(gTable: number, g: number, tokens: number, rows: number, d: number): void;
  addTo(y: number, x: number, n: number): void;
  // biome-ignore format: one function a line
  rmsNorm(y: number, inverse: number, x: number, gain: number, rows: number, d: number, eps: number): void;
  // biome-ignore format: one function a line
  rmsNormBackward(gx: number, gGain: number, g: number, x: number, inverse: number, gain: number, rows: number, d: number): void;
  ropeTable(table: number, context: number, headSize: number, base: number): void;
  // biome-ignore format: one function a line
  rope(x: number, positions: number, table: number, rows: number, d: number, headSize: number, direction: number): void;
  swiglu(y: number, gate: number, up: number, n: number): void;
  swigluBackward(gate: number, up: number, g: number, n: number): void;
  // biome-ignore format: one function a line
  storeKeysValues(k: number, v: number, tables: number, positions: number, layerOffset: number, rows: number, d: number): void;
  // biome-ignore format: one function a line
  attendPages(y: number, q: number, tables: number, positions: number, scores: number, layerOffset: number, rows: number, d: number, headSize: number, scale: number): void;
  // biome-ignore format: one function a line
  attendSequence(y: number, q: number, k: number, v: number, scratch: number, length: number, d: number, headSize: number, scale: number): void;
  // biome-ignore format: one function a line
  attendSequenceBackward(gq: number, gk: number, gv: number, g: number, q: number, k: number, v: number, scratch: number, length: number, d: number, headSize: number, scale: number): void;
  // biome-ignore format: one function a line
  targetLogprobs(logprobs: number, normalisers: number, logits: number, targets: number, rows: number, vocabulary: number): void;
  // biome-ignore format: one function a line
  crossEntropyBackward(logits: number, normalisers: number, targets: number, weights: number, rows: number, vocabulary: number): void;
  sumSquares(x: number, n: number): number;
  // biome-ignore format: one function a line
  adamW(parameters: number, gradient: number, mean: number, square: number, n: number, scale: number, beta1: number, beta2: number, rate1: number, correction2: number, eps: number, keep: number): void;
  argmax(x: number, n: number): number;
  // biome-ignore format: one function a line
  sample(logits: number, n: number, temperature: number, topK: number, topP: number, u: number, scratch: number): number;
  logprob(logits: number, n: number, token: number): number;
  evidence(y: number, logits: number, n: number, token: number): void;
  exp(x: number): number;
  sigmoid(x: number): number;
}

const PAGE_BYTES = 65_536;
const CACHE_LINE = 64;

/**
 * One instance of the kernel and its memory. Memory is handed out upwards and
 * never taken back; it is freed with the instance.
 */
export class WasmKernel {
  readonly run: KernelExports;
  readonly #maxBytes: number;
  #top: number;
  #floats: Float32Array<ArrayBuffer> | null = null;

  /** `maxBytes` bounds the memory. */
  constructor(module: WebAssembly.Module, maxBytes: number) {
    // The module is compiled from `kernel/`, whose signatures are those above.
    this.run = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    this.#maxBytes = maxBytes;
    this.#top = this.run.heapBase();
  }

  /** Address of `bytes` fresh zero bytes on a cache line of their own. Throws a `RangeError` at the limit. */
  reserve(bytes: number): number {
    const start = Math.ceil(this.#top / CACHE_LINE) * CACHE_LINE;
    const end = start + bytes;
    if (end > this.#maxBytes) {
      throw new RangeError(`The kernel needs ${end} bytes; its limit is ${this.#maxBytes}`);
    }
    const missing = Math.ceil((end - this.run.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) this.run.memory.grow(missing);
    this.#top = end;
    return start;
  }

  /** Address of `length` fresh floats, all 0. */
  reserveFloats(length: number): number {
    return this.reserve(length * 4);
  }

  /** Valid until the next `reserve`. */
  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.run.memory.buffer, address, length);
  }

  /** Copies as many floats as `into` has, and gives it back. */
  read(address: number, into: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
    const heap = this.#heap();
    const start = address / 4;
    for (let i = 0; i < into.length; i++) into[i] = heap[start + i]!;
    return into;
  }

  write(address: number, values: Float32Array): void {
    this.#heap().set(values, address / 4);
  }

  /** Copies `length` floats. */
  copy(to: number, from: number, length: number): void {
    this.#heap().copyWithin(to / 4, from / 4, from / 4 + length);
  }

  /** All of the memory: a view for every row of a batch would be garbage at once. */
  #heap(): Float32Array<ArrayBuffer> {
    const { buffer } = this.run.memory;
    if (this.#floats?.buffer !== buffer) this.#floats = new Float32Array(buffer as ArrayBuffer);
    return this.#floats;
  }

  /** Valid until the next `reserve`. */
  ints(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.run.memory.buffer, address, length);
  }

  /** `y[rows, n] = x[rows, k] · w[k, n]`, all contiguous. */
  product(y: number, x: number, w: number, rows: number, k: number, n: number): void {
    this.run.matmul(y, x, w, rows, k, n, k, n, n, 0);
  }

  /** `y[rows, n] += x[rows, k] · w[k, n]`, all contiguous. */
  addProduct(y: number, x: number, w: number, rows: number, k: number, n: number): void {
    this.run.matmul(y, x, w, rows, k, n, k, n, n, 1);
  }
}
