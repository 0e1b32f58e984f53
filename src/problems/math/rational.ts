/** An exact fraction in lowest terms; `d` is positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** `d` is not 0. */
export function rational(n: bigint, d = 1n): Rational {
  if (d === 1n) return { n, d };
  const divisor = gcd(magnitude(n), magnitude(d)) * (d < 0n ? -1n : 1n);
  return { n: n / divisor, d: d / divisor };
}

export function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n;
}

/** Binary digits of |n|, rounded up to a multiple of 4. */
export function bits(n: bigint): number {
  return 4 * magnitude(n).toString(16).length;
}

export function plus(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function times(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

/** The largest integer r with r^k ≤ n, for n ≥ 0 and k ≥ 1 (Newton's iteration on integers). */
export function integerRoot(n: bigint, k: bigint): bigint {
  if (n < 2n || k === 1n) return n;
  let root = 1n << (BigInt(bits(n)) / k + 1n);
  for (;;) {
    const next = ((k - 1n) * root + n / root ** (k - 1n)) / k;
    if (next >= root) return root;
    root = next;
  }
}

/** The k-th root if it is a fraction, else `null`; `a` is not negative. */
export function exactRoot(a: Rational, k: bigint): Rational | null {
  const [n, d] = [integerRoot(a.n, k), integerRoot(a.d, k)];
  return n ** k === a.n && d ** k === a.d ? { n, d } : null;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
