/** What happens to each row by itself: embedding, RMSNorm, RoPE, SwiGLU, and their gradients. */
import { exp4, sum4 } from "./exp";

/** Where the static data of this module ends: memory from here on belongs to the caller. */
export function heapBase(): usize {
  return __heap_base;
}

/** `y[r] = table[tokens[r]]`. */
export function embed(y: usize, table: usize, tokens: usize, rows: i32, d: i32): void {
  const bytes = (<usize>d) << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(y + <usize>r * bytes, table + <usize>load<i32>(tokens + ((<usize>r) << 2)) * bytes, bytes);
  }
}

/** `gTable[tokens[r]] += g[r]`. */
export function embedBackward(gTable: usize, g: usize, tokens: usize, rows: i32, d: i32): void {
  const bytes = (<usize>d) << 2;
  for (let r = 0; r < rows; r++) {
    addTo(gTable + <usize>load<i32>(tokens + ((<usize>r) << 2)) * bytes, g + <usize>r * bytes, d);
  }
}

/** `y[n] += x[n]`, n a multiple of 4. */
export function addTo(y: usize, x: usize, n: i32): void {
  for (const end = x + ((<usize>n) << 2); x < end; x += 16, y += 16) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
  }
}

/** `y = x · inverse · gain` with `inverse[r] = 1 / √(mean x² + eps)`, kept for the way back. */
export function rmsNorm(y: usize, inverse: usize, x: usize, gain: usize, rows: i32, d: i32, eps: f32): void {
  const bytes = (<usize>d) << 2;
  for (let r = 0; r < rows; r++, x += bytes, y += bytes, inverse += 4) {
    let squares = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = v128.load(x + i);
      squares = f32x4.add(squares, f32x4.mul(v, v));
    }
    const inv: f32 = <f32>1 / sqrt<f32>(sum4(squares) / <f32>d + eps);
    store<f32>(inverse, inv);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(y + i, f32x4.mul(f32x4.mul(v128.load(x + i), f32x4.splat(inv)), v128.load(gain + i)));
    }
  }
}

/** Given `g` = ∂L/∂y of `rmsNorm`: `gx += …`, `gGain += …`. */
export function rmsNormBackward(
  gx: usize, gGain: usize, g: usize, x: usize, inverse: usize, gain: usize, rows: i32, d: i32,
): void {
  const bytes = (<usize>d) << 2;
  for (let r = 0; r < rows; r++, x += bytes, g += bytes, gx += bytes, inverse += 4) {
    const inv = load<f32>(inverse);
    const inv4 = f32x4.splat(inv);
    let dots = f32x4.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const xg = f32x4.mul(v128.load(x + i), v128.load(g + i));
      dots = f32x4.add(dots, f32x4.mul(xg, v128.load(gain + i)));
      v128.store(gGain + i, f32x4.add(v128.load(gGain + i), f32x4.mul(xg, inv4)));
    }
    const pull = f32x4.splat((sum4(dots) * inv * inv * inv) / <f32>d);
    for (let i: usize = 0; i < bytes; i += 16) {
      const direct = f32x4.mul(f32x4.mul(v128.load(g + i), v128.load(gain + i)), inv4);
      const change = f32x4.sub(direct, f32x4.mul(v128.load(x + i), pull));
      v128.store(gx + i, f32x4.add(v128.load(gx + i), change));
    }
  }
}

/**
 * `table[position, pair] = (cos θ, sin θ)` with θ = position · base^(−2 pair / headSize).
 * Computed in f64 by this module's own Math, so it is the same bits everywhere.
 */
export function ropeTable(table: usize, context: i32, headSize: i32, base: f64): void {
  const pairs = headSize >> 1;
  for (let p = 0; p < context; p++) {
    for (let i = 0; i < pairs; i++, table += 8) {
      const theta = <f64>p * Math.pow(base, (-2.0 * <f64>i) / <f64>headSize);
      store<f32>(table, <f32>Math.cos(theta));
      store<f32>(table, <f32>Math.sin(theta), 4);
    }
  }
}

/** Turns every interleaved pair of `x[rows, d]` by its row's angle; `direction` −1 turns back. */
export function rope(
  x: usize, positions: usize, table: usize, rows: i32, d: i32, headSize: i32, direction: f32,
): void {
  const heads = d / headSize;
  const tableRow = (<usize>headSize) << 2;
  for (let r = 0; r < rows; r++, positions += 4) {
    const row = table + <usize>load<i32>(positions) * tableRow;
    for (let h = 0; h < heads; h++) {
      for (let i: usize = 0; i < tableRow; i += 8, x += 8) {
        const c = load<f32>(row + i), s = load<f32>(row + i, 4) * direction;
        const a = load<f32>(x), b = load<f32>(x, 4);
        store<f32>(x, a * c - b * s);
        store<f32>(x, a * s + b * c, 4);
      }
    }
  }
}

/** `y[n] = silu(gate) · up`, n a multiple of 4; silu(z) = z / (1 + e^−z). */
export function swiglu(y: usize, gate: usize, up: usize, n: i32): void {
  const one = f32x4.splat(1);
  for (const end = gate + ((<usize>n) << 2); gate < end; gate += 16, up += 16, y += 16) {
    const z = v128.load(gate);
    const silu = f32x4.div(z, f32x4.add(one, exp4(f32x4.neg(z))));
    v128.store(y, f32x4.mul(silu, v128.load(up)));
  }
}

/** Given `g` = ∂L/∂y of `swiglu`, replaces `gate` and `up` by the gradients with respect to them. */
export function swigluBackward(gate: usize, up: usize, g: usize, n: i32): void {
  const one = f32x4.splat(1);
  for (const end = gate + ((<usize>n) << 2); gate < end; gate += 16, up += 16, g += 16) {
    const z = v128.load(gate), u = v128.load(up), gy = v128.load(g);
    const s = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(z))));
    const slope = f32x4.mul(s, f32x4.add(one, f32x4.mul(z, f32x4.sub(one, s))));
    v128.store(gate, f32x4.mul(f32x4.mul(gy, u), slope));
    v128.store(up, f32x4.mul(gy, f32x4.mul(z, s)));
  }
}
