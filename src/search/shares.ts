import { portableExp, portableLn } from "../lib/portable-exp.ts";
import type { Fact } from "../protocol/events.ts";
import { type Expansion, planWidths } from "./expand.ts";
import type { Scored } from "./score.ts";
import type { SearchState } from "./state.ts";

/** How much of what is done next falls to a candidate. */
export interface Share extends Scored {
  /** Its part of the whole, in [0, 1]. */
  readonly share: number;
  /** How many next steps that comes to; of a finished one how many places it takes. */
  readonly count: number;
}

/** Closest to 0 and 1 that a score is taken to be where its odds are asked for, as in its_hub. */
const LEAST_DOUBT = 1e-7;

/** ln (p / (1 − p)) of a score, between −16.1 and 16.1. */
export function logOdds(score: number): number {
  const p = Math.min(Math.max(score, LEAST_DOUBT), 1 - LEAST_DOUBT);
  return p < 0.5 ? -portableLn((1 - p) / p) : portableLn(p / (1 - p));
}

/** Parts of 1 in proportion to e^(value / temperature), temperature above 0; none of no values. */
export function softmax(values: readonly number[], temperature: number): number[] {
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = values.map((value) => portableExp((value - most) / temperature));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

/** States the shares: what each came to as `visits`, its part of the whole as `value`. */
export function shared(shares: readonly Share[]): Fact {
  return {
    type: "visited",
    nodes: shares.map(({ candidate, count, share }) => ({
      node: candidate.id,
      visits: count,
      value: share,
    })),
  };
}

/** Plans the next steps of those that are open, as many as the budget grants; the last are cut first. */
export function planShares(state: SearchState, open: readonly Share[]): Expansion[] {
  const wanted = open.map(({ candidate, count }) => ({ parent: candidate, kids: count }));
  return planWidths(
    state,
    wanted.filter(({ kids }) => kids > 0),
  );
}
