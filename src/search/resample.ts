/** How particles are drawn; see `drawCounts`. */
export type Resampling = "systematic" | "multinomial";

/**
 * How often each of some is drawn, `count` draws in all, where each has its share
 * of the chances; the shares add up to 1. `random`: numbers in [0, 1).
 *
 * "multinomial" draws one by one. "systematic" draws once and goes on from there
 * in steps of 1 / count: the mean is the same, and nobody is drawn one time more
 * or less than its share says (⌊count · share⌋ or one more).
 *
 * Source: Douc, Cappé and Moulines 2005, "Comparison of resampling schemes for
 * particle filtering", arXiv:cs/0507025: its N is `count`, its W are `shares`.
 */
export function drawCounts(
  shares: readonly number[],
  { count, resampling, random }: { count: number; resampling: Resampling; random: () => number },
): number[] {
  const ends: number[] = [];
  let end = 0;
  for (const share of shares) {
    end += share;
    ends.push(end);
  }
  // What rounding leaves above the sum falls to the last that has a share.
  const last = shares.findLastIndex((share) => share > 0);
  const counts = shares.map(() => 0);
  const start = resampling === "systematic" ? random() : 0;
  for (let i = 0; i < count; i++) {
    const at = resampling === "systematic" ? (i + start) / count : random();
    const drawn = ends.findIndex((bound) => bound > at);
    counts[drawn < 0 ? last : drawn]!++;
  }
  return counts;
}

/**
 * How many particles of equal weight are worth as much as these, from 1 (one has
 * all the weight) to their number (all have the same): 1 / Σ share².
 *
 * Source: Kong, Liu and Wong 1994, "Sequential imputations and Bayesian missing
 * data problems", effective sample size.
 */
export function effectiveNumber(shares: readonly number[]): number {
  return 1 / shares.reduce((sum, share) => sum + share * share, 0);
}
