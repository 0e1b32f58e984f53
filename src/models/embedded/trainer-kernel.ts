import type { LayerTensors, ModelConfig, ParameterLayout, Tensor } from "./model-config.ts";
import { parameterLayout } from "./model-config.ts";
import { WasmKernel } from "./wasm-kernel.ts";

/** Sequences to learn from, one after another without padding. */
export interface Batch {
  /** `[Σ lengths]`. */
  readonly tokens: ArrayLike<number>;
  readonly lengths: readonly number[];
  /**
   * `[Σ lengths]`: factor of −ln p(token | tokens before it in its sequence).
   * 0 for the prompt; negative pushes a token away. That of a sequence's first
   * token is ignored.
   */
  readonly weights: ArrayLike<number>;
}

export interface Loss {
  /** Σ weight · −ln p. */
  readonly loss: number;
  /** Σ |weight|: `loss / weight` is the mean. */
  readonly weight: number;
}

export interface AdamOptions {
  /** Steps taken so far, this one included: 1 in the first. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled, on matrices only. */
  readonly weightDecay: number;
  /** Longest gradient, after `gradientScale`. */
  readonly clip: number;
  /** Multiplies the gradient first, such as 1 / (tokens in the step). */
  readonly gradientScale: number;
}

/** Addresses of what a layer keeps from the way forward for the way back. */
interface LayerActivations {
  readonly input: number;
  readonly inputNormed: number;
  readonly inputInverse: number;
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly mixed: number;
  readonly middle: number;
  readonly middleNormed: number;
  readonly middleInverse: number;
  readonly gate: number;
  readonly up: number;
  readonly active: number;
}

/**
 * Training on one core: forward, backward and AdamW over flat arrays that all
 * have the layout of `parameterLayout(config)`. The views stay valid for life
 * and may be written by the caller (gradients exchanged between workers).
 *
 * `forward` → (write `hiddenGradient`) → `backward`, as often as wanted;
 * gradients add up until `clearGradients`.
 */
export class TrainerKernel {
  readonly config: ModelConfig;
  readonly layout: ParameterLayout;
  readonly maxRows: number;
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly gradients: Float32Array<ArrayBuffer>;
  /** AdamW's running mean of the gradient. */
  readonly mean: Float32Array<ArrayBuffer>;
  /** AdamW's running mean of the squared gradient. */
  readonly square: Float32Array<ArrayBuffer>;
  /** `[maxRows, width]`: row i is the state after token i of the last batch, after the last norm. */
  readonly hidden: Float32Array<ArrayBuffer>;
  /** `[maxRows, width]`: what the caller adds to ∂L/∂hidden. `forward` clears the batch's rows. */
  readonly hiddenGradient: Float32Array<ArrayBuffer>;
  /** `[maxRows, vocabulary]`: row i predicts the token after token i. `backward` overwrites it. */
  readonly logits: Float32Array<ArrayBuffer>;

  readonly #kernel: WasmKernel;
  readonly #at: ReturnType<typeof reserveBuffers>;
  readonly #layers: readonly LayerActivations[];
  readonly #tokens: Int32Array;
  readonly #targets: Int32Array;
  readonly #positions: Int32Array;
  readonly #weights: Float32Array;
  readonly #logprobs: Float32Array;
  #lengths: readonly number[] = [];
  #rows = 0;

