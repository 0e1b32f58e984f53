import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { MAX_STEPS } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { prunedToDistinct } from "./copies.ts";
import { type Expansion, expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { pruned, prunedFact, prunedNode } from "./prune.ts";
import { bestFirst, isFinished, isGoodEnough, type Scored, score } from "./score.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

type TotDfs = StrategyOf<"totDfs">;

/**
 * Tree of Thoughts, depth first. Each round expands one node: `width` next steps
 * are proposed and scored, those below `threshold` are pruned, and the search goes
 * on from the best of the others. Where none is left it goes back to the best one
 * that was not tried of the nearest node above that has any.
 *
 * It ends when `wanted` solutions are finished at or above the threshold, after
 * `expansions`, with the budget, when everything was tried, or, with `stopAt`, as
 * soon as a finished solution with an answer scores at least that. What is still
 * open then is superseded. Copies among siblings are pruned; equal scores are
 * ranked by id.
 *
 * Source: Yao et al. 2023, "Tree of thoughts", arXiv:2305.10601, algorithm 2
 * (ToT-DFS): its k is `width`, its V(p, s) the verifier's score in place of a
 * prompt, its v_th `threshold`, its limit of 100 steps `expansions`. It records an
 * output wherever the step limit T is reached; here that is where the reasoning ends.
 */
export async function* totDfs(
  strategy: TotDfs,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { expansions, width, wanted, stopAt, selection } = strategy;
  const state = startSearch(context);
  yield started(state, strategy);

  const finished: Scored[] = [];
  // What was not tried yet; the next to be tried is last.
  const open: Candidate[] = [state.root];
  let round = 0;
  let isDecided = false;
  let isSpent = false;
  while (open.length > 0 && round < expansions && !isDecided && !isSpent) {
    const plan = planExpansions(state, open.slice(-1), width);
    isSpent = plan.length === 0;
    if (isSpent) break;
    open.pop();
    round++;
    const good = yield* grow(state, plan, { strategy, round, verifier: context.verifier });
    finished.push(...good.filter(isFinished));
    const next = good.filter((entry) => !isFinished(entry)).sort(bestFirst);
    open.push(...next.map(({ candidate }) => candidate).reverse());
    isDecided = finished.length >= wanted || good.some((entry) => isGoodEnough(entry, stopAt));
  }
  const left = open.filter((candidate) => candidate !== state.root);
  if (isSpent) yield* pruned(left, "budget");
  yield* conclude(state, finished, {
    ...{ method: selection, round, outOfRounds: false, isDecided },
    unfinished: isSpent ? [] : left,
  });
}

interface Turn {
  readonly strategy: TotDfs;
  readonly round: number;
  readonly verifier: Verifier;
}

/** Samples what is planned and scores it; those that are good enough to go on, or to count. */
async function* grow(
  state: SearchState,
  plan: readonly Expansion[],
  { strategy: { aggregation, threshold }, round, verifier }: Turn,
): AsyncGenerator<Fact, Scored[], void> {
  yield { type: "round", round, phase: "expand" };
  const [fresh = []] = yield* prunedToDistinct([yield* expand(state, plan)]);
  yield { type: "round", round, phase: "score" };
  const scored = yield* score(state, fresh, { verifier, aggregation });

  yield { type: "round", round, phase: "prune" };
  const bad = scored.filter((entry) => entry.score < threshold);
  const defeat = { rank: null, cut: threshold, beatenBy: null };
  yield* prunedFact(bad.map(({ candidate }) => prunedNode(candidate, "below_threshold", defeat)));
  const good = scored.filter((entry) => entry.score >= threshold);
  const tooDeep = good.filter(
    (entry) => !isFinished(entry) && entry.candidate.steps.length >= MAX_STEPS,
  );
  yield* pruned(
    tooDeep.map(({ candidate }) => candidate),
    "max_depth",
  );
  return good.filter((entry) => !tooDeep.includes(entry));
}
