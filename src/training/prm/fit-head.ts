import { createRandom } from "../../lib/random.ts";

/** Rows of evidence for a logistic head: `x` is [rows, width] flat, `y` the labels in [0, 1]. */
export interface Rows {
  readonly width: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface LinearHead {
  /** [width] */
  readonly weight: Float64Array;
  readonly bias: number;
}

export interface FitOptions {
  readonly epochs: number;
  /** Adam's step, falling linearly to zero. */
  readonly rate: number;
  readonly l2: number;
  readonly seed: number;
}

const BATCH = 256;

/**
 * Logistic regression by minibatch Adam on standardised columns; the
 * standardisation is folded back, so the head reads raw evidence.
 */
export function fitHead(rows: Rows, { epochs, rate, l2, seed }: FitOptions): LinearHead {
  const { width, x, y } = rows;
  const { mean, scale } = standardisation(rows);
  const n = y.length;
  const theta = new Float64Array(width + 1);
  const grad = new Float64Array(width + 1);
  const m = new Float64Array(width + 1);
  const v = new Float64Array(width + 1);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const random = createRandom(seed);
  const steps = epochs * Math.ceil(n / BATCH);

  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < n; from += BATCH) {
      const batch = order.subarray(from, Math.min(n, from + BATCH));
      grad.fill(0);
      for (const row of batch) {
        let z = theta[width]!;
        const at = row * width;
        for (let j = 0; j < width; j++) z += theta[j]! * (x[at + j]! - mean[j]!) * scale[j]!;
        const error = sigmoid(z) - y[row]!;
        for (let j = 0; j < width; j++) grad[j]! += error * (x[at + j]! - mean[j]!) * scale[j]!;
        grad[width]! += error;
      }
      step++;
      adam({
        theta,
        grad,
        m,
        v,
        size: batch.length,
        step,
        rate: rate * (1 - step / (steps + 1)),
        l2,
      });
    }
  }

  const weight = Float64Array.from({ length: width }, (_, j) => theta[j]! * scale[j]!);
  let bias = theta[width]!;
  for (let j = 0; j < width; j++) bias -= weight[j]! * mean[j]!;
  return { weight, bias };
}

/** Platt scaling: the line `scale · z + shift` of the logits that fits the labels best. */
export function calibrate(
  logits: Float32Array,
  labels: Float32Array,
): { scale: number; shift: number } {
  const { weight, bias } = fitHead(
    { width: 1, x: logits, y: labels },
    { epochs: 60, rate: 0.05, l2: 0, seed: 1 },
  );
  return { scale: weight[0]!, shift: bias };
}

export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

interface AdamStep {
  theta: Float64Array;
  grad: Float64Array;
  m: Float64Array;
  v: Float64Array;
  size: number;
  step: number;
  rate: number;
  l2: number;
}

function adam({ theta, grad, m, v, size, step, rate, l2 }: AdamStep): void {
  const correct1 = 1 - 0.9 ** step;
  const correct2 = 1 - 0.999 ** step;
  for (let j = 0; j < theta.length; j++) {
    const g = grad[j]! / size + l2 * theta[j]!;
    m[j] = 0.9 * m[j]! + 0.1 * g;
    v[j] = 0.999 * v[j]! + 0.001 * g * g;
    theta[j]! -= (rate * (m[j]! / correct1)) / (Math.sqrt(v[j]! / correct2) + 1e-8);
  }
}

function standardisation({ width, x, y }: Rows): { mean: Float64Array; scale: Float64Array } {
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let i = 0; i < x.length; i++) mean[i % width]! += x[i]! / y.length;
  for (let i = 0; i < x.length; i++)
    scale[i % width]! += (x[i]! - mean[i % width]!) ** 2 / y.length;
  for (let j = 0; j < width; j++) scale[j] = 1 / (Math.sqrt(scale[j]!) + 1e-6);
  return { mean, scale };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i]!;
    order[i] = order[j]!;
    order[j] = swap;
  }
}
