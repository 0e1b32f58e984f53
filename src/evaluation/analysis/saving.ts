import type { Interval } from "../../lib/interval.ts";
import type { Outcome } from "./outcomes.ts";
import { bootstrap } from "./resample.ts";

/** What the same problems came to at several budgets: `[budget][problem]`. */
export type Curve = readonly (readonly Outcome[])[];

/**
 * How many times less a curve pays than a reference for the accuracy that the
 * reference has: its cost over the curve's, above 1 where the curve is cheaper.
 * Between two budgets the curve's cost is interpolated, geometrically; 0 where it
 * never gets there. With a bootstrap interval over problems, which are the same
 * for both, at least one. Snell et al. 2024 report such a ratio, 4, as their headline.
 */
export function saving(curve: Curve, reference: readonly Outcome[]): Interval {
  return bootstrap(reference.length, (pick) => {
    const aim = meanOf(reference, pick);
    const reached = costOfReaching(
      curve.map((outcomes) => meanOf(outcomes, pick)),
      aim.right,
    );
    return reached === null ? 0 : aim.cost / reached;
  });
}

/** Least cost at which points reach an accuracy; `null` if none does. */
export function costOfReaching(points: readonly Outcome[], accuracy: number): number | null {
  const byCost = points.toSorted((a, b) => a.cost - b.cost);
  const reached = byCost.findIndex(({ right }) => right >= accuracy);
  if (reached <= 0) return byCost[reached]?.cost ?? null;
  const [before, after] = [byCost[reached - 1]!, byCost[reached]!];
  const way = (accuracy - before.right) / (after.right - before.right);
  return before.cost * (after.cost / before.cost) ** way;
}

function meanOf(outcomes: readonly Outcome[], pick: (i: number) => number): Outcome {
  let [right, cost] = [0, 0];
  for (let i = 0; i < outcomes.length; i++) {
    const outcome = outcomes[pick(i)]!;
    right += outcome.right;
    cost += outcome.cost;
  }
  return { right: right / outcomes.length, cost: cost / outcomes.length };
}
