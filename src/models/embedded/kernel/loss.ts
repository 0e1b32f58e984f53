/** Cross-entropy and the optimiser. */
import { exp4, sum4 } from "./exp";
import { logSumExp } from "./sampling";

/** `logprob[r] = ln p(targets[r])` and `normaliser[r] = ln Σ e^logit` for every row of logits. */
export function targetLogprobs(
  logprobs: usize, normalisers: usize, logits: usize, targets: usize, rows: i32, vocabulary: i32,
): void {
  for (let r = 0; r < rows; r++) {
    const row = logits + ((<usize>r * <usize>vocabulary) << 2);
    const normaliser = logSumExp(row, vocabulary);
    const target = load<i32>(targets + ((<usize>r) << 2));
    store<f32>(normalisers + ((<usize>r) << 2), normaliser);
    store<f32>(logprobs + ((<usize>r) << 2), load<f32>(row + ((<usize>target) << 2)) - normaliser);
  }
}

/** Replaces logits by the gradient of Σ_r weights[r] · (−ln p(targets[r])). */
export function crossEntropyBackward(
  logits: usize, normalisers: usize, targets: usize, weights: usize, rows: i32, vocabulary: i32,
): void {
  for (let r: usize = 0; r < <usize>rows; r++) {
    const row = logits + ((r * <usize>vocabulary) << 2);
    const weight = load<f32>(weights + (r << 2));
    const normaliser = f32x4.splat(load<f32>(normalisers + (r << 2)));
    const w = f32x4.splat(weight);
    const end = row + ((<usize>vocabulary) << 2);
    for (let p = row; p < end; p += 16) {
      v128.store(p, f32x4.mul(w, exp4(f32x4.sub(v128.load(p), normaliser))));
    }
    const target = row + ((<usize>load<i32>(targets + (r << 2))) << 2);
    store<f32>(target, load<f32>(target) - weight);
  }
}

/** Σ x², n a multiple of 4, in f64 over chunks of f32 sums. */
export function sumSquares(x: usize, n: i32): f64 {
  let total: f64 = 0;
  const end = x + ((<usize>n) << 2);
  while (x < end) {
    const stop = min(x + 4096, end);
    let sum = f32x4.splat(0);
    for (; x < stop; x += 16) {
      const v = v128.load(x);
      sum = f32x4.add(sum, f32x4.mul(v, v));
    }
    total += <f64>sum4(sum);
  }
  return total;
}

/**
 * One AdamW step on `n` parameters (a multiple of 4). `scale` multiplies the
 * gradient first (clipping, averaging); `rate1` = learning rate / (1 − β1^t),
 * `correction2` = 1 / (1 − β2^t), `keep` = 1 − learning rate · weight decay.
 *
 * Source: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2.
 */
export function adamW(
  parameters: usize, gradient: usize, mean: usize, square: usize, n: i32,
  scale: f32, beta1: f32, beta2: f32, rate1: f32, correction2: f32, eps: f32, keep: f32,
): void {
  const s = f32x4.splat(scale), b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const n1 = f32x4.splat(<f32>1 - beta1), n2 = f32x4.splat(<f32>1 - beta2);
  const r1 = f32x4.splat(rate1), c2 = f32x4.splat(correction2);
  const e = f32x4.splat(eps), k = f32x4.splat(keep);
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const g = f32x4.mul(v128.load(gradient + i), s);
    const m = f32x4.add(f32x4.mul(v128.load(mean + i), b1), f32x4.mul(g, n1));
    const q = f32x4.add(f32x4.mul(v128.load(square + i), b2), f32x4.mul(f32x4.mul(g, g), n2));
    v128.store(mean + i, m);
    v128.store(square + i, q);
    const step = f32x4.div(f32x4.mul(m, r1), f32x4.add(f32x4.sqrt(f32x4.mul(q, c2)), e));
    v128.store(parameters + i, f32x4.sub(f32x4.mul(v128.load(parameters + i), k), step));
  }
}
