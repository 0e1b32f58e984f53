import type { CellPlace } from "../../../evaluation/analysis/outcomes.ts";
import type { EvaluationSpec } from "../../../protocol/evaluations.ts";

/**
 * Two cells that are worth a comparison before anybody chooses: best of N against
 * beam where both are there, else the first two arms, at the largest budget; of one
 * arm, its smallest and largest budget.
 */
export function usualFlips({ arms, budgets }: EvaluationSpec): readonly [CellPlace, CellPlace] {
  const last = budgets.length - 1;
  const armOf = (name: string) => arms.findIndex(({ strategy }) => strategy.name === name);
  const [best, beam] = [armOf("bestOfN"), armOf("beam")];
  if (best >= 0 && beam >= 0) {
    return [
      { arm: best, budget: last },
      { arm: beam, budget: last },
    ];
  }
  if (arms.length === 1) {
    return [
      { arm: 0, budget: 0 },
      { arm: 0, budget: last },
    ];
  }
  return [
    { arm: 0, budget: last },
    { arm: 1, budget: last },
  ];
}
