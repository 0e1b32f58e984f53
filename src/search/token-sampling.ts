import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { started, startSearch } from "./state.ts";
import { sampleTokenChains } from "./token-chains.ts";

/**
 * `n` solutions on their own, a node a token, each drawn from the policy's
 * distribution at the run's temperature, cut to the `topK` likeliest and then to
 * the smallest set with the mass `topP`; the most frequent answer wins. The first
 * 4 of 8 solutions are those of a run of 4.
 *
 * Source: Fan et al. 2018, arXiv:1805.04833 (top-k); Holtzman et al. 2020,
 * arXiv:1904.09751 (top-p, their nucleus); Wang et al. 2022, arXiv:2203.11171
 * (the vote).
 */
export async function* tokenSampling(
  strategy: StrategyOf<"tokenSampling">,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const { sampling } = context;
  const state = startSearch({ ...context, verifier: null }, 1);
  yield started(state, strategy);
  const { finished, rounds } = yield* sampleTokenChains(state, { ...strategy, sampling });
  const finalists = finished.map((candidate) => ({ candidate, score: candidate.score }));
  yield* conclude(state, finalists, { method: "majority", round: rounds, outOfRounds: false });
}
