import type { Aggregation } from "../protocol/strategies.ts";

/**
 * One score in [0, 1] for a whole path, from the scores of its steps, at least
 * one. "last" is what Snell et al. 2024 (arXiv:2408.03314) decide by, "min" and
 * "product" what Lightman et al. 2023 (arXiv:2305.20050) compare.
 */
export function aggregate(scores: readonly number[], aggregation: Aggregation): number {
  switch (aggregation) {
    case "last":
      return scores.at(-1)!;
    case "min":
      return Math.min(...scores);
    case "product":
      return scores.reduce((product, score) => product * score);
    case "mean":
      return scores.reduce((sum, score) => sum + score) / scores.length;
  }
}
