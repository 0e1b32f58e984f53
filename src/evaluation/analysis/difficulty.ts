import { msg } from "../../lib/said.ts";
import type { EvaluationRow } from "../../protocol/evaluations.ts";
import type { CellPlace } from "./outcomes.ts";

/**
 * How easy a problem looks, in [0, 1]; 1 is the easiest.
 *
 * - `predicted`: the verifier's mean score of some solutions. Nobody needs to know
 *   the answer, but the solutions must be paid for.
 * - `oracle`: the share of some solutions that is right, which only those know
 *   who know the answer.
 *
 * Source: Snell et al. 2024, section 3.2, who take 2,048 solutions.
 */
export type DifficultyKind = "predicted" | "oracle";

/**
 * Difficulty of every problem, from the rows of one cell, the pilot, whose runs
 * must have sampled solutions on their own. A problem of which the pilot finished
 * none looks as hard as can be. Problems without a row of it are not there.
 */
export function difficulties(
  rows: readonly EvaluationRow[],
  pilot: CellPlace,
  kind: DifficultyKind,
): Map<number, number> {
  const of = rows.filter(({ arm, budget }) => arm === pilot.arm && budget === pilot.budget);
  const easeOf = ({ meanScore, right, finished }: EvaluationRow) => {
    if (kind === "predicted") return meanScore ?? 0;
    return finished > 0 ? right / finished : 0;
  };
  return new Map(
    [...Map.groupBy(of, ({ problem }) => problem)].map(([problem, repeats]) => [
      problem,
      repeats.reduce((sum, row) => sum + easeOf(row), 0) / repeats.length,
    ]),
  );
}

/** How problems are put into bins: as many in each, or by fixed limits. */
export type Binning =
  | { readonly kind: "quantiles"; readonly bins: number }
  /** Ascending limits within (0, 1); one bin more than limits. */
  | { readonly kind: "thresholds"; readonly limits: readonly number[] };

/**
 * Limits between the bins of a set of problems, from the hardest to the easiest.
 * A problem is in bin `i` if `i` limits are at or below its ease; bin 0 is the
 * hardest. Quantiles that fall together leave a bin empty: nothing parts what is
 * equally hard.
 */
export function limitsOf(eases: readonly number[], binning: Binning): number[] {
  if (binning.kind === "thresholds") return [...binning.limits];
  const { bins } = binning;
  const sorted = eases.toSorted((a, b) => a - b);
  if (sorted.length === 0) return [];
  return Array.from(
    { length: bins - 1 },
    (_, i) => sorted[Math.min(sorted.length - 1, Math.ceil(((i + 1) * sorted.length) / bins))]!,
  );
}

export function binOf(ease: number, limits: readonly number[]): number {
  return limits.filter((limit) => limit <= ease).length;
}

/** `hardest`, `2`, `3`, `4`, `easiest`. */
export function binName(bin: number, bins: number): string {
  if (bin === 0) return msg("hardest");
  return bin === bins - 1 ? msg("easiest") : `${bin + 1}`;
}
