import type { EvaluationRow, RowPlace } from "../../protocol/evaluations.ts";

/** An arm at a budget: indices into those of the spec. */
export type CellPlace = Pick<RowPlace, "arm" | "budget">;

/** What a run can be said to have cost. `flops` are unknown for models that do not tell their size. */
export type CostUnit = "policyTokens" | "prmTokens" | "prmCalls" | "solutions" | "flops" | "ms";

/** What one cell came to on one problem, its repeats averaged. */
export interface Outcome {
  /** Share of the repeats that were right, in [0, 1]. */
  readonly right: number;
  /** Of one run, in the unit that was asked for. */
  readonly cost: number;
}

/** Cost of a row; `null` if it is not known. */
function costOf({ use, solutions }: EvaluationRow, unit: CostUnit): number | null {
  if (unit === "solutions") return solutions;
  return use[unit] ?? null;
}

/**
 * What every cell came to on every problem. Only problems that can be graded, and
 * that every cell has run, are in it, so that all comparisons are paired; rows
 * without a cost in `unit` are left out.
 */
export class Outcomes {
  readonly unit: CostUnit;
  /** Problem indices, ascending. */
  readonly problems: readonly number[];
  /** By arm, then by budget. */
  readonly cells: readonly CellPlace[];
  readonly #of: ReadonlyMap<string, ReadonlyMap<number, Outcome>>;

  constructor(rows: readonly EvaluationRow[], unit: CostUnit) {
    const known = rows.filter((row) => row.correct !== null && costOf(row, unit) !== null);
    const byCell = Map.groupBy(known, keyOf);
    this.unit = unit;
    this.#of = new Map(
      [...byCell].map(([key, of]) => [
        key,
        new Map([...Map.groupBy(of, (row) => row.problem)].map(([p, all]) => [p, mean(all, unit)])),
      ]),
    );
    this.cells = [...byCell.values()]
      .map(([row]) => ({ arm: row!.arm, budget: row!.budget }))
      .toSorted((a, b) => a.arm - b.arm || a.budget - b.budget);
    const counts = Map.groupBy(
      [...this.#of.values()].flatMap((of) => [...of.keys()]),
      (problem) => problem,
    );
    this.problems = [...counts]
      .filter(([, cells]) => cells.length === this.cells.length)
      .map(([problem]) => problem)
      .toSorted((a, b) => a - b);
  }

  /** Throws if there are no rows of it. */
  at(problem: number, cell: CellPlace): Outcome {
    const outcome = this.#of.get(keyOf(cell))?.get(problem);
    if (outcome) return outcome;
    throw new Error(`no rows of problem ${problem}, arm ${cell.arm}, budget ${cell.budget}`);
  }

  /** Budgets that an arm was run at, ascending. */
  budgetsOf(arm: number): number[] {
    return this.cells.filter((cell) => cell.arm === arm).map(({ budget }) => budget);
  }

  /** Means over problems, at least one. */
  mean(problems: readonly number[], cell: CellPlace): Outcome {
    return meanOutcome(problems.map((problem) => this.at(problem, cell)));
  }
}

/** Mean of at least one. */
export function meanOutcome(outcomes: readonly Outcome[]): Outcome {
  const mean = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
  return { right: mean(({ right }) => right), cost: mean(({ cost }) => cost) };
}

function mean(rows: readonly EvaluationRow[], unit: CostUnit): Outcome {
  return meanOutcome(
    rows.map((row) => ({ right: row.correct === true ? 1 : 0, cost: costOf(row, unit)! })),
  );
}

function keyOf({ arm, budget }: CellPlace): string {
  return `${arm} ${budget}`;
}
