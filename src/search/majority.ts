import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { sampleChains } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { started, startSearch } from "./state.ts";

type MajorityStrategy = Extract<Strategy, { name: "majority" }>;

/**
 * Self-consistency: `n` sampled solutions, one vote each. Asks no verifier.
 *
 * Source: Wang et al. 2022, arXiv:2203.11171 (its m samples are `n`, its
 * unweighted majority is ours).
 */
export async function* majority(
  strategy: MajorityStrategy,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const state = startSearch({ ...context, verifier: null });
  yield started(state, strategy);
  const { finished, rounds } = yield* sampleChains(state, strategy.n);
  const finalists = finished.map((candidate) => ({ candidate, score: null }));
  yield* conclude(state, finalists, { method: "majority", round: rounds, outOfRounds: false });
}
