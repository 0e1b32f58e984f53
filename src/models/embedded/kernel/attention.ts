/** Attention: over pages of cached keys and values (inference), and over whole sequences (training). */
import { exp4, max4, sum4 } from "./exp";
import { matmul, matmulTransposed, transpose } from "./gemm";

/** Tokens a page. Keys lie as `[d, 16]`, values after them as `[16, d]`. */
const PAGE_TOKENS: i32 = 16;

/** Writes keys and values of rows into their pages. `tables[r]` points to the page addresses of row r's sequence. */
export function storeKeysValues(
  k: usize, v: usize, tables: usize, positions: usize, layerOffset: usize, rows: i32, d: i32,
): void {
  const bytes = (<usize>d) << 2;
  for (let r = 0; r < rows; r++, k += bytes, v += bytes) {
    const position = load<i32>(positions + ((<usize>r) << 2));
    const table = <usize>load<i32>(tables + ((<usize>r) << 2));
    const page = <usize>load<i32>(table + ((<usize>(position >> 4)) << 2)) + layerOffset;
    const slot = <usize>(position & 15);
    let key = page + (slot << 2);
    for (let i: usize = 0; i < bytes; i += 4, key += PAGE_TOKENS * 4) store<f32>(key, load<f32>(k + i));
    memory.copy(page + bytes * PAGE_TOKENS + slot * bytes, v, bytes);
  }
}

/**
 * `y[r] = Σ_t softmax_t(q[r]·k[t] · scale) v[t]` for every head, t from 0 to the
 * row's own position. `scores` is scratch for one head of one row, a float per
 * token of the longest sequence, rounded up to whole pages.
 */
export function attendPages(
  y: usize, q: usize, tables: usize, positions: usize, scores: usize, layerOffset: usize,
  rows: i32, d: i32, headSize: i32, scale: f32,
): void {
  const headBytes = (<usize>headSize) << 2;
  const heads = d / headSize;
  for (let r = 0; r < rows; r++) {
    const tokens = load<i32>(positions + ((<usize>r) << 2)) + 1;
    const table = <usize>load<i32>(tables + ((<usize>r) << 2));
    for (let h = 0; h < heads; h++, y += headBytes, q += headBytes) {
      const keys = layerOffset + <usize>h * headBytes * PAGE_TOKENS;
      for (let t = 0; t < tokens; t += PAGE_TOKENS) {
        const page = <usize>load<i32>(table + ((<usize>(t >> 4)) << 2));
        scorePage(scores + ((<usize>t) << 2), q, page + keys, headBytes, scale);
      }
      softmaxInPlace(scores, tokens);
      const values = layerOffset + ((<usize>d) << 2) * PAGE_TOKENS + <usize>h * headBytes;
      mixValues(y, scores, table, values, tokens, d, headBytes);
    }
  }
}

/** Scores of one head against the 16 keys of a page. */
@inline
function scorePage(y: usize, q: usize, keys: usize, headBytes: usize, scale: f32): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  for (const end = q + headBytes; q < end; q += 4, keys += PAGE_TOKENS * 4) {
    const a = v128.load32_splat(q);
    c0 = f32x4.add(c0, f32x4.mul(a, v128.load(keys)));
    c1 = f32x4.add(c1, f32x4.mul(a, v128.load(keys, 16)));
    c2 = f32x4.add(c2, f32x4.mul(a, v128.load(keys, 32)));
    c3 = f32x4.add(c3, f32x4.mul(a, v128.load(keys, 48)));
  }
  const s = f32x4.splat(scale);
  v128.store(y, f32x4.mul(c0, s));
  v128.store(y, f32x4.mul(c1, s), 16);
  v128.store(y, f32x4.mul(c2, s), 32);
  v128.store(y, f32x4.mul(c3, s), 48);
}