  constructor(
    module: WebAssembly.Module,
    { config, maxRows }: { config: ModelConfig; maxRows: number },
  ) {
    const { width, vocabulary } = config;
    const kernel = new WasmKernel(module, 2 ** 32 - 65_536);
    this.config = config;
    this.layout = parameterLayout(config);
    this.maxRows = maxRows;
    this.#kernel = kernel;
    this.#at = reserveBuffers(kernel, config, this.layout.size, maxRows);
    this.#layers = this.layout.layers.map(() => reserveLayer(kernel, config, maxRows));
    kernel.run.ropeTable(this.#at.rope, config.context, width / config.heads, config.ropeBase);

    // From here on nothing is reserved, so the views last.
    const at = this.#at;
    this.parameters = kernel.floats(at.parameters, this.layout.size);
    this.gradients = kernel.floats(at.gradients, this.layout.size);
    this.mean = kernel.floats(at.mean, this.layout.size);
    this.square = kernel.floats(at.square, this.layout.size);
    this.hidden = kernel.floats(at.hidden, maxRows * width);
    this.hiddenGradient = kernel.floats(at.hiddenGradient, maxRows * width);
    this.logits = kernel.floats(at.logits, maxRows * vocabulary);
    this.#tokens = kernel.ints(at.tokens, maxRows);
    this.#targets = kernel.ints(at.targets, maxRows);
    this.#positions = kernel.ints(at.positions, maxRows);
    this.#weights = kernel.floats(at.weights, maxRows);
    this.#logprobs = kernel.floats(at.logprobs, maxRows);
  }

  /** `forward` and `backward` in one. */
  forwardBackward(batch: Batch): Loss {
    const loss = this.forward(batch);
    this.backward();
    return loss;
  }

  /** Fills `hidden`, `logits` and the log-probabilities of the batch. Throws a `RangeError` for a batch that does not fit. */
  forward(batch: Batch): Loss {
    this.#place(batch);
    const { width: d, vocabulary, normEpsilon } = this.config;
    const { embedding, outputNorm } = this.layout;
    const at = this.#at;
    const rows = this.#rows;
    const { run } = this.#kernel;

    run.embed(this.#layers[0]!.input, this.#parameter(embedding), at.tokens, rows, d);
    for (const [index, layer] of this.layout.layers.entries()) {
      this.#forwardLayer(layer, this.#layers[index]!, this.#layers[index + 1]?.input ?? at.last);
    }
    run.rmsNorm(
      at.hidden,
      at.lastInverse,
      at.last,
      this.#parameter(outputNorm),
      rows,
      d,
      normEpsilon,
    );
    run.transpose(at.transposed, this.#parameter(embedding), vocabulary, d, d, vocabulary);
    this.#kernel.product(at.logits, at.hidden, at.transposed, rows, d, vocabulary);
    run.targetLogprobs(at.logprobs, at.normalisers, at.logits, at.targets, rows, vocabulary);
    this.hiddenGradient.fill(0, 0, rows * d);
    return this.#loss();
  }

  /** ln p(token i | tokens before it) of the last batch, a copy; 0 for the first of a sequence. */
  tokenLogprobs(): Float32Array {
    const logprobs = new Float32Array(this.#rows);
    for (let i = 1; i < this.#rows; i++) {
      if (this.#positions[i] !== 0) logprobs[i] = this.#logprobs[i - 1]!;
    }
    return logprobs;
  }

  /** Other loss weights for the last batch, as in `Batch`: for losses that depend on the log-probabilities. */
  setWeights(weights: ArrayLike<number>): void {
    for (let i = 0; i < this.#rows; i++) {
      const next = i + 1;
      const predicts = next < this.#rows && this.#positions[next] !== 0;
      this.#weights[i] = predicts ? weights[next]! : 0;
    }
  }

  /** Adds the gradient of Σ weight · −ln p, and of what the caller wrote to `hiddenGradient`, to `gradients`. */
  backward(): void {
    const { width: d, vocabulary } = this.config;
    const { embedding, outputNorm } = this.layout;
    const at = this.#at;
    const rows = this.#rows;
    const { run } = this.#kernel;

    run.crossEntropyBackward(at.logits, at.normalisers, at.targets, at.weights, rows, vocabulary);
    this.#kernel.addProduct(
      at.hiddenGradient,
      at.logits,
      this.#parameter(embedding),
      rows,
      vocabulary,
      d,
    );
    this.#addOuter(this.#gradient(embedding), at.logits, at.hidden, vocabulary, d);
    this.#zero(at.stream, rows * d);
    run.rmsNormBackward(
      ...([at.stream, this.#gradient(outputNorm), at.hiddenGradient, at.last] as const),
      ...([at.lastInverse, this.#parameter(outputNorm), rows, d] as const),
    );
    for (const [index, layer] of [...this.layout.layers.entries()].reverse()) {
      this.#backwardLayer(layer, this.#layers[index]!);
    }
    run.embedBackward(this.#gradient(embedding), at.stream, at.tokens, rows, d);
  }

  clearGradients(): void {
    this.gradients.fill(0);
  }

  /**
   * One AdamW step from `gradients`. The answer is the length of the scaled
   * gradient before clipping; throws a `RangeError` if it is not finite.
   */
  adamStep(options: AdamOptions): number {
    const { step, learningRate, beta1, beta2, epsilon, weightDecay, clip, gradientScale } = options;
    const { run } = this.#kernel;
    const at = this.#at;
    const length = gradientScale * Math.sqrt(run.sumSquares(at.gradients, this.layout.size));
    if (!Number.isFinite(length)) {
      throw new RangeError(`The gradient of step ${step} has length ${length}`);
    }
    const scale = gradientScale * (length > clip ? clip / length : 1);
    const rate1 = learningRate / (1 - beta1 ** step);
    const correction2 = 1 / (1 - beta2 ** step);
    for (const { offset, length: n, shape } of this.layout.tensors) {
      const keep = shape.length === 2 ? 1 - learningRate * weightDecay : 1;
      const bytes = offset * 4;
      run.adamW(
        ...([at.parameters + bytes, at.gradients + bytes, at.mean + bytes] as const),
        ...([
          at.square + bytes,
          n,
          scale,
          beta1,
          beta2,
          rate1,
          correction2,
          epsilon,
          keep,
        ] as const),
      );
    }
    return length;
  }

  #place({ tokens, lengths, weights }: Batch): void {
    const rows = tokens.length;
    if (rows === 0 || rows > this.maxRows) {
      throw new RangeError(`A batch of ${rows} tokens; it must have 1 to ${this.maxRows}`);
    }
    if (weights.length !== rows) throw new RangeError(`${weights.length} weights, ${rows} tokens`);
    this.#placeSequences(lengths, rows);
    for (let i = 0; i < rows; i++) {
      const token = tokens[i]!;
      if (!(token >= 0 && token < this.config.vocabulary)) {
        throw new RangeError(`Token ${token} at ${i} is outside the vocabulary`);
      }
      this.#tokens[i] = token;
      if (i > 0) this.#targets[i - 1] = token;
    }
    this.#targets[rows - 1] = 0;
    this.setWeights(weights);
  }

  #placeSequences(lengths: readonly number[], rows: number): void {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total !== rows) throw new RangeError(`Lengths add up to ${total}, tokens to ${rows}`);
    const { context } = this.config;
    let row = 0;
    for (const length of lengths) {
      if (length < 1 || length > context) {
        throw new RangeError(`A sequence of ${length} tokens; the context is ${context}`);
      }
      for (let position = 0; position < length; position++) this.#positions[row++] = position;
    }
    this.#lengths = lengths;
    this.#rows = rows;
  }

  #loss(): Loss {
    let loss = 0;
    let weight = 0;
    for (let i = 0; i < this.#rows; i++) {
      loss -= this.#weights[i]! * this.#logprobs[i]!;
      weight += Math.abs(this.#weights[i]!);
    }
    return { loss, weight };
  }

  #forwardLayer(layer: LayerTensors, kept: LayerActivations, output: number): void {
    const { width: d, heads, feedForward: ff, normEpsilon } = this.config;
    const kernel = this.#kernel;
    const { run } = kernel;
    const at = this.#at;
    const rows = this.#rows;
    const headSize = d / heads;
    const weight = (tensor: Tensor) => this.#parameter(tensor);
    run.rmsNorm(
      kept.inputNormed,
      kept.inputInverse,
      kept.input,
      weight(layer.attentionNorm),
      rows,
      d,
      normEpsilon,
    );
    kernel.product(kept.query, kept.inputNormed, weight(layer.query), rows, d, d);
    kernel.product(kept.key, kept.inputNormed, weight(layer.key), rows, d, d);
    kernel.product(kept.value, kept.inputNormed, weight(layer.value), rows, d, d);
    run.rope(kept.query, at.positions, at.rope, rows, d, headSize, 1);
    run.rope(kept.key, at.positions, at.rope, rows, d, headSize, 1);
    this.#eachSequence((bytes, length) => {
      run.attendSequence(
        ...([
          kept.mixed + bytes,
          kept.query + bytes,
          kept.key + bytes,
          kept.value + bytes,
        ] as const),
        ...([at.attention, length, d, headSize, 1 / Math.sqrt(headSize)] as const),
      );
    });
    kernel.product(kept.middle, kept.mixed, weight(layer.attentionOutput), rows, d, d);
    run.addTo(kept.middle, kept.input, rows * d);
    run.rmsNorm(
      kept.middleNormed,
      kept.middleInverse,
      kept.middle,
      weight(layer.feedNorm),
      rows,
      d,
      normEpsilon,
    );
    kernel.product(kept.gate, kept.middleNormed, weight(layer.gate), rows, d, ff);
    kernel.product(kept.up, kept.middleNormed, weight(layer.up), rows, d, ff);
    run.swiglu(kept.active, kept.gate, kept.up, rows * ff);
    kernel.product(output, kept.active, weight(layer.down), rows, ff, d);
    run.addTo(output, kept.middle, rows * d);
  }

  /** Takes ∂L/∂output of the layer in `stream` and leaves ∂L/∂input there. */
  #backwardLayer(layer: LayerTensors, kept: LayerActivations): void {
    const { width: d, heads, feedForward: ff } = this.config;
    const { run } = this.#kernel;
    const at = this.#at;
    const rows = this.#rows;
    const headSize = d / heads;
    const gradient = (tensor: Tensor) => this.#gradient(tensor);

    this.#times(at.wide, at.stream, layer.down, false);
    this.#addOuter(gradient(layer.down), kept.active, at.stream, ff, d);
    run.swigluBackward(kept.gate, kept.up, at.wide, rows * ff);
    this.#addOuter(gradient(layer.gate), kept.middleNormed, kept.gate, d, ff);
    this.#addOuter(gradient(layer.up), kept.middleNormed, kept.up, d, ff);
    this.#times(at.narrow, kept.gate, layer.gate, false);
    this.#times(at.narrow, kept.up, layer.up, true);
    run.rmsNormBackward(
      ...([at.stream, gradient(layer.feedNorm), at.narrow, kept.middle] as const),
      ...([kept.middleInverse, this.#parameter(layer.feedNorm), rows, d] as const),
    );

    this.#times(at.narrow, at.stream, layer.attentionOutput, false);
    this.#addOuter(gradient(layer.attentionOutput), kept.mixed, at.stream, d, d);
    for (const address of [at.query, at.key, at.value]) this.#zero(address, rows * d);
    this.#eachSequence((bytes, length) => {
      run.attendSequenceBackward(
        ...([at.query + bytes, at.key + bytes, at.value + bytes, at.narrow + bytes] as const),
        ...([kept.query + bytes, kept.key + bytes, kept.value + bytes, at.attention] as const),
        ...([length, d, headSize, 1 / Math.sqrt(headSize)] as const),
      );
    });
    run.rope(at.query, at.positions, at.rope, rows, d, headSize, -1);
    run.rope(at.key, at.positions, at.rope, rows, d, headSize, -1);
    this.#addOuter(gradient(layer.query), kept.inputNormed, at.query, d, d);
    this.#addOuter(gradient(layer.key), kept.inputNormed, at.key, d, d);
    this.#addOuter(gradient(layer.value), kept.inputNormed, at.value, d, d);
    this.#times(at.narrow, at.query, layer.query, false);
    this.#times(at.narrow, at.key, layer.key, true);
    this.#times(at.narrow, at.value, layer.value, true);
    run.rmsNormBackward(
      ...([at.stream, gradient(layer.attentionNorm), at.narrow, kept.input] as const),
      ...([kept.inputInverse, this.#parameter(layer.attentionNorm), rows, d] as const),
    );
  }

  /** `y[rows, in] = g[rows, out] · matrixᵀ`, or `+=`. */
  #times(y: number, g: number, matrix: Tensor, add: boolean): void {
    const [inputs, outputs = 1] = matrix.shape;
    const transposed = this.#at.transposed;
    this.#kernel.run.transpose(
      transposed,
      this.#parameter(matrix),
      inputs,
      outputs,
      outputs,
      inputs,
    );
    if (add) this.#kernel.addProduct(y, g, transposed, this.#rows, outputs, inputs);
    else this.#kernel.product(y, g, transposed, this.#rows, outputs, inputs);
  }

  /** `y[k, n] += x[rows, k]ᵀ · g[rows, n]`. */
  #addOuter(y: number, x: number, g: number, k: number, n: number): void {
    this.#kernel.run.matmulTransposed(y, x, g, this.#rows, k, n, k, n, n);
  }

  /** Calls with the offset in bytes of every sequence's first row of width d. */
  #eachSequence(visit: (bytes: number, length: number) => void): void {
    let row = 0;
    for (const length of this.#lengths) {
      visit(row * this.config.width * 4, length);
      row += length;
    }
  }

  #zero(address: number, length: number): void {
    this.#kernel.floats(address, length).fill(0);
  }

