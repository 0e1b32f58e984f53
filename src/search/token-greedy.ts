import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { started, startSearch } from "./state.ts";
import { sampleTokenChains } from "./token-chains.ts";

/**
 * One solution of likeliest tokens, a node each. What it writes is what `greedy`
 * writes with the same policy, unless a step is longer than that allows.
 */
export async function* tokenGreedy(
  strategy: StrategyOf<"tokenGreedy">,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const sampling = { ...context.sampling, temperature: 0 };
  const state = startSearch({ ...context, sampling, verifier: null }, 1);
  yield started(state, strategy);
  const { finished, rounds } = yield* sampleTokenChains(state, { ...strategy, n: 1, sampling });
  const finalists = finished.map((candidate) => ({ candidate, score: candidate.score }));
  yield* conclude(state, finalists, { method: "argmax", round: rounds, outOfRounds: false });
}
