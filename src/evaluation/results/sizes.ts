import { cellsOf } from "../../protocol/evaluation-figures.ts";
import { modelsOf } from "../../protocol/evaluation-runs.ts";
import type { EvaluationCell } from "../../protocol/evaluations.ts";
import { binOf, difficulties, limitsOf } from "../analysis/difficulty.ts";
import { atEqualCost, type EqualCost } from "../analysis/equal-cost.ts";
import { Outcomes } from "../analysis/outcomes.ts";
import { armOf, cellTitle, largest, partsOf, type StoredEvaluation } from "./stored.ts";

const THIRDS = ["hard", "medium", "easy"];

/** A small policy with search against a larger one without, at equal FLOPs. */
export interface SizeResults {
  readonly n: number;
  readonly small: string;
  readonly large: string;
  readonly cells: readonly (EvaluationCell & { readonly family: string; readonly title: string })[];
  /** By family or `all`, then by how hard the small policy finds the problem. */
  readonly equalFlops: readonly (EqualCost & {
    readonly family: string;
    readonly bin: string;
    readonly titles: readonly string[];
  })[];
}

/**
 * Figures of an evaluation of sizes: arms of the evaluation's own policy, and one
 * greedy arm of another, larger one. Problems are hard, medium or easy by the share
 * of the small policy's own samples that is right. Throws if an arm is missing.
 */
export function sizeResults(evaluation: StoredEvaluation): SizeResults {
  const { spec, rows } = evaluation;
  const largeArm = spec.arms.findIndex((arm) => modelsOf(spec, arm).policy !== spec.policy);
  if (largeArm < 0) throw new Error("no arm of another policy");
  const large = { arm: largeArm, budget: 0 };
  return {
    n: new Set(rows.map(({ problem }) => problem)).size,
    small: spec.policy,
    large: modelsOf(spec, spec.arms[largeArm]!).policy,
    cells: partsOf(evaluation).flatMap(([family, of]) =>
      cellsOf(of).map((cell) => ({ family, title: cellTitle(spec, cell), ...cell })),
    ),
    equalFlops: partsOf(evaluation).flatMap(([family, of]) => {
      const outcomes = new Outcomes(of, "flops");
      const small = outcomes.cells.filter(
        ({ arm }) => modelsOf(spec, spec.arms[arm]!).policy === spec.policy,
      );
      const eases = difficulties(of, largest(outcomes, armOf(spec, "majority")), "oracle");
      const limits = limitsOf([...eases.values()], { kind: "quantiles", bins: THIRDS.length });
      const third = (bin: number) =>
        outcomes.problems.filter((problem) => binOf(eases.get(problem)!, limits) === bin);
      const bins: [name: string, problems: readonly number[]][] = [
        ["all", outcomes.problems],
        ...THIRDS.map((name, bin): [string, number[]] => [name, third(bin)]),
      ];
      return bins.flatMap(([bin, problems]) => {
        const found = atEqualCost(outcomes, { small, large }, problems);
        const titles = found?.cells.map((cell) => cellTitle(spec, cell)) ?? [];
        return found ? [{ family, bin, titles, ...found }] : [];
      });
    }),
  };
}
