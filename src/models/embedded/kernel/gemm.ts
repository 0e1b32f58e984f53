/**
 * Matrix products on f32 rows, the n axis in SIMD lanes.
 *
 * The law of this engine: an output element is Σ over k in ascending order, one
 * accumulator from 0, multiply then add, never fused, whatever tile it falls
 * into. So a row of the result does not depend on how many rows there are.
 *
 * Strides (`ld…`) and sizes are in elements, pointers in bytes. n and the
 * row starts of `w` and `y` are multiples of 8 elements.
 */

/** One row × 32 columns. */
@inline
function tile1x32(y: usize, x: usize, w: usize, k: i32, ldw: usize, add: bool): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), c2 = f32x4.splat(0), c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0), c5 = f32x4.splat(0), c6 = f32x4.splat(0), c7 = f32x4.splat(0);
  for (const end = x + ((<usize>k) << 2); x < end; x += 4, w += ldw) {
    const a = v128.load32_splat(x);
    c0 = f32x4.add(c0, f32x4.mul(a, v128.load(w)));
    c1 = f32x4.add(c1, f32x4.mul(a, v128.load(w, 16)));
    c2 = f32x4.add(c2, f32x4.mul(a, v128.load(w, 32)));
    c3 = f32x4.add(c3, f32x4.mul(a, v128.load(w, 48)));
    c4 = f32x4.add(c4, f32x4.mul(a, v128.load(w, 64)));
    c5 = f32x4.add(c5, f32x4.mul(a, v128.load(w, 80)));
    c6 = f32x4.add(c6, f32x4.mul(a, v128.load(w, 96)));
    c7 = f32x4.add(c7, f32x4.mul(a, v128.load(w, 112)));
  }
  if (add) {
    c0 = f32x4.add(v128.load(y), c0); c1 = f32x4.add(v128.load(y, 16), c1);
    c2 = f32x4.add(v128.load(y, 32), c2); c3 = f32x4.add(v128.load(y, 48), c3);
    c4 = f32x4.add(v128.load(y, 64), c4); c5 = f32x4.add(v128.load(y, 80), c5);
    c6 = f32x4.add(v128.load(y, 96), c6); c7 = f32x4.add(v128.load(y, 112), c7);
  }
  v128.store(y, c0); v128.store(y, c1, 16); v128.store(y, c2, 32); v128.store(y, c3, 48);
  v128.store(y, c4, 64); v128.store(y, c5, 80); v128.store(y, c6, 96); v128.store(y, c7, 112);
}

/** One row × 8 columns. */
@inline
function tile1x8(y: usize, x: usize, w: usize, k: i32, ldw: usize, add: bool): void {
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
  for (const end = x + ((<usize>k) << 2); x < end; x += 4, w += ldw) {
    const a = v128.load32_splat(x);
    c0 = f32x4.add(c0, f32x4.mul(a, v128.load(w)));
    c1 = f32x4.add(c1, f32x4.mul(a, v128.load(w, 16)));
  }
  if (add) {
    c0 = f32x4.add(v128.load(y), c0);
    c1 = f32x4.add(v128.load(y, 16), c1);
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
}

/** Four rows × 8 columns: 8 of the 15 SIMD registers that V8 gives hold sums. */
@inline
function tile4x8(y: usize, x: usize, w: usize, k: i32, ldx: usize, ldw: usize, ldy: usize, add: bool): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  let x1 = x + ldx, x2 = x1 + ldx, x3 = x2 + ldx;
  for (const end = x + ((<usize>k) << 2); x < end; x += 4, x1 += 4, x2 += 4, x3 += 4, w += ldw) {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    let s = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(s, w0));
    a1 = f32x4.add(a1, f32x4.mul(s, w1));
    s = v128.load32_splat(x1);
    b0 = f32x4.add(b0, f32x4.mul(s, w0));
    b1 = f32x4.add(b1, f32x4.mul(s, w1));
    s = v128.load32_splat(x2);
    c0 = f32x4.add(c0, f32x4.mul(s, w0));
    c1 = f32x4.add(c1, f32x4.mul(s, w1));
    s = v128.load32_splat(x3);
    d0 = f32x4.add(d0, f32x4.mul(s, w0));
    d1 = f32x4.add(d1, f32x4.mul(s, w1));
  }
  store2(y, a0, a1, add);
  store2(y + ldy, b0, b1, add);
  store2(y + 2 * ldy, c0, c1, add);
  store2(y + 3 * ldy, d0, d1, add);
}

@inline
function store2(y: usize, c0: v128, c1: v128, add: bool): void {
  if (add) {
    c0 = f32x4.add(v128.load(y), c0);
    c1 = f32x4.add(v128.load(y, 16), c1);
  }
  v128.store(y, c0);
  v128.store(y, c1, 16);
}

