import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { MAX_STEPS, sampleChains } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { beamPool, searchPool } from "./pool-search.ts";
import type { Verifier } from "./ports.ts";
import { type Scored, score } from "./score.ts";
import { started, startSearch } from "./state.ts";

type ComputeOptimal = StrategyOf<"computeOptimal">;

/**
 * Spends a budget as suits the problem. `first` whole solutions are sampled and
 * scored; their mean score says how easy the problem looks (`ease` of the
 * `estimate` round). Below `hardBelow` it is hard, from `easyFrom` on easy. What is
 * left of `n` then goes into more solutions, a beam, or nothing, as `hard`, `medium`
 * and `easy` say. The first solutions are paid for and take part to the end: they
 * vote, and in a beam they compete from the first cut on.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 3: the compute-optimal
 * strategy θ*(q, N) with difficulty as the verifier predicts it. Theirs chooses by
 * a table of bins that was learnt on other problems, and does not count the
 * estimate; ours has two limits in the place of quantiles, and counts it. A table
 * is learnt from any evaluation, see `src/evaluation/analysis`.
 */
export async function* computeOptimal(
  strategy: ComputeOptimal,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { n, first, m, aggregation } = strategy;
  const { verifier } = context;
  const state = startSearch(context);
  yield started(state, strategy);

  const trial = yield* sampleChains(state, Math.min(first, n));
  yield { type: "round", round: trial.rounds, phase: "score" };
  const tried = yield* score(state, trial.finished, { verifier, aggregation });
  const ease = easeOf(tried);
  const left = n - Math.min(first, n);
  const way = left === 0 ? "stop" : wayOf(strategy, ease);
  yield { type: "round", round: trial.rounds, phase: "estimate", ease };

  const before = { round: trial.rounds, finished: tried };
  const method = "weighted_majority";
  if (way === "beam") {
    const pool = {
      ...beamPool({ n: left, m: Math.min(m, left) }),
      k: 0,
      selection: method,
    } as const;
    yield* searchPool(state, { ...pool, maxRounds: MAX_STEPS, aggregation, verifier, before });
    return;
  }
  const finalists = [...tried];
  let round = trial.rounds;
  if (way === "bestOfN") {
    const more = yield* sampleChains(state, left, undefined, round);
    round = more.rounds;
    yield { type: "round", round, phase: "score" };
    finalists.push(...(yield* score(state, more.finished, { verifier, aggregation })));
  }
  yield* conclude(state, finalists, { method, round, outOfRounds: false });
}

/** Mean score of the solutions; 0 if there are none: what cannot be finished is hard. */
function easeOf(tried: readonly Scored[]): number {
  if (tried.length === 0) return 0;
  return tried.reduce((sum, entry) => sum + entry.score, 0) / tried.length;
}

function wayOf({ hardBelow, easyFrom, hard, medium, easy }: ComputeOptimal, ease: number) {
  if (ease < hardBelow) return hard;
  return ease >= easyFrom ? easy : medium;
}
