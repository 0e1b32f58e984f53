import { modelsOf, titleOfArm, titleOfCell } from "../../protocol/evaluation-runs.ts";
import type { EvaluationRow, EvaluationSpec } from "../../protocol/evaluations.ts";
import type { Problem } from "../../protocol/events.ts";
import type { CellPlace, Outcomes } from "../analysis/outcomes.ts";

/** An evaluation as the command line leaves it, without its summary. */
export interface StoredEvaluation {
  readonly spec: EvaluationSpec;
  readonly problems: readonly Problem[];
  readonly rows: readonly EvaluationRow[];
}

/** The rows of all problems, and those of each family. */
export function partsOf({
  problems,
  rows,
}: StoredEvaluation): [name: string, rows: EvaluationRow[]][] {
  const families = Map.groupBy(rows, (row) => problems[row.problem]!.family ?? "other");
  return [["all", [...rows]], ...(families.size > 1 ? families : [])];
}

/** Index of the arm of the evaluation's own policy with this strategy. Throws if there is none. */
export function armOf(spec: EvaluationSpec, name: string): number {
  const arm = spec.arms.findIndex(
    ({ strategy, policy }) =>
      strategy.name === name && (policy === undefined || policy === spec.policy),
  );
  if (arm >= 0) return arm;
  throw new Error(`no arm ${name} among ${spec.arms.map((arm) => titleOfArm(arm)).join(", ")}`);
}

/** Where policies are compared: whose it is, and what it does. */
export function cellTitle(spec: EvaluationSpec, { arm, budget }: CellPlace): string {
  const { policy } = modelsOf(spec, spec.arms[arm]!);
  return `${policy}: ${titleOfCell(spec, arm, budget)}`;
}

/** The cell of an arm at its largest budget. */
export function largest(outcomes: Outcomes, arm: number): CellPlace {
  return { arm, budget: outcomes.budgetsOf(arm).at(-1)! };
}
