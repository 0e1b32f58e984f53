import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { type PrunedNode, prunedFact, prunedNode } from "./prune.ts";
import { type Scored, score } from "./score.ts";
import { type Candidate, started, startSearch } from "./state.ts";

type BeamStrategy = Extract<Strategy, { name: "beam" }>;

/**
 * Beam search over steps against a process reward model.
 *
 * Sample `n` first steps. Then, round by round: score the new candidates, keep
 * the best `n / m` (rounded down, at least one), sample `m` next steps from
 * each. Finished candidates are not expanded again, yet stay in the pool and
 * compete on score, so each takes up one of the `n / m` places until better ones
 * push it out; then it is pruned like any other, and has no vote.
 *
 * The search ends when none of the best `n / m` is open, after `maxRounds`, or
 * with the budget. That last pool is not cut: every finished candidate in it
 * votes, weighted by score. So the work is bounded by `n` steps a round, that is
 * `n` solutions, and up to `n` of them vote, as in the paper.
 *
 * Copies among siblings are pruned before anything is spent on them. Equal
 * scores are ranked by id.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 5.2, "beam search". Its
 * N (number of beams) is `n`, its M (beam width) is `m`, its 40 rounds are
 * `maxRounds`, and it aggregates by "last". It leaves open what becomes of
 * finished beams, ties and duplicates; the rules above are ours.
 */
export async function* beam(
  strategy: BeamStrategy,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { n, m, maxRounds, aggregation } = strategy;
  const width = Math.max(1, Math.floor(n / m));
  const scorer = { verifier: context.verifier, aggregation };
  const state = startSearch(context);
  yield started(state, strategy);

  // Always sorted, best first.
  let pool: readonly Scored[] = [];
  let round = 0;
  let outOfRounds = false;
  let plan = planExpansions(state, [state.root], n);
  while (plan.length > 0) {
    round++;
    yield { type: "round", round, phase: "expand" };
    const born = yield* expand(state, plan);
    const fresh = yield* setAside(born);
    yield { type: "round", round, phase: "score" };
    const scored = yield* score(state, fresh, scorer);

    yield { type: "round", round, phase: "prune" };
    const ranked = [...pool.filter(isFinished), ...scored].sort(bestFirst);
    const best = ranked.slice(0, width);
    const open = best.filter((entry) => !isFinished(entry)).map(({ candidate }) => candidate);
    outOfRounds = round === maxRounds && open.length > 0;
    plan = outOfRounds ? [] : planExpansions(state, open, Math.min(m, n));

    const parents = new Set(plan.map(({ parent }) => parent));
    const isLast = plan.length === 0;
    pool = (isLast ? ranked : best).filter(
      (entry) => isFinished(entry) || parents.has(entry.candidate),
    );
    if (!isLast) yield { type: "kept", nodes: pool.map(({ candidate }) => candidate.id) };
    const limit = outOfRounds ? "max_depth" : "budget";
    yield* prunedFact(defeats(ranked, new Set(pool), { width, limit }));
  }
  yield* conclude(state, pool, { method: "weighted_majority", round, outOfRounds });
}

/** Prunes what is not worth a score, before it is scored: copies, and steps that were cut off. */
function* setAside(born: readonly Candidate[]): Generator<Fact, Candidate[], void> {
  const isCopy = ({ id, original }: Candidate) => original !== id;
  yield* prunedFact(
    born.flatMap((candidate) => {
      if (isCopy(candidate)) {
        const defeat = { rank: null, cut: null, beatenBy: candidate.original };
        return [prunedNode(candidate, "duplicate", defeat)];
      }
      return candidate.ended === "length" ? [prunedNode(candidate, "invalid")] : [];
    }),
  );
  return born.filter((candidate) => !isCopy(candidate) && candidate.ended !== "length");
}

function isFinished({ candidate }: Scored): boolean {
  return candidate.ended === "stop";
}

function bestFirst(a: Scored, b: Scored): number {
  return b.score - a.score || a.candidate.id - b.candidate.id;
}

/** Why those of the pool that do not survive are pruned: beaten, or stopped by a limit though good enough. */
function defeats(
  ranked: readonly Scored[],
  survivors: ReadonlySet<Scored>,
  { width, limit }: { width: number; limit: "max_depth" | "budget" },
): PrunedNode[] {
  const lastKept = ranked[width - 1];
  return ranked.flatMap((entry, i) => {
    if (survivors.has(entry)) return [];
    if (i < width || lastKept === undefined) return [prunedNode(entry.candidate, limit)];
    const { candidate, score: cut } = lastKept;
    const defeat = { rank: i + 1, cut, beatenBy: candidate.id };
    return [prunedNode(entry.candidate, "not_top_k", defeat)];
  });
}
