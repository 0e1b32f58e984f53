import type { Fact } from "../protocol/events.ts";
import { expand, planExpansions } from "./expand.ts";
import { pruned } from "./prune.ts";
import type { Candidate, SearchState } from "./state.ts";

/** Longest solution, in steps. */
export const MAX_STEPS = 64;

export interface Chains {
  /** Those that ended by themselves, in the order of their ids. */
  readonly finished: readonly Candidate[];
  /** The last round: the steps of the longest, and the rounds before. */
  readonly rounds: number;
  /** Open when there were enough. */
  readonly unfinished: readonly Candidate[];
}

/**
 * Samples `count` whole solutions, fewer if the budget grants fewer. They grow
 * in lock-step: in every round each unfinished one asks for its next step, all
 * in one batch. As a solution's steps depend on its own prefix and random
 * streams alone, this has the distribution of sampling each in one go.
 *
 * A solution that says the same as another is marked as its duplicate and goes
 * on all the same: in a vote, being likely counts. One whose step was cut off is
 * pruned as `invalid`, one that does not end within `MAX_STEPS` as `max_depth`,
 * and what is open when the budget ends as `budget`. `isEnough` is asked after
 * each round whether the open ones may be left as they are. Rounds are counted on
 * from `roundsBefore`.
 */
export async function* sampleChains(
  state: SearchState,
  count: number,
  isEnough: (finished: readonly Candidate[], open: number) => boolean = () => false,
  roundsBefore = 0,
): AsyncGenerator<Fact, Chains, void> {
  const finished: Candidate[] = [];
  let round = roundsBefore;
  let unfinished: readonly Candidate[] = [];
  let plan = planExpansions(state, [state.root], count);
  while (plan.length > 0) {
    round++;
    yield { type: "round", round, phase: "expand" };
    const born = yield* expand(state, plan);
    finished.push(...born.filter(({ ended }) => ended === "stop"));
    yield* pruned(
      born.filter(({ ended }) => ended === "length"),
      "invalid",
    );
    const open = born.filter(({ ended }) => ended === "step");
    if (round === roundsBefore + MAX_STEPS) {
      yield* pruned(open, "max_depth");
      break;
    }
    if (open.length > 0 && isEnough(finished, open.length)) {
      unfinished = open;
      break;
    }
    plan = planExpansions(state, open, 1);
    yield* pruned(open.slice(plan.length), "budget");
  }
  return { finished: finished.sort((a, b) => a.id - b.id), rounds: round, unfinished };
}
