import type { Interval } from "../../lib/interval.ts";
import { createRandom } from "../../lib/random.ts";

/** A figure of `draws` bootstrap draws of `n` things: `pick(i)` is the index of the i-th that was drawn. The same n gives the same draws. */
export function resample<T>(
  n: number,
  draws: number,
  figure: (pick: (i: number) => number) => T,
): T[] {
  const random = createRandom(n);
  return Array.from({ length: draws }, () => {
    const picked = Uint32Array.from({ length: n }, () => Math.floor(random() * n));
    return figure((i) => picked[i]!);
  });
}

const DRAWS = 1000;

/** A figure of all n things, with its percentile bootstrap interval (Efron and Tibshirani 1993, section 13.3). */
export function bootstrap(n: number, figure: (pick: (i: number) => number) => number): Interval {
  const sorted = resample(n, DRAWS, figure).toSorted((a, b) => a - b);
  return {
    value: figure((i) => i),
    low: sorted[Math.floor(DRAWS * 0.025)]!,
    high: sorted[Math.ceil(DRAWS * 0.975) - 1]!,
  };
}
