/** IEEE 754 binary16 as 16-bit integers: what GGUF calls F16. */

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** The nearest half of an f32 (ties to even); beyond 65,504 infinity, NaN stays NaN. */
export function halfFromFloat(value: number): number {
  float[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00;
  // 65,520: the first value that rounds to infinity.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00;
  if (magnitude < 0x3880_0000) {
    // Below the smallest normal half: a multiple of 2^-24. Math.abs(value) · 2^24 is exact.
    return sign | roundTiesToEven(Math.abs(float[0]!) * 16_777_216);
  }
  const rebased = magnitude - 0x3800_0000;
  return sign | ((rebased + 0x0fff + ((rebased >>> 13) & 1)) >>> 13);
}

/** The value of a half, exactly. */
export function floatFromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundTiesToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest === 0.5) return below + (below & 1);
  return rest > 0.5 ? below + 1 : below;
}