/** Softmax over the first `n` of a row whose storage is padded to a multiple of 4; the padding becomes 0. */
@inline
function softmaxInPlace(x: usize, n: i32): void {
  const padded = (n + 3) & ~3;
  for (let i = n; i < padded; i++) store<f32>(x + ((<usize>i) << 2), f32.NEGATIVE_INFINITY);
  const end = x + ((<usize>padded) << 2);
  let top = f32x4.splat(f32.NEGATIVE_INFINITY);
  for (let p = x; p < end; p += 16) top = f32x4.max(top, v128.load(p));
  const top4 = f32x4.splat(max4(top));
  for (let p = x; p < end; p += 16) v128.store(p, exp4(f32x4.sub(v128.load(p), top4)));
  for (let i = n; i < padded; i++) store<f32>(x + ((<usize>i) << 2), 0);
  let sum = f32x4.splat(0);
  for (let p = x; p < end; p += 16) sum = f32x4.add(sum, v128.load(p));
  const inverse = f32x4.splat(<f32>1 / sum4(sum));
  for (let p = x; p < end; p += 16) v128.store(p, f32x4.mul(v128.load(p), inverse));
}

/** `y[head] = Σ_t p[t] v[t]`, t ascending. */
@inline
function mixValues(y: usize, p: usize, table: usize, values: usize, tokens: i32, d: i32, headBytes: usize): void {
  const stride = (<usize>d) << 2;
  let i: usize = 0;
  for (; i + 128 <= headBytes; i += 128) mix32(y + i, p, table, values + i, tokens, stride);
  for (; i < headBytes; i += 32) mix8(y + i, p, table, values + i, tokens, stride);
}

@inline
function mix32(y: usize, p: usize, table: usize, values: usize, tokens: i32, stride: usize): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0), c5 = f32x4.splat(0), c6 = f32x4.splat(0), c7 = f32x4.splat(0);
  for (let t = 0; t < tokens; t += PAGE_TOKENS, table += 4) {
    let v = <usize>load<i32>(table) + values;
    for (let u = min(PAGE_TOKENS, tokens - t); u > 0; u--, v += stride, p += 4) {
      const a = v128.load32_splat(p);
      c0 = f32x4.add(c0, f32x4.mul(a, v128.load(v)));
      c1 = f32x4.add(c1, f32x4.mul(a, v128.load(v, 16)));
      c2 = f32x4.add(c2, f32x4.mul(a, v128.load(v, 32)));
      c3 = f32x4.add(c3, f32x4.mul(a, v128.load(v, 48)));
      c4 = f32x4.add(c4, f32x4.mul(a, v128.load(v, 64)));
      c5 = f32x4.add(c5, f32x4.mul(a, v128.load(v, 80)));
      c6 = f32x4.add(c6, f32x4.mul(a, v128.load(v, 96)));
      c7 = f32x4.add(c7, f32x4.mul(a, v128.load(v, 112)));
    }
  }
  v128.store(y, c0); v128.store(y, c1, 16); v128.store(y, c2, 32); v128.store(y, c3, 48);
  v128.store(y, c4, 64); v128.store(y, c5, 80); v128.store(y, c6, 96); v128.store(y, c7, 112);
}

@inline
function mix8(y: usize, p: usize, table: usize, values: usize, tokens: i32, stride: usize): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
  for (let t = 0; t < tokens; t += PAGE_TOKENS, table += 4) {
    let v = <usize>load<i32>(table) + values;
    for (let u = min(PAGE_TOKENS, tokens - t); u > 0; u--, v += stride, p += 4) {
      const a = v128.load32_splat(p);
      c0 = f32x4.add(c0, f32x4.mul(a, v128.load(v)));
      c1 = f32x4.add(c1, f32x4.mul(a, v128.load(v, 16)));
    }
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
}

/** Rows of a causal matrix that are treated alike: what lies right of the block's diagonal is not computed. */
const BLOCK: i32 = 16;

@inline
function padded(length: i32): i32 {
  return (length + BLOCK - 1) & ~(BLOCK - 1);
}

