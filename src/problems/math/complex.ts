import { cos, exp, ln, sin, sqrt } from "./elementary.ts";
import { bits, exactRoot, magnitude, ONE, type Rational, rational, ZERO } from "./rational.ts";
import {
  add,
  invert,
  isExact,
  isHandy,
  isSame,
  isZero,
  MOST_BITS,
  multiply,
  negate,
  type Real,
  signOf,
  spellReal,
  subtract,
} from "./real.ts";

export interface Complex {
  readonly re: Real;
  readonly im: Real;
}

/** A value, or `null` where there is none, or none that is known well enough. */
export type Maybe = Complex | null;

export function real(re: Real): Complex {
  return { re, im: ZERO };
}

export function realOf({ re, im }: Complex): Real | null {
  return isZero(im) ? re : null;
}

/** `f` of a real number; `null` for others. */
export function onReal(f: (x: Real) => Real | null): (z: Complex) => Maybe {
  return (z) => {
    const x = realOf(z);
    const y = x && f(x);
    return y && real(y);
  };
}

export function sum(a: Complex, b: Complex): Complex {
  return { re: add(a.re, b.re), im: add(a.im, b.im) };
}

export function opposite({ re, im }: Complex): Complex {
  return { re: negate(re), im: negate(im) };
}

export function product(a: Complex, b: Complex): Complex {
  return {
    re: subtract(multiply(a.re, b.re), multiply(a.im, b.im)),
    im: add(multiply(a.re, b.im), multiply(a.im, b.re)),
  };
}

export function reciprocal({ re, im }: Complex): Maybe {
  const square = invert(add(multiply(re, re), multiply(im, im)));
  return square && { re: multiply(re, square), im: negate(multiply(im, square)) };
}

export function quotient(a: Complex, b: Complex): Maybe {
  const inverse = reciprocal(b);
  return inverse && product(a, inverse);
}

/** The principal root of a real number. */
export function squareRoot(z: Complex): Maybe {
  const x = realOf(z);
  if (x === null) return null;
  if (signOf(x) !== -1) {
    const root = sqrt(x);
    return root && real(root);
  }
  const im = sqrt(negate(x));
  return im && { re: ZERO, im };
}

export function exponential({ re, im }: Complex): Maybe {
  const [size, x, y] = [exp(re), cos(im), sin(im)];
  return size && x && y && { re: multiply(size, x), im: multiply(size, y) };
}

/**
 * a^b. Whole exponents of anything, halves of what is real, other exponents of
 * what is positive; `null` where the power has several values or is too large.
 */
export function power(a: Complex, b: Complex): Maybe {
  const exponent = realOf(b);
  if (exponent && isExact(exponent)) {
    if (exponent.d === 1n) return wholePower(a, exponent.n);
    const exact = exactPower(a, exponent);
    if (exact) return exact;
    if (exponent.d === 2n) {
      const root = squareRoot(a);
      return root && wholePower(root, exponent.n);
    }
  }
  const base = realOf(a);
  const logarithm = base && signOf(base) === 1 ? ln(base) : null;
  return logarithm && exponential(product(b, real(logarithm)));
}

/** Largest exponent that is multiplied out. */
const MOST_FACTORS = 65_536n;

function wholePower(base: Complex, exponent: bigint): Maybe {
  if (exponent < 0n) {
    const inverse = reciprocal(base);
    return inverse && wholePower(inverse, -exponent);
  }
  if (exponent === 0n) return isZero(base.re) && isZero(base.im) ? null : real(ONE);
  if (isTrivial(base)) return repeated(base, 2n - (exponent % 2n));
  const isLong = exponent > MOST_FACTORS || sizeOf(base) * Number(exponent) > MOST_BITS;
  return isLong ? null : repeated(base, exponent);
}

/** By squaring; `exponent` is positive. */
function repeated(base: Complex, exponent: bigint): Maybe {
  let result = real(ONE);
  let factor = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest % 2n === 1n) result = product(result, factor);
    if (rest > 1n) factor = product(factor, factor);
    if (!isHandy(factor.re) || !isHandy(factor.im)) return null;
  }
  return result;
}

/** 0, 1 and −1: their powers do not grow. */
function isTrivial(base: Complex): boolean {
  const x = realOf(base);
  return x !== null && isExact(x) && x.d === 1n && magnitude(x.n) <= 1n;
}

function sizeOf({ re, im }: Complex): number {
  const size = (x: Real) => (isExact(x) ? Math.max(bits(x.n), bits(x.d)) - 4 : 1);
  return Math.max(size(re), size(im), 1);
}

/** A fraction to the power of a fraction, if that is one. */
function exactPower(a: Complex, exponent: Rational): Maybe {
  const base = realOf(a);
  if (!base || !isExact(base) || base.n < 0n || exponent.d > 64n) return null;
  const root = exactRoot(base, exponent.d);
  return root && wholePower(real(root), exponent.n);
}

/** The real root of a real number: of a negative one for odd `degree` only. */
export function rootOf(z: Complex, degree: Complex): Maybe {
  const [x, k] = [realOf(z), realOf(degree)];
  if (!x || !k || !isExact(k) || k.d !== 1n || k.n < 1n) return null;
  const inverse = real(rational(1n, k.n));
  if (signOf(x) === -1 && k.n % 2n === 1n) {
    const root = power(real(negate(x)), inverse);
    return root && opposite(root);
  }
  return power(z, inverse);
}

export function isSameValue(a: Complex, b: Complex): boolean {
  return isSame(a.re, b.re) && isSame(a.im, b.im);
}

/** Equal for equal values; `null` where too little is known. */
export function spellValue({ re, im }: Complex): string | null {
  const [x, y] = [spellReal(re), spellReal(im)];
  if (x === null || y === null) return null;
  return y === "0" ? x : `${x}+${y}i`;
}
