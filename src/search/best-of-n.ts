import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { sampleChains } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import type { Verifier } from "./ports.ts";
import { score } from "./score.ts";
import { started, startSearch } from "./state.ts";

type BestOfNStrategy = Extract<Strategy, { name: "bestOfN" }>;

/**
 * `n` sampled solutions, each scored by the verifier in one pass. Weighted, the
 * scores of equal answers are summed and the greatest sum wins; plain, the
 * solution with the best score wins alone.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, best-of-N weighted (its N is
 * `n`). Unlike some implementations, solutions without a readable answer have
 * no vote.
 */
export async function* bestOfN(
  strategy: BestOfNStrategy,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { n, weighted, aggregation } = strategy;
  const state = startSearch(context);
  yield started(state, strategy);
  const { finished, rounds } = yield* sampleChains(state, n);
  yield { type: "round", round: rounds, phase: "score" };
  const finalists = yield* score(state, finished, { verifier: context.verifier, aggregation });
  const method = weighted ? "weighted_majority" : "argmax";
  yield* conclude(state, finalists, { method, round: rounds, outOfRounds: false });
}
