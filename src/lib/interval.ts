import { createRandom } from "./random.ts";

/** An estimate with the ends of its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * Share of `hits` in `n` trials with Wilson's score interval. Source: Wilson
 * 1927, "Probable inference, the law of succession, and statistical inference".
 * Throws if `n` is 0: a share of nothing is not a number.
 */
export function wilson(hits: number, n: number): Interval {
  if (n <= 0) throw new Error(`wilson: no trials (n = ${n})`);
  const value = hits / n;
  const z2 = (Z * Z) / n;
  const center = (value + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n))) / (1 + z2);
  return { value, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

/**
 * Ratio of sums, Σ numerators / Σ denominators, with a percentile bootstrap
 * interval over the rows (one row a problem, so that what belongs together is
 * drawn together). The same rows give the same interval.
 */
export function bootstrapRatio(
  rows: readonly { numerator: number; denominator: number }[],
  draws = 1000,
): Interval {
  const ratio = (pick: (i: number) => number) => {
    let numerator = 0;
    let denominator = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[pick(i)]!;
      numerator += row.numerator;
      denominator += row.denominator;
    }
    return numerator / denominator;
  };
  const random = createRandom(rows.length);
  const ratios = Array.from({ length: draws }, () =>
    ratio(() => Math.floor(random() * rows.length)),
  ).toSorted((a, b) => a - b);
  return {
    value: ratio((i) => i),
    low: ratios[Math.floor(draws * 0.025)]!,
    high: ratios[Math.ceil(draws * 0.975) - 1]!,
  };
}

/**
 * Mean of first − second over pairs, at least one, with a percentile bootstrap
 * interval that draws pairs: what is common to both, how hard a problem is, has
 * no part in it. The same pairs give the same interval, and the other way round
 * they give its mirror image. Source: Efron and Tibshirani 1993, "An
 * introduction to the bootstrap", section 13.3.
 */
export function pairedDifference(
  pairs: readonly (readonly [first: number, second: number])[],
  draws?: number,
): Interval {
  if (pairs.length === 0) throw new Error("pairedDifference: no pairs");
  return bootstrapRatio(
    pairs.map(([first, second]) => ({ numerator: first - second, denominator: 1 })),
    draws,
  );
}