  #parameter(tensor: Tensor): number {
    return this.#at.parameters + tensor.offset * 4;
  }

  #gradient(tensor: Tensor): number {
    return this.#at.gradients + tensor.offset * 4;
  }
}

function reserveBuffers(kernel: WasmKernel, config: ModelConfig, size: number, rows: number) {
  const { vocabulary, width, feedForward, heads, context } = config;
  const floats = (length: number) => kernel.reserveFloats(length);
  const padded = Math.ceil(context / 16) * 16;
  return {
    parameters: floats(size),
    gradients: floats(size),
    mean: floats(size),
    square: floats(size),
    tokens: floats(rows),
    targets: floats(rows),
    positions: floats(rows),
    weights: floats(rows),
    logprobs: floats(rows),
    normalisers: floats(rows),
    rope: floats((context * width) / heads),
    attention: floats((padded * width) / heads + 2 * padded * padded),
    transposed: floats(width * Math.max(width, feedForward, vocabulary)),
    last: floats(rows * width),
    lastInverse: floats(rows),
    hidden: floats(rows * width),
    hiddenGradient: floats(rows * width),
    logits: floats(rows * vocabulary),
    /** Gradients: of the residual stream, of something of width d, of something of width ff. */
    stream: floats(rows * width),
    narrow: floats(rows * width),
    wide: floats(rows * feedForward),
    query: floats(rows * width),
    key: floats(rows * width),
    value: floats(rows * width),
  };
}

function reserveLayer(kernel: WasmKernel, config: ModelConfig, rows: number): LayerActivations {
  const narrow = () => kernel.reserveFloats(rows * config.width);
  const wide = () => kernel.reserveFloats(rows * config.feedForward);
  const column = () => kernel.reserveFloats(rows);
  return {
    input: narrow(),
    inputNormed: narrow(),
    inputInverse: column(),
    query: narrow(),
    key: narrow(),
    value: narrow(),
    mixed: narrow(),
    middle: narrow(),
    middleNormed: narrow(),
    middleInverse: column(),
    gate: wide(),
    up: wide(),
    active: wide(),
  };
}
