/** From logits to a token, and what a verifier reads off them. Sums run in ascending id, f64 where scalar. */
import { exp1, exp4, max4, sum4 } from "./exp";

/** ln Σ e^x of `n` logits, n a multiple of 4. */
export function logSumExp(x: usize, n: i32): f32 {
  const end = x + ((<usize>n) << 2);
  let top = v128.load(x);
  for (let p = x; p < end; p += 16) top = f32x4.max(top, v128.load(p));
  const peak = max4(top);
  const peak4 = f32x4.splat(peak);
  let sum = f32x4.splat(0);
  for (let p = x; p < end; p += 16) sum = f32x4.add(sum, exp4(f32x4.sub(v128.load(p), peak4)));
  return peak + <f32>Math.log(<f64>sum4(sum));
}

/** The likeliest token, the lowest id of equals. */
export function argmax(x: usize, n: i32): i32 {
  let best = 0;
  let top = load<f32>(x);
  for (let i = 1; i < n; i++) {
    const value = load<f32>(x + ((<usize>i) << 2));
    if (value > top) {
      top = value;
      best = i;
    }
  }
  return best;
}

/**
 * Draws a token: softmax at `temperature`, then the `topK` likeliest (0: all),
 * then of those the smallest set of likeliest with at least the share `topP` of
 * their mass, then by the uniform number `u` in [0, 1). Temperature 0 is the
 * likeliest token (as is anything below 1e-6). `scratch` holds n floats.
 */
export function sample(
  logits: usize, n: i32, temperature: f32, topK: i32, topP: f64, u: f64, scratch: usize,
): i32 {
  const best = argmax(logits, n);
  if (temperature < 1e-6) return best;
  const peak = f32x4.splat(load<f32>(logits + ((<usize>best) << 2)));
  const inverse = f32x4.splat(<f32>1 / temperature);
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = f32x4.mul(f32x4.sub(v128.load(logits + i), peak), inverse);
    // exp4 never gives 0; what is e^80 times less likely than the best is never drawn.
    v128.store(scratch + i, v128.and(exp4(x), f32x4.gt(x, f32x4.splat(-80))));
  }
  const everyone = topK <= 0 || topK >= n;
  if (everyone && topP >= 1) return pick(scratch, n, u * mass(scratch, n));
  return pickTruncated(scratch, n, everyone ? n : topK, topP, u);
}

@inline
function mass(p: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) sum += <f64>load<f32>(p + ((<usize>i) << 2));
  return sum;
}

/** The first token at which the running sum passes `target`. */
@inline
function pick(p: usize, n: i32, target: f64): i32 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    sum += <f64>load<f32>(p + ((<usize>i) << 2));
    if (sum > target) return i;
  }
  return n - 1;
}

/** Marks the kept tokens by negating their mass, likeliest first, then draws among them by ascending id. */
function pickTruncated(p: usize, n: i32, topK: i32, topP: f64, u: f64): i32 {
  let total: f64 = 0;
  if (topK == n) total = mass(p, n);
  else {
    // What the k likeliest weigh, which top-p is a share of.
    for (let taken = 0; taken < topK; taken++) {
      const at = p + ((<usize>argmax(p, n)) << 2);
      const weight = load<f32>(at);
      total += <f64>weight;
      store<f32>(at, -weight);
    }
    for (let i = 0; i < n; i++) {
      const at = p + ((<usize>i) << 2);
      const weight = load<f32>(at);
      store<f32>(at, weight < 0 ? -weight : 0);
    }
  }
  let kept: f64 = 0;
  for (let taken = 0; taken < topK && kept < topP * total; taken++) {
    const at = p + ((<usize>argmax(p, n)) << 2);
    const weight = load<f32>(at);
    kept += <f64>weight;
    store<f32>(at, -weight);
  }
  let sum: f64 = 0;
  let last = 0;
  for (let i = 0; i < n; i++) {
    const weight = load<f32>(p + ((<usize>i) << 2));
    if (weight >= 0) continue;
    sum -= <f64>weight;
    last = i;
    if (sum > u * kept) return i;
  }
  return last;
}

/** ln p of `token` at temperature 1. */
export function logprob(logits: usize, n: i32, token: i32): f32 {
  return load<f32>(logits + ((<usize>token) << 2)) - logSumExp(logits, n);
}

/** `y = [−ln p(token), ln p(likeliest) − ln p(token), entropy in nats]`. */
export function evidence(y: usize, logits: usize, n: i32, token: i32): void {
  const normaliser = logSumExp(logits, n);
  const own = load<f32>(logits + ((<usize>token) << 2));
  const top = load<f32>(logits + ((<usize>argmax(logits, n)) << 2));
  store<f32>(y, normaliser - own);
  store<f32>(y, top - own, 4);
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < (<usize>n) << 2; i += 16) {
    const lnP = f32x4.sub(v128.load(logits + i), f32x4.splat(normaliser));
    sum = f32x4.sub(sum, f32x4.mul(exp4(lnP), lnP));
  }
  store<f32>(y, sum4(sum), 8);
}

/** e^x, x clamped to [-87.3, 88.3]. */
export function exp(x: f32): f32 {
  return exp1(x);
}

/** σ(x) = 1 / (1 + e^−x), for the verifier's head. */
export function sigmoid(x: f32): f32 {
  return <f32>1 / (<f32>1 + exp1(-x));
}
