import { bootstrapRatio, type Interval, pairedDifference, wilson } from "../lib/interval.ts";
import type {
  EvaluationCell,
  EvaluationRow,
  EvaluationSummary,
  MeanCost,
  PairedDifference,
} from "./evaluations.ts";

type CellPlace = Pick<EvaluationRow, "arm" | "budget">;

/** Points of all cells, and how each differs from the first arm; of no rows, nothing. Pass the rows of some problems for figures of those. */
export function summarise(rows: readonly EvaluationRow[]): EvaluationSummary {
  const cells = cellsOf(rows);
  const differences = cells
    .filter(({ arm }) => arm > 0)
    .map(({ arm, budget }) =>
      differenceOf(rows, { cell: { arm, budget }, against: { arm: 0, budget } }),
    );
  return { cells, differences };
}

/** By arm, then by budget. Rows that nobody can grade are in none. */
export function cellsOf(rows: readonly EvaluationRow[]): EvaluationCell[] {
  const graded = rows.filter(({ correct }) => correct !== null);
  return [...Map.groupBy(graded, ({ arm, budget }) => `${arm} ${budget}`).values()]
    .map((of) => ({
      ...{ arm: of[0]!.arm, budget: of[0]!.budget, n: of.length },
      failed: of.filter(({ status }) => status === "failed").length,
      accuracy: accuracyOf(of),
      cost: meanCost(of),
    }))
    .toSorted((a, b) => a.arm - b.arm || a.budget - b.budget);
}

/** Share of the rows, at least one, that are right. Repeats of a problem belong together, so they are drawn together. */
function accuracyOf(rows: readonly EvaluationRow[]): Interval {
  const right = countRight(rows);
  const problems = Map.groupBy(rows, ({ problem }) => problem);
  if (problems.size === rows.length) return wilson(right, rows.length);
  return bootstrapRatio(
    [...problems.values()].map((of) => ({ numerator: countRight(of), denominator: of.length })),
  );
}

/** Mean of at least one row. */
function meanCost(rows: readonly EvaluationRow[]): MeanCost {
  const mean = (of: (row: EvaluationRow) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  return {
    solutions: mean(({ solutions }) => solutions),
    policyTokens: mean(({ use }) => use.policyTokens),
    prmTokens: mean(({ use }) => use.prmTokens),
    prmCalls: mean(({ use }) => use.prmCalls),
    ms: mean(({ use }) => use.ms),
    flops: rows.every(({ use }) => use.flops !== undefined)
      ? mean(({ use }) => use.flops ?? 0)
      : null,
  };
}

/** How much more often `cell` is right than `against`, over the problems that both have rows of, at least one. */
export function differenceOf(
  rows: readonly EvaluationRow[],
  { cell, against }: { readonly cell: CellPlace; readonly against: CellPlace },
): PairedDifference {
  const theirs = sharesByProblem(rows, against);
  const pairs = [...sharesByProblem(rows, cell)].flatMap(([problem, share]) =>
    theirs.has(problem) ? [[share, theirs.get(problem)!] as const] : [],
  );
  return { ...cell, against, n: pairs.length, difference: pairedDifference(pairs) };
}

/** Of each problem, the share of a cell's repeats that are right. */
function sharesByProblem(
  rows: readonly EvaluationRow[],
  { arm, budget }: CellPlace,
): Map<number, number> {
  const of = rows.filter((row) => row.arm === arm && row.budget === budget && row.correct !== null);
  return new Map(
    [...Map.groupBy(of, ({ problem }) => problem)].map(([problem, repeats]) => [
      problem,
      countRight(repeats) / repeats.length,
    ]),
  );
}

function countRight(rows: readonly EvaluationRow[]): number {
  return rows.filter(({ correct }) => correct === true).length;
}
