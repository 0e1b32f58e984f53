import { exactRoot, integerRoot, magnitude, ONE, rational, ZERO } from "./rational.ts";
import {
  add,
  type Ball,
  invert,
  isExact,
  isZero,
  multiply,
  negate,
  PLACES,
  type Real,
  signOf,
  subtract,
  toBall,
  UNIT,
} from "./real.ts";

/** Error of a sum of a few hundred rounded terms, in units of a ball. */
const SERIES_ERROR = 1n << 10n;

const LN2 = 2n * atanhSeries(UNIT / 3n);
/** Machin 1706: π/4 = 4 arctan(1/5) − arctan(1/239). */
const PI_MID = 4n * (4n * atanSeries(UNIT / 5n) - atanSeries(UNIT / 239n));

export const PI: Ball = { mid: PI_MID, err: SERIES_ERROR };

/** Of a number that is not negative; `null` where that is not known. */
export function sqrt(x: Real): Real | null {
  if (isExact(x)) {
    if (x.n < 0n) return null;
    const root = exactRoot(x, 2n);
    if (root) return root;
  }
  const { mid, err } = toBall(x);
  if (mid <= err) return null;
  const least = integerRoot((mid - err) << PLACES, 2n);
  return { mid: integerRoot(mid << PLACES, 2n), err: (err << PLACES) / least + 2n };
}

/** e^x; `null` where it is too large or too small to be told. */
export function exp(x: Real): Real | null {
  if (isZero(x)) return ONE;
  const { mid, err } = toBall(x);
  if (err >= UNIT || magnitude(mid) > UNIT << 12n) return null;
  const twos = mid / LN2;
  const rest = (mid - twos * LN2) >> 8n;
  let power = UNIT;
  let term = UNIT;
  for (let k = 1n; term !== 0n; k++) {
    term = (term * rest) / (UNIT * k);
    power += term;
  }
  // Eight squarings and the multiple of ln 2 make at most so much of the error of the series.
  const base: Ball = { mid: power, err: SERIES_ERROR };
  let result: Real = base;
  for (let k = 0; k < 8; k++) result = multiply(result, result);
  const unscaled = toBall(result);
  const spread = unscaled.err + 2n * err + (magnitude(twos) + 1n) * SERIES_ERROR;
  const wide = unscaled.err + ((unscaled.mid * 4n * spread) >> PLACES) + 1n;
  if (twos >= 0n) return { mid: unscaled.mid << twos, err: wide << twos };
  const small = { mid: unscaled.mid >> -twos, err: (wide >> -twos) + 2n };
  return small.mid > small.err ? small : null;
}

/** Of a positive number; `null` where that is not known. */
export function ln(x: Real): Real | null {
  if (isExact(x) && x.n === x.d) return ZERO;
  const { mid, err } = toBall(x);
  if (mid <= 4n * err) return null;
  // mid = m · 2^twos with m in [1/2, 1).
  const twos = BigInt(mid.toString(2).length) - PLACES;
  const m = twos > 0n ? mid >> twos : mid << -twos;
  const value = 2n * atanhSeries(((m - UNIT) << PLACES) / (m + UNIT)) + twos * LN2;
  const spread = (err << PLACES) / (mid - err) + (magnitude(twos) + 2n) * SERIES_ERROR;
  return { mid: value, err: spread };
}

export function sin(x: Real): Real | null {
  return isZero(x) ? ZERO : circular(x, { mid: 0n, first: 1n });
}

export function cos(x: Real): Real | null {
  return isZero(x) ? ONE : circular(x, { mid: UNIT, first: 0n });
}

/** The Taylor series of sin (`first` 1) and cos (`first` 0) after whole turns are taken off. */
function circular(x: Real, { mid: start, first }: { mid: bigint; first: bigint }): Ball | null {
  const { mid, err } = toBall(x);
  if (magnitude(mid) > UNIT << 64n) return null;
  const turns = mid / (2n * PI_MID);
  const rest = mid - turns * 2n * PI_MID;
  let term = first === 1n ? rest : UNIT;
  let sum = first === 1n ? rest : start;
  const square = (rest * rest) >> PLACES;
  for (let k = first + 1n; term !== 0n; k += 2n) {
    term = -(term * square) / (UNIT * k * (k + 1n));
    sum += term;
  }
  return { mid: sum, err: err + (magnitude(turns) + 2n) * 4n * SERIES_ERROR };
}

export function arctan(x: Real): Real | null {
  if (isZero(x)) return ZERO;
  // arctan x = 2 arctan(x / (1 + √(1 + x²))), four times, makes the series short.
  let reduced: Real = x;
  for (let k = 0; k < 4; k++) {
    const root = sqrt(add(ONE, multiply(reduced, reduced)));
    const inverse = root && invert(add(ONE, root));
    if (!inverse) return null;
    reduced = multiply(reduced, inverse);
  }
  const { mid, err } = toBall(reduced);
  return { mid: 16n * atanSeries(mid), err: 16n * (err + SERIES_ERROR) };
}

/** Of a number in [−1, 1]; `null` where that is not known. */
export function arcsin(x: Real): Real | null {
  const left = subtract(ONE, multiply(x, x));
  if (isZero(left)) return multiply(multiply(x, rational(1n, 2n)), PI);
  const root = signOf(left) === 1 ? sqrt(left) : null;
  const inverse = root && invert(root);
  return inverse && arctan(multiply(x, inverse));
}

export function arccos(x: Real): Real | null {
  const angle = arcsin(x);
  return angle && add(multiply(rational(1n, 2n), PI), negate(angle));
}

/** Σ z^k / k over odd k, for |z| ≤ 1/2. */
function atanhSeries(z: bigint): bigint {
  return oddSeries(z, (z * z) >> PLACES);
}

/** Σ ± z^k / k over odd k, for |z| ≤ 1/2. */
function atanSeries(z: bigint): bigint {
  return oddSeries(z, -((z * z) >> PLACES));
}

function oddSeries(first: bigint, ratio: bigint): bigint {
  let sum = 0n;
  let power = first;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * ratio) >> PLACES;
  }
  return sum;
}
