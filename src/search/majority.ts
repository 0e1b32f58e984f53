import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { sampleChains } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { type Candidate, started, startSearch } from "./state.ts";

type MajorityStrategy = Extract<Strategy, { name: "majority" }>;

/**
 * Self-consistency: `n` sampled solutions, one vote each. Asks no verifier. With
 * `stopEarly` it ends when the leading answer is ahead of every other by more
 * votes than there are open solutions: the answer is then that of all `n`.
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
  const isEnough = strategy.stopEarly ? cannotBeOvertaken : undefined;
  const { finished, rounds, unfinished } = yield* sampleChains(state, strategy.n, isEnough);
  const finalists = finished.map((candidate) => ({ candidate, score: null }));
  const ending = { method: "majority", round: rounds, outOfRounds: false } as const;
  yield* conclude(state, finalists, { ...ending, unfinished });
}

function cannotBeOvertaken(finished: readonly Candidate[], open: number): boolean {
  const answers = finished.flatMap(({ answer }) => answer?.canonical ?? []);
  const counts = [...Map.groupBy(answers, (answer) => answer).values()].map(({ length }) => length);
  const [first = 0, second = 0] = counts.sort((a, b) => b - a);
  return first - second > open;
}
