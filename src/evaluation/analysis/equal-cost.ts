import { type Interval, pairedDifference } from "../../lib/interval.ts";
import { foldsOf } from "./folds.ts";
import { type CellPlace, meanOutcome, type Outcome, type Outcomes } from "./outcomes.ts";

/** A small policy with search against a larger one without, on the same problems and for the same cost. */
export interface EqualCost {
  /** What the small one did, for each half of the problems: see `atEqualCost`. */
  readonly cells: readonly CellPlace[];
  /** Means over the problems. */
  readonly small: Outcome;
  readonly large: Outcome;
  /** Accuracy of the small one minus that of the large one, in [−1, 1]. */
  readonly difference: Interval;
  /** Problems. */
  readonly n: number;
}

/**
 * The most accurate of the small model's cells that cost, on average, no more
 * than the large model's one. Which it is is learnt on one half of the problems
 * and tried on the other, both ways, lest luck chooses it. `null` if a half is
 * empty, or all cells cost more there.
 */
export function atEqualCost(
  outcomes: Outcomes,
  { small, large }: { readonly small: readonly CellPlace[]; readonly large: CellPlace },
  problems: readonly number[],
): EqualCost | null {
  const [first, second] = foldsOf(problems);
  const cells: CellPlace[] = [];
  const pairs: [Outcome, Outcome][] = [];
  for (const [here, there] of [[first, second] as const, [second, first] as const]) {
    const cell = bestWithin(outcomes, { small, large }, there);
    if (cell === null || here.length === 0) return null;
    cells.push(cell);
    for (const problem of here)
      pairs.push([outcomes.at(problem, cell), outcomes.at(problem, large)]);
  }
  return {
    cells,
    small: meanOutcome(pairs.map(([ours]) => ours)),
    large: meanOutcome(pairs.map(([, theirs]) => theirs)),
    difference: pairedDifference(pairs.map(([ours, theirs]) => [ours.right, theirs.right])),
    n: pairs.length,
  };
}

function bestWithin(
  outcomes: Outcomes,
  { small, large }: { readonly small: readonly CellPlace[]; readonly large: CellPlace },
  problems: readonly number[],
): CellPlace | null {
  if (problems.length === 0) return null;
  const limit = outcomes.mean(problems, large).cost;
  const fitting = small
    .map((cell) => ({ cell, ...outcomes.mean(problems, cell) }))
    .filter(({ cost }) => cost <= limit);
  if (fitting.length === 0) return null;
  return fitting.reduce((a, b) => (b.right > a.right ? b : a)).cell;
}
