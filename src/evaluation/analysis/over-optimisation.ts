import { type Interval, wilson } from "../../lib/interval.ts";
import type { EvaluationRow } from "../../protocol/evaluations.ts";
import type { CellPlace } from "./outcomes.ts";
import { bootstrap } from "./resample.ts";

/** What the verifier thinks of the chosen solutions of a cell, and how many of them are right. */
export interface ScoreAgainstTruth extends CellPlace {
  /** Runs that chose a solution with a score, and can be graded. */
  readonly n: number;
  readonly score: Interval;
  readonly accuracy: Interval;
}

/**
 * Where a search over-optimises, the score goes on rising with the budget while
 * the accuracy stands still or falls (Gao et al. 2023, "Scaling laws for reward
 * model overoptimization"). By arm, then by budget; cells without scores are left out.
 */
export function scoreAgainstTruth(rows: readonly EvaluationRow[]): ScoreAgainstTruth[] {
  const scored = rows.filter(({ score, correct }) => score !== null && correct !== null);
  return [...Map.groupBy(scored, ({ arm, budget }) => `${arm} ${budget}`).values()]
    .map((of) => {
      const scores = of.map(({ score }) => score!);
      const right = of.filter(({ correct }) => correct === true).length;
      return {
        ...{ arm: of[0]!.arm, budget: of[0]!.budget, n: of.length },
        score: bootstrap(scores.length, (pick) => {
          let sum = 0;
          for (let i = 0; i < scores.length; i++) sum += scores[pick(i)]!;
          return sum / scores.length;
        }),
        accuracy: wilson(right, of.length),
      };
    })
    .toSorted((a, b) => a.arm - b.arm || a.budget - b.budget);
}

/** Rows whose chosen solution is wrong, those first that the verifier loved most. */
export function lovedAndWrong(rows: readonly EvaluationRow[]): EvaluationRow[] {
  return rows
    .filter(({ score, correct }) => score !== null && correct === false)
    .toSorted((a, b) => b.score! - a.score!);
}