/** `p[length, padded] = causal softmax(q · kᵀ · scale)`; columns up to the end of the row's block are 0 after the diagonal. */
function causalWeights(p: usize, kT: usize, q: usize, k: usize, length: i32, d: i32, headSize: i32, scale: f32): void {
  const ld = padded(length);
  transpose(kT, k, length, headSize, d, ld);
  const s = f32x4.splat(scale);
  for (let i = 0; i < length; i += BLOCK) {
    const rows = min(BLOCK, length - i);
    const pi = p + ((<usize>i * <usize>ld) << 2);
    matmul(pi, q + ((<usize>i * <usize>d) << 2), kT, rows, headSize, i + BLOCK, d, ld, ld, false);
    for (let r = 0; r < rows; r++) {
      const row = pi + ((<usize>r * <usize>ld) << 2);
      const end = row + ((<usize>(i + BLOCK)) << 2);
      for (let x = row; x < end; x += 16) v128.store(x, f32x4.mul(v128.load(x), s));
      softmaxInPlace(row, i + r + 1);
      for (let t = i + r + 1; t < i + BLOCK; t++) store<f32>(row + ((<usize>t) << 2), 0);
    }
  }
}

/**
 * Causal attention inside one sequence of `length` rows, all heads.
 * `scratch` holds headSize · padded + 2 · padded² floats, padded = length rounded up to 16.
 */
export function attendSequence(
  y: usize, q: usize, k: usize, v: usize, scratch: usize, length: i32, d: i32, headSize: i32, scale: f32,
): void {
  const ld = padded(length);
  const p = scratch + ((<usize>headSize * <usize>ld) << 2);
  for (let h = 0; h < d; h += headSize) {
    const at = (<usize>h) << 2;
    causalWeights(p, scratch, q + at, k + at, length, d, headSize, scale);
    for (let i = 0; i < length; i += BLOCK) {
      const rows = min(BLOCK, length - i);
      const tokens = min(i + BLOCK, length);
      const yi = y + at + ((<usize>i * <usize>d) << 2);
      matmul(yi, p + ((<usize>i * <usize>ld) << 2), v + at, rows, tokens, headSize, ld, d, d, false);
    }
  }
}

/** Given `g` = ∂L/∂y of `attendSequence`: adds the gradients to `gq`, `gk`, `gv`. The weights are computed anew. */
export function attendSequenceBackward(
  gq: usize, gk: usize, gv: usize, g: usize, q: usize, k: usize, v: usize, scratch: usize,
  length: i32, d: i32, headSize: i32, scale: f32,
): void {
  const ld = padded(length);
  const p = scratch + ((<usize>headSize * <usize>ld) << 2);
  const gp = p + ((<usize>ld * <usize>ld) << 2);
  for (let h = 0; h < d; h += headSize) {
    const at = (<usize>h) << 2;
    causalWeights(p, scratch, q + at, k + at, length, d, headSize, scale);
    transpose(scratch, v + at, length, headSize, d, ld);
    for (let i = 0; i < length; i += BLOCK) {
      const rows = min(BLOCK, length - i);
      const tokens = min(i + BLOCK, length);
      const row = (<usize>i * <usize>d) << 2;
      const pi = p + ((<usize>i * <usize>ld) << 2), gpi = gp + ((<usize>i * <usize>ld) << 2);
      const gi = g + at + row;
      matmulTransposed(gv + at, pi, gi, rows, tokens, headSize, ld, d, d);
      matmul(gpi, gi, scratch, rows, headSize, i + BLOCK, d, ld, ld, false);
      for (let r = 0; r < rows; r++) {
        const at = (<usize>r * <usize>ld) << 2;
        softmaxBackward(gpi + at, pi + at, i + BLOCK, scale);
      }
      matmul(gq + at + row, gpi, k + at, rows, tokens, headSize, ld, d, d, true);
      matmulTransposed(gk + at, gpi, q + at + row, rows, tokens, headSize, ld, d, d);
    }
  }
}

/** `g = p ∘ (g − Σ p g) · scale`. */
@inline
function softmaxBackward(g: usize, p: usize, n: i32, scale: f32): void {
  const bytes = (<usize>n) << 2;
  let dots = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    dots = f32x4.add(dots, f32x4.mul(v128.load(g + i), v128.load(p + i)));
  }
  const dot = f32x4.splat(sum4(dots)), s = f32x4.splat(scale);
  for (let i: usize = 0; i < bytes; i += 16) {
    const centred = f32x4.sub(v128.load(g + i), dot);
    v128.store(g + i, f32x4.mul(f32x4.mul(v128.load(p + i), centred), s));
  }
}
