import { bits, magnitude, plus, type Rational, rational, times, ZERO } from "./rational.ts";

/**
 * What is known of a real number that is no fraction: it lies within `err` of
 * `mid`, both in units of 2^−320. BigInt and no floating point, so that a grade
 * is the same on every machine and 60 digits can be compared.
 *
 * Source: ball arithmetic, as in J. van der Hoeven 2009, with one exponent.
 */
export interface Ball {
  readonly mid: bigint;
  readonly err: bigint;
}

export type Real = Rational | Ball;

/** Binary digits after the point of a ball. */
export const PLACES = 320n;
export const UNIT = 1n << PLACES;

/** Largest numerator and denominator, and largest whole part of a ball, in binary digits. */
export const MOST_BITS = 16_384;

export function isExact(x: Real): x is Rational {
  return "d" in x;
}

export function isZero(x: Real): boolean {
  return isExact(x) && x.n === 0n;
}

export function toBall(x: Real): Ball {
  if (!isExact(x)) return x;
  const mid = (x.n << PLACES) / x.d;
  return known({ mid, err: x.d === 1n ? 0n : 1n }, x.n === 0n);
}

/** What is so small that no digit of it is left is not known to be 0, unless it may be. */
function known(ball: Ball, mayBeZero: boolean): Ball {
  const isLost = !mayBeZero && magnitude(ball.mid) <= ball.err;
  return isLost ? { mid: 0n, err: UNIT } : ball;
}

export function add(a: Real, b: Real): Real {
  if (isExact(a) && isExact(b)) return plus(a, b);
  const [x, y] = [toBall(a), toBall(b)];
  return { mid: x.mid + y.mid, err: x.err + y.err };
}

export function negate(x: Real): Real {
  return isExact(x) ? { n: -x.n, d: x.d } : { mid: -x.mid, err: x.err };
}

export function subtract(a: Real, b: Real): Real {
  return add(a, negate(b));
}

export function multiply(a: Real, b: Real): Real {
  if (isExact(a) && isExact(b)) return times(a, b);
  if (isZero(a) || isZero(b)) return ZERO;
  const [x, y] = [toBall(a), toBall(b)];
  const err = magnitude(x.mid) * y.err + magnitude(y.mid) * x.err + x.err * y.err;
  const mayBeZero = magnitude(x.mid) <= x.err || magnitude(y.mid) <= y.err;
  return known({ mid: (x.mid * y.mid) >> PLACES, err: (err >> PLACES) + 2n }, mayBeZero);
}

/** `null` for what is 0, or may be. */
export function invert(x: Real): Real | null {
  if (isExact(x)) return x.n === 0n ? null : rational(x.d, x.n);
  const size = magnitude(x.mid);
  if (size <= x.err) return null;
  const err = (x.err << (2n * PLACES)) / (size * (size - x.err)) + 2n;
  return known({ mid: (1n << (2n * PLACES)) / x.mid, err }, false);
}

/** 1, 0 or −1; `null` where the ball holds both signs. */
export function signOf(x: Real): -1 | 0 | 1 | null {
  if (isExact(x)) return x.n === 0n ? 0 : x.n > 0n ? 1 : -1;
  if (magnitude(x.mid) <= x.err) return null;
  return x.mid > 0n ? 1 : -1;
}

export function absolute(x: Real): Real {
  const mid = isExact(x) ? x.n : x.mid;
  return mid < 0n ? negate(x) : x;
}

/** The largest integer that is not above x; `null` where the ball does not tell. */
export function floor(x: Real): Real | null {
  if (isExact(x)) return rational((x.n - (((x.n % x.d) + x.d) % x.d)) / x.d);
  const low = (x.mid - x.err) >> PLACES;
  return low === (x.mid + x.err) >> PLACES ? rational(low) : null;
}

/** Whether a number is small enough to go on with. */
export function isHandy(x: Real): boolean {
  if (isExact(x)) return bits(x.n) <= MOST_BITS && bits(x.d) <= MOST_BITS;
  return bits(x.mid) <= MOST_BITS && x.err < UNIT;
}

/** How much smaller than a number its error has to be, and how near to 0 is 0, in binary digits. */
const SURE = 120n;

/**
 * Whether two numbers agree to at least 36 digits, or to within 2^−150 where both
 * may be 0. Fractions are equal if they are the same. A number that is not known
 * well enough equals nothing.
 */
export function isSame(a: Real, b: Real): boolean {
  if (isExact(a) && isExact(b)) return a.n === b.n && a.d === b.d;
  const [x, y] = [toBall(a), toBall(b)];
  const err = x.err + y.err;
  if (magnitude(x.mid - y.mid) > err) return false;
  const size = magnitude(x.mid) + magnitude(y.mid);
  return size <= 2n * err ? err >> (PLACES - 150n) === 0n : err << SURE <= size;
}

/**
 * A text that is the same for numbers that are the same: the fraction, also of a
 * ball that can be nothing else, and otherwise 30 digits. `null` where too little
 * is known.
 */
export function spellReal(x: Real): string | null {
  const exact = isExact(x) ? x : nearestFraction(x);
  if (exact) return exact.d === 1n ? `${exact.n}` : `${exact.n}/${exact.d}`;
  const { mid, err } = x as Ball;
  if (err << SURE > magnitude(mid)) return null;
  const digits = ((magnitude(mid) * 10n ** 30n + UNIT / 2n) >> PLACES).toString().padStart(31, "0");
  return `${mid < 0n ? "-" : ""}${digits.slice(0, -30)}.${digits.slice(-30)}`;
}

/** Largest denominator of a fraction that a ball is taken for, in binary digits. */
const PLAIN_BITS = 40;

/** The fraction with a small denominator inside of the ball, found by its continued fraction. */
function nearestFraction({ mid, err }: Ball): Rational | null {
  if (err << SURE > UNIT) return null;
  let [top, bottom] = [mid, UNIT];
  let [before, found]: [Rational, Rational] = [
    { n: 0n, d: 1n },
    { n: 1n, d: 0n },
  ];
  while (bottom !== 0n) {
    const whole = (top - (((top % bottom) + bottom) % bottom)) / bottom;
    [before, found] = [found, { n: whole * found.n + before.n, d: whole * found.d + before.d }];
    if (bits(found.d) > PLAIN_BITS) return null;
    if (magnitude(found.n * UNIT - mid * found.d) <= err * found.d) return found;
    [top, bottom] = [bottom, top - whole * bottom];
  }
  return null;
}
