import { titleOfArm, titleOfCell } from "../../protocol/evaluation-runs.ts";
import type { EvaluationRow, EvaluationSpec, EvaluationState } from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";
import { formatCount } from "../format.ts";
import { inARow } from "../words/node-words.ts";
import { t, tCount, tSaid } from "../words/t.ts";
import { UNIT_WORDS } from "./unit-words.ts";

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
  const plain = spec.arms.map((arm) => titleOfArm(arm, tSaid));
  return spec.arms.map((arm, i) => {
    const title = plain[i]!;
    if (plain.indexOf(title) === plain.lastIndexOf(title)) return title;
    return inARow([title, arm.policy ?? arm.verifier ?? cellTitle(spec, i, 0)]);
  });
}

/** What an arm is called at a budget: `Beam 16 × 4`. */
export function cellTitle(spec: EvaluationSpec, arm: number, budget: number): string {
  return titleOfCell(spec, arm, budget, tSaid);
}

/** `16 solutions`, `5,000 policy tokens`: what limits a run. */
export function budgetTitle(spec: EvaluationSpec, budget: number): string {
  const { solutions, ...limits } = spec.budgets[budget] ?? {};
  const others = (["policyTokens", "prmTokens", "prmCalls"] as const).flatMap((unit) => {
    const limit = limits[unit];
    return limit === undefined ? [] : [t(UNIT_WORDS[unit].amount, { amount: formatCount(limit) })];
  });
  const first =
    solutions === undefined ? [] : [tCount(solutions, "{count} solution", "{count} solutions")];
  return inARow([...first, ...others]);
}
