import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import type { SearchContext } from "./context.ts";
import { beamPool, searchPool } from "./pool-search.ts";
import type { Verifier } from "./ports.ts";
import { started, startSearch } from "./state.ts";

/**
 * Beam search whose candidates are judged by where they lead: the value of a
 * candidate is the verifier's score at the end of a rollout of at most `k` more
 * steps from it, at temperature 0, which stops where the reasoning ends. With
 * `k` = 0 it is `beam`, fact by fact.
 *
 * A rollout is a chain of nodes of origin `rollout` below its candidate. The path
 * to its end is scored in one pass, which states the score of every step on it,
 * and the candidate's `scored` names that end (`rolledOutTo`). A rollout has no
 * place in the pool and no vote; it is pruned, `superseded` by its candidate,
 * when the candidate is expanded or pruned. There is one exception, which saves
 * work and changes no decision: if a sampled step says what its parent's rollout
 * said first, that node becomes the candidate, with the rest of the rollout as
 * its own, and the sampled one is pruned as its copy.
 *
 * A candidate costs `k + 1` solutions' worth of steps of the budget, as in the
 * paper, whatever its rollout saves. A rollout that is cut off counts up to its
 * last whole step.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 5.2, "lookahead search":
 * its k is `k`, its N and M are `n` and `m`, and its cost is N (k + 1). Unlike
 * search-and-learn 0.1, whose beam search rolls out and then scores the
 * candidate without its rollout, what is rolled out is scored.
 */
export async function* lookahead(
  strategy: StrategyOf<"lookahead">,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { verifier } = context;
  const state = startSearch(context);
  yield started(state, strategy);
  yield* searchPool(state, { ...strategy, ...beamPool(strategy), verifier });
}
