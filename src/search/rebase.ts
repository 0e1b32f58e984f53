import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { prunedToDistinct } from "./copies.ts";
import { type Expansion, expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { pruned, prunedFact, prunedNode } from "./prune.ts";
import { bestFirst, isFinished, isGoodEnough, type Scored, score } from "./score.ts";
import { planShares, type Share, shared, softmax } from "./shares.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

type Rebase = StrategyOf<"rebase">;

/**
 * Reward-balanced search. It begins with `n` next steps of the problem. Round by
 * round the open candidates share out what is left of `n`, each finished solution
 * having taken one, by softmax(score / `scoreTemperature`): each gets so many next
 * steps, rounded so that they add up (`widths`). Those left with none are pruned,
 * beaten by the last that got some.
 *
 * So all that is worth it goes on, the good more widely, and the work is bounded
 * by `n` steps a round, that is `n` solutions. `visited` tells the next steps of
 * each and its share. Copies among siblings are pruned before they are scored, and
 * what they would have cost falls to the next round. Equal scores are ranked by id.
 *
 * The search ends when none is open, when `n` are finished, after `maxRounds`,
 * with the budget, or, with `stopAt`, as soon as a finished solution with an
 * answer scores at least that. All finished solutions vote.
 *
 * Source: Wu et al. 2024, "Inference scaling laws", arXiv:2408.00724, section
 * 3.2, "reward balanced search": its budget N is `n`, its R(n_j) the
 * aggregated score, its T_b `scoreTemperature`, its B_i what is left, its W_j
 * the next steps of each. It rounds each for itself, and programs round up
 * (ETS, `rebase.py`), which can spend more than is left, or less.
 */
export async function* rebase(
  strategy: Rebase,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { n, maxRounds, selection, stopAt } = strategy;
  const state = startSearch(context);
  yield started(state, strategy);

  const finished: Scored[] = [];
  let round = 0;
  let outOfRounds = false;
  let unfinished: readonly Candidate[] = [];
  let plan = planExpansions(state, [state.root], n);
  while (plan.length > 0) {
    round++;
    const fresh = yield* grow(state, plan, { strategy, round, verifier: context.verifier });
    finished.push(...fresh.filter(isFinished));
    const open = fresh.filter((entry) => !isFinished(entry)).sort(bestFirst);
    const isDecided = fresh.some((entry) => isGoodEnough(entry, stopAt));
    outOfRounds = !isDecided && round === maxRounds && open.length > 0;

    yield { type: "round", round, phase: "prune" };
    if (isDecided) unfinished = open.map(({ candidate }) => candidate);
    if (outOfRounds)
      yield* pruned(
        open.map(({ candidate }) => candidate),
        "max_depth",
      );
    const isOver = isDecided || outOfRounds;
    plan = isOver ? [] : yield* shareOut(state, open, { strategy, left: n - finished.length });
  }
  yield* conclude(state, finished, { method: selection, round, outOfRounds, unfinished });
}

interface Turn {
  readonly strategy: Rebase;
  readonly round: number;
  readonly verifier: Verifier;
}

/** Samples what is planned, and scores what is worth it. */
async function* grow(
  state: SearchState,
  plan: readonly Expansion[],
  { strategy, round, verifier }: Turn,
): AsyncGenerator<Fact, Scored[], void> {
  yield { type: "round", round, phase: "expand" };
  const born = yield* expand(state, plan);
  const families = [...Map.groupBy(born, ({ parent }) => parent).values()];
  const distinct = yield* prunedToDistinct(families);
  yield { type: "round", round, phase: "score" };
  const { aggregation } = strategy;
  return yield* score(state, distinct.flat(), { verifier, aggregation });
}

/**
 * Shares out what is left among the open, who come best first; says who goes on, and
 * plans it. There are never more of them than there is left.
 */
function* shareOut(
  state: SearchState,
  open: readonly Scored[],
  { strategy, left }: { strategy: Rebase; left: number },
): Generator<Fact, Expansion[], void> {
  if (open.length === 0) return [];
  const shares = widths(open, { left, temperature: strategy.scoreTemperature });
  const plan = planShares(state, shares);
  const going = new Set(plan.map(({ parent }) => parent));
  const last = shares.findLast(({ count }) => count > 0)!;
  yield shared(shares);
  if (plan.length > 0) yield { type: "kept", nodes: plan.map(({ parent }) => parent.id) };
  yield* prunedFact(
    shares.flatMap(({ candidate, count }, i) => {
      if (going.has(candidate)) return [];
      if (count > 0) return [prunedNode(candidate, "budget")];
      const defeat = { rank: i + 1, cut: last.score, beatenBy: last.candidate.id };
      return [prunedNode(candidate, "not_top_k", defeat)];
    }),
  );
  return plan;
}

/**
 * How many next steps each gets of those that are left, all of which are given out:
 * its share rounded down, and one more for those whose shares were cut most. `open`
 * comes best first; nobody gets more than who is better.
 */
export function widths(
  open: readonly Scored[],
  { left, temperature }: { left: number; temperature: number },
): Share[] {
  const shares = softmax(
    open.map(({ score }) => score),
    temperature,
  );
  const whole = shares.map((share) => Math.floor(left * share));
  const rest = left - whole.reduce((sum, count) => sum + count, 0);
  const cut = shares.map((share, i) => ({ i, by: left * share - whole[i]! }));
  const more = new Set(
    cut
      .sort((a, b) => b.by - a.by || a.i - b.i)
      .slice(0, rest)
      .map(({ i }) => i),
  );
  return open.map((entry, i) => ({
    ...entry,
    ...{ share: shares[i]!, count: whole[i]! + (more.has(i) ? 1 : 0) },
  }));
}
