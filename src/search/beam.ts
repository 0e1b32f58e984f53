import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import type { SearchContext } from "./context.ts";
import { beamPool, searchPool } from "./pool-search.ts";
import type { Verifier } from "./ports.ts";
import { started, startSearch } from "./state.ts";

/**
 * Beam search over steps against a process reward model.
 *
 * Sample `n` first steps. Then, round by round: score the new candidates, keep
 * the best `n / m` (rounded down, at least one), sample `m` next steps from
 * each. Finished candidates are not expanded again, yet stay in the pool and
 * compete on score, so each takes up one of the `n / m` places until better ones
 * push it out; then it is pruned like any other, and has no vote.
 *
 * The search ends when none of the best `n / m` is open, after `maxRounds`, or
 * with the budget. That last pool is not cut: every finished candidate in it
 * votes, weighted by score. So the work is bounded by `n` steps a round, that is
 * `n` solutions, and up to `n` of them vote, as in the paper.
 *
 * Copies among siblings are pruned before anything is spent on them. Equal
 * scores are ranked by id. With `stopAt` the search also ends, uncut, as soon as
 * a finished candidate with an answer scores at least that.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 5.2, "beam search". Its
 * N (number of beams) is `n`, its M (beam width) is `m`, its 40 rounds are
 * `maxRounds`, and it aggregates by "last". It leaves open what becomes of
 * finished beams, ties and duplicates; the rules above are ours.
 */
export async function* beam(
  strategy: StrategyOf<"beam">,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { verifier } = context;
  const state = startSearch(context);
  yield started(state, strategy);
  const pool = { ...beamPool(strategy), k: 0, selection: "weighted_majority" } as const;
  yield* searchPool(state, { ...strategy, ...pool, verifier });
}
