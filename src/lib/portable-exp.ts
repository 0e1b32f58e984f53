/**
 * e^x and ln x with the same bits on every machine: of additions, multiplications
 * and divisions alone, which IEEE 754 settles to the bit. `Math.exp` and
 * `Math.log` may differ between engines in the last place.
 */

/** ln 2 as two numbers: of the first few bits are used, so that small multiples are exact. */
const LN2 = { high: 0.6931471803691238, low: 1.9082149292705877e-10 };
const EXP_TERMS = 14;
const LN_TERMS = 18;
/** Below this e^x is no normal number any more. */
const LEAST = -708;
const MOST = 709;

/** e^x to about 1 in 10¹⁵; 0 below −708. Throws a `RangeError` above 709. */
export function portableExp(x: number): number {
  if (x < LEAST) return 0;
  if (!(x <= MOST)) throw new RangeError(`e^${x} is not a number that can be held`);
  const doublings = Math.round(x / LN2.high);
  const rest = x - doublings * LN2.high - doublings * LN2.low;
  // Taylor's series in Horner's form; |rest| is at most (ln 2) / 2.
  let sum = 1;
  for (let n = EXP_TERMS; n > 0; n--) sum = 1 + (sum * rest) / n;
  return sum * powerOfTwo(doublings);
}

/** ln x to about 1 in 10¹⁵, for x of at least 1. Throws a `RangeError` for others. */
export function portableLn(x: number): number {
  if (!(x >= 1 && Number.isFinite(x))) throw new RangeError(`ln ${x}: at least 1 is needed`);
  let mantissa = x;
  let doublings = 0;
  while (mantissa >= 2) {
    mantissa /= 2;
    doublings++;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)); the fraction is below 1/3.
  const s = (mantissa - 1) / (mantissa + 1);
  let sum = 0;
  for (let n = LN_TERMS; n > 0; n--) sum = 1 / (2 * n - 1) + sum * s * s;
  return 2 * s * sum + doublings * LN2.high + doublings * LN2.low;
}

const BITS = new DataView(new ArrayBuffer(8));

/** 2^n exactly, for n from −1022 to 1023. */
function powerOfTwo(n: number): number {
  BITS.setUint32(0, (n + 1023) << 20);
  return BITS.getFloat64(0);
}
