import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { prunedToDistinct } from "./copies.ts";
import { type Expansion, expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { type PrunedNode, prunedFact, prunedNode } from "./prune.ts";
import { bestFirst, isFinished, isGoodEnough, type Scored, type Scorer, score } from "./score.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

/**
 * Diverse verifier tree search: `n / m` subtrees (rounded down, at least one),
 * each a greedy walk of its own. Round by round every subtree samples `m` next
 * steps and goes on from the one that scores best; it ends when that one is
 * finished, after `maxRounds`, or with the budget. All children of a subtree's
 * last expansion are candidates: the finished ones vote.
 *
 * Copies among the children of one subtree are pruned; across subtrees they are
 * marked and live, for the subtrees are independent. Equal scores are ranked by
 * id. With `stopAt` all subtrees end as soon as a finished child with an answer
 * scores at least that.
 *
 * Source: Beeching, Tunstall, Rush 2024, "Scaling test-time compute with open
 * models", and search-and-learn, `diverse_verifier_tree_search.py`: its N and M
 * are `n` and `m`. It also counts unfinished siblings of a finished child as
 * candidates; here they are pruned, for they say nothing.
 */
export async function* dvts(
  strategy: StrategyOf<"dvts">,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { n, m, maxRounds, selection, stopAt, aggregation } = strategy;
  const kids = Math.min(m, n);
  const state = startSearch(context);
  yield started(state, strategy);

  const finalists: Scored[] = [];
  let round = 0;
  let outOfRounds = false;
  let unfinished: readonly Candidate[] = [];
  const roots = Array<Candidate>(Math.max(1, Math.floor(n / m))).fill(state.root);
  let plan = planExpansions(state, roots, kids);
  while (plan.length > 0) {
    round++;
    yield { type: "round", round, phase: "expand" };
    const families = yield* bear(state, plan);
    yield { type: "round", round, phase: "score" };
    const walks = yield* rank(state, families, { verifier: context.verifier, aggregation });

    yield { type: "round", round, phase: "prune" };
    const open = walks.flatMap(([best]) => (isFinished(best!) ? [] : [best!.candidate]));
    const isDecided = walks.flat().some((entry) => isGoodEnough(entry, stopAt));
    outOfRounds = !isDecided && round === maxRounds && open.length > 0;
    plan = outOfRounds || isDecided ? [] : planExpansions(state, open, kids);
    if (isDecided) unfinished = open;

    const goingOn = new Set(plan.map(({ parent }) => parent));
    if (goingOn.size > 0) yield { type: "kept", nodes: [...goingOn].map(({ id }) => id) };
    const fate = { goingOn, unfinished, limit: outOfRounds ? "max_depth" : "budget" } as const;
    yield* prunedFact(walks.flatMap((ranked) => defeats(ranked, fate)));
    const ended = walks.filter(([best]) => !goingOn.has(best!.candidate));
    finalists.push(...ended.flat().filter(isFinished));
  }
  yield* conclude(state, finalists, { method: selection, round, outOfRounds, unfinished });
}

/** Samples what is planned; the children of each subtree that are worth a score. */
async function* bear(
  state: SearchState,
  plan: readonly Expansion[],
): AsyncGenerator<Fact, Candidate[][], void> {
  const born = yield* expand(state, plan);
  const families: Candidate[][] = [];
  let taken = 0;
  for (const { kids } of plan) {
    families.push(born.slice(taken, taken + kids));
    taken += kids;
  }
  return yield* prunedToDistinct(families);
}

/** Scores the children of all subtrees at once; those of each best first, without subtrees that have none. */
async function* rank(
  state: SearchState,
  families: readonly Candidate[][],
  scorer: Scorer,
): AsyncGenerator<Fact, Scored[][], void> {
  const scored = new Map<Candidate, Scored>();
  for (const entry of yield* score(state, families.flat(), scorer)) {
    scored.set(entry.candidate, entry);
  }
  return families
    .map((family) => family.flatMap((child) => scored.get(child) ?? []).sort(bestFirst))
    .filter((ranked) => ranked.length > 0);
}

interface Fate {
  /** The children from which their subtrees go on. */
  readonly goingOn: ReadonlySet<Candidate>;
  readonly unfinished: readonly Candidate[];
  /** Why the others end. */
  readonly limit: "max_depth" | "budget";
}

/** Who of a subtree's children is pruned: those behind the best, unless they are finished and it ends here. */
function defeats(ranked: readonly Scored[], { goingOn, unfinished, limit }: Fate): PrunedNode[] {
  const { candidate: best, score: cut } = ranked[0]!;
  return ranked.flatMap((entry, i) => {
    const { candidate } = entry;
    if (goingOn.has(best) ? candidate === best : isFinished(entry)) return [];
    if (i > 0) return [prunedNode(candidate, "not_top_k", { rank: i + 1, cut, beatenBy: best.id })];
    return unfinished.includes(candidate) ? [] : [prunedNode(candidate, limit)];
  });
}