/** `y[rows, n] = x[rows, k] · w[k, n]`, or `+=` with `add`. */
export function matmul(
  y: usize, x: usize, w: usize, rows: i32, k: i32, n: i32, ldx: i32, ldw: i32, ldy: i32, add: bool,
): void {
  const xs = (<usize>ldx) << 2, ws = (<usize>ldw) << 2, ys = (<usize>ldy) << 2;
  const blocked = rows & ~3;
  if (blocked > 0) {
    // Columns outside: a strip of w stays in the first-level cache for all rows.
    for (let j = 0; j < n; j += 8) {
      const at = (<usize>j) << 2;
      for (let i = 0; i < blocked; i += 4) {
        tile4x8(y + <usize>i * ys + at, x + <usize>i * xs, w + at, k, xs, ws, ys, add);
      }
    }
  }
  for (let i = blocked; i < rows; i++) {
    const yi = y + <usize>i * ys, xi = x + <usize>i * xs;
    let j = 0;
    for (; j + 32 <= n; j += 32) {
      tile1x32(yi + ((<usize>j) << 2), xi, w + ((<usize>j) << 2), k, ws, add);
    }
    for (; j < n; j += 8) {
      tile1x8(yi + ((<usize>j) << 2), xi, w + ((<usize>j) << 2), k, ws, add);
    }
  }
}

/** Rows that one pass of `matmulTransposed` takes, so that its panels stay in the first-level cache. */
const PANEL_ROWS: i32 = 128;

/** `y[k, n] += x[rows, k]ᵀ · g[rows, n]`: a weight gradient as outer products. */
export function matmulTransposed(
  y: usize, x: usize, g: usize, rows: i32, k: i32, n: i32, ldx: i32, ldg: i32, ldy: i32,
): void {
  const xs = (<usize>ldx) << 2, gs = (<usize>ldg) << 2, ys = (<usize>ldy) << 2;
  for (let r = 0; r < rows; r += PANEL_ROWS) {
    const count = min(PANEL_ROWS, rows - r);
    const xr = x + <usize>r * xs, gr = g + <usize>r * gs;
    for (let j = 0; j < n; j += 8) {
      const gj = gr + ((<usize>j) << 2), yj = y + ((<usize>j) << 2);
      let i = 0;
      for (; i + 4 <= k; i += 4) {
        outer4x8(yj + <usize>i * ys, xr + ((<usize>i) << 2), gj, count, xs, gs, ys);
      }
      for (; i < k; i++) outer1x8(yj + <usize>i * ys, xr + ((<usize>i) << 2), gj, count, xs, gs);
    }
  }
}

@inline
function outer4x8(y: usize, x: usize, g: usize, rows: i32, xs: usize, gs: usize, ys: usize): void {
  const y1 = y + ys, y2 = y1 + ys, y3 = y2 + ys;
  let a0 = v128.load(y), a1 = v128.load(y, 16), b0 = v128.load(y1), b1 = v128.load(y1, 16);
  let c0 = v128.load(y2), c1 = v128.load(y2, 16), d0 = v128.load(y3), d1 = v128.load(y3, 16);
  for (const end = x + <usize>rows * xs; x < end; x += xs, g += gs) {
    const g0 = v128.load(g), g1 = v128.load(g, 16);
    let s = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(s, g0));
    a1 = f32x4.add(a1, f32x4.mul(s, g1));
    s = v128.load32_splat(x, 4);
    b0 = f32x4.add(b0, f32x4.mul(s, g0));
    b1 = f32x4.add(b1, f32x4.mul(s, g1));
    s = v128.load32_splat(x, 8);
    c0 = f32x4.add(c0, f32x4.mul(s, g0));
    c1 = f32x4.add(c1, f32x4.mul(s, g1));
    s = v128.load32_splat(x, 12);
    d0 = f32x4.add(d0, f32x4.mul(s, g0));
    d1 = f32x4.add(d1, f32x4.mul(s, g1));
  }
  v128.store(y, a0); v128.store(y, a1, 16);
  v128.store(y1, b0); v128.store(y1, b1, 16);
  v128.store(y2, c0); v128.store(y2, c1, 16);
  v128.store(y3, d0); v128.store(y3, d1, 16);
}

@inline
function outer1x8(y: usize, x: usize, g: usize, rows: i32, xs: usize, gs: usize): void {
  let a0 = v128.load(y), a1 = v128.load(y, 16);
  for (const end = x + <usize>rows * xs; x < end; x += xs, g += gs) {
    const s = v128.load32_splat(x);
    a0 = f32x4.add(a0, f32x4.mul(s, v128.load(g)));
    a1 = f32x4.add(a1, f32x4.mul(s, v128.load(g, 16)));
  }
  v128.store(y, a0);
  v128.store(y, a1, 16);
}

/** `y[columns, rows] = x[rows, columns]ᵀ`; columns of `y` from `rows` up to `ldy` become 0. */
export function transpose(y: usize, x: usize, rows: i32, columns: i32, ldx: i32, ldy: i32): void {
  for (let j = 0; j < columns; j++) {
    const yj = y + ((<usize>j * <usize>ldy) << 2), xj = x + ((<usize>j) << 2);
    for (let i = 0; i < rows; i++) {
      store<f32>(yj + ((<usize>i) << 2), load<f32>(xj + ((<usize>i * <usize>ldx) << 2)));
    }
    for (let i = rows; i < ldy; i++) store<f32>(yj + ((<usize>i) << 2), 0);
  }
}
