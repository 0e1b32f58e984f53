import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { sampleChains } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { started, startSearch } from "./state.ts";

type GreedyStrategy = Extract<Strategy, { name: "greedy" }>;

/** One solution of likeliest tokens: the policy by itself, at temperature 0 whatever the context says. */
export async function* greedy(
  strategy: GreedyStrategy,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const sampling = { ...context.sampling, temperature: 0 };
  const state = startSearch({ ...context, sampling, verifier: null });
  yield started(state, strategy);
  const { finished, rounds } = yield* sampleChains(state, 1);
  const finalists = finished.map((candidate) => ({ candidate, score: null }));
  yield* conclude(state, finalists, { method: "argmax", round: rounds, outOfRounds: false });
}
