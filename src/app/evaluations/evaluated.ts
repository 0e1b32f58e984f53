import { titleOfArm, titleOfCell } from "../../protocol/evaluation-runs.ts";
import type { EvaluationRow, EvaluationSpec, EvaluationState } from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";

/** An evaluation with what it came to so far. */
export interface Evaluated {
  readonly state: EvaluationState;
  /** `problems[row.problem]` is what a row is about. */
  readonly problems: readonly Problem[];
  readonly rows: readonly EvaluationRow[];
}

/** The families that the problems of an evaluation are of, as the rows have them first. */
export function familiesOf(problems: readonly Problem[]): string[] {
  return [...new Set(problems.map(familyOf))];
}

export function familyOf({ family }: Pick<Problem, "family">): string {
  return family ?? "other";
}

/** What the arms are called, each by a name of its own: with its model or its size where the strategy does not tell it from others. */
export function armTitles(spec: EvaluationSpec): string[] {
  const plain = spec.arms.map(titleOfArm);
  return spec.arms.map((arm, i) => {
    const title = plain[i]!;
    if (plain.indexOf(title) === plain.lastIndexOf(title)) return title;
    return `${title}, ${arm.policy ?? arm.verifier ?? titleOfCell(spec, i, 0)}`;
  });
}

/** `16 solutions`, `5,000 policy tokens`: what limits a run. */
export function budgetTitle(spec: EvaluationSpec, budget: number): string {
  const words = {
    solutions: "solutions",
    policyTokens: "policy tokens",
    prmTokens: "PRM tokens",
    prmCalls: "PRM calls",
  } as const;
  return Object.entries(words)
    .flatMap(([unit, word]) => {
      const limit = spec.budgets[budget]?.[unit as keyof typeof words];
      if (limit === undefined) return [];
      return [
        limit === 1 && unit === "solutions"
          ? "1 solution"
          : `${limit.toLocaleString("en")} ${word}`,
      ];
    })
    .join(", ");
}
