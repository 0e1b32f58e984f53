import {
  type LayerTensors,
  type ModelConfig,
  parameterLayout,
  type Tensor,
} from "./model-config.ts";

/** What the naive twin knows of a sequence of T tokens. */
export interface NaiveForward {
  /** `[T][vocabulary]`: row i predicts the token after token i. */
  readonly logits: number[][];
  /** `[T][width]`: after the last norm. */
  readonly hidden: number[][];
}

/**
 * The model in plain f64 loops, one obvious line a formula: the reference that
 * the kernel is tested against. Not for use, it is a thousand times slower.
 */
export function naiveForward(
  config: ModelConfig,
  parameters: ArrayLike<number>,
  tokens: readonly number[],
): NaiveForward {
  const layout = parameterLayout(config);
  const embedding = matrixOf(parameters, layout.embedding);
  let stream = tokens.map((token) => [...embedding[token]!]);
  for (const layer of layout.layers) stream = naiveLayer(config, parameters, layer, stream);
  const gain = vectorOf(parameters, layout.outputNorm);
  const hidden = stream.map((x) => rmsNorm(x, gain, config.normEpsilon));
  const logits = hidden.map((h) => embedding.map((row) => dot(h, row)));
  return { logits, hidden };
}

/** Σ weights[i] · −ln p(tokens[i] | tokens before it), i from 1. */
export function naiveLoss(
  config: ModelConfig,
  parameters: ArrayLike<number>,
  tokens: readonly number[],
  weights: readonly number[],
): number {
  const { logits } = naiveForward(config, parameters, tokens);
  let loss = 0;
  for (let i = 1; i < tokens.length; i++) {
    loss -= weights[i]! * Math.log(softmax(logits[i - 1]!)[tokens[i]!]!);
  }
  return loss;
}

function naiveLayer(
  config: ModelConfig,
  parameters: ArrayLike<number>,
  layer: LayerTensors,
  stream: number[][],
): number[][] {
  const matrix = (tensor: Tensor) => matrixOf(parameters, tensor);
  const normed = (rows: number[][], gain: Tensor) =>
    rows.map((x) => rmsNorm(x, vectorOf(parameters, gain), config.normEpsilon));

  const x = normed(stream, layer.attentionNorm);
  const q = times(x, matrix(layer.query)).map((row, t) => rope(config, row, t));
  const k = times(x, matrix(layer.key)).map((row, t) => rope(config, row, t));
  const v = times(x, matrix(layer.value));
  const mixed = times(attention(config, q, k, v), matrix(layer.attentionOutput));
  const middle = stream.map((row, t) => row.map((value, i) => value + mixed[t]![i]!));

  const y = normed(middle, layer.feedNorm);
  const gate = times(y, matrix(layer.gate));
  const up = times(y, matrix(layer.up));
  const active = gate.map((row, t) => row.map((z, i) => (z / (1 + Math.exp(-z))) * up[t]![i]!));
  const down = times(active, matrix(layer.down));
  return middle.map((row, t) => row.map((value, i) => value + down[t]![i]!));
}

function attention(config: ModelConfig, q: number[][], k: number[][], v: number[][]): number[][] {
  const headSize = config.width / config.heads;
  return q.map((query, t) => {
    const row: number[] = [];
    for (let h = 0; h < config.heads; h++) {
      const head = (x: number[]) => x.slice(h * headSize, (h + 1) * headSize);
      const past = k.slice(0, t + 1);
      const p = softmax(past.map((key) => dot(head(query), head(key)) / Math.sqrt(headSize)));
      for (let i = 0; i < headSize; i++) {
        row.push(p.reduce((sum, weight, s) => sum + weight * v[s]![h * headSize + i]!, 0));
      }
    }
    return row;
  });
}

function rope(config: ModelConfig, x: number[], position: number): number[] {
  const headSize = config.width / config.heads;
  return x.map((value, i) => {
    const pair = Math.floor((i % headSize) / 2);
    const theta = position * config.ropeBase ** ((-2 * pair) / headSize);
    const other = i % 2 === 0 ? -x[i + 1]! : x[i - 1]!;
    return value * Math.cos(theta) + other * Math.sin(theta);
  });
}

function rmsNorm(x: number[], gain: number[], epsilon: number): number[] {
  const inverse = 1 / Math.sqrt(dot(x, x) / x.length + epsilon);
  return x.map((value, i) => value * inverse * gain[i]!);
}

function softmax(x: number[]): number[] {
  const top = Math.max(...x);
  const weights = x.map((value) => Math.exp(value - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** `x[T][in] · w[in][out]`. */
function times(x: number[][], w: number[][]): number[][] {
  return x.map((row) =>
    w[0]!.map((_, j) => row.reduce((sum, value, i) => sum + value * w[i]![j]!, 0)),
  );
}

function vectorOf(parameters: ArrayLike<number>, { offset, length }: Tensor): number[] {
  return Array.from({ length }, (_, i) => parameters[offset + i]!);
}

function matrixOf(parameters: ArrayLike<number>, tensor: Tensor): number[][] {
  const [rows, columns = 1] = tensor.shape;
  return Array.from({ length: rows }, (_, i) =>
    vectorOf(parameters, { ...tensor, offset: tensor.offset + i * columns, length: columns }),
  );
}
