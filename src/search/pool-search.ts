import type { Fact, NodeId } from "../protocol/events.ts";
import type { Aggregation, Selection } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import { type Expansion, expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { type PrunedNode, prunedFact, prunedNode } from "./prune.ts";
import { Rollouts } from "./rollouts.ts";
import { bestFirst, isFinished, isGoodEnough, type Scored, score } from "./score.ts";
import type { Candidate, SearchState } from "./state.ts";

/** What searches that keep one pool have in common; without a lookahead `k` is 0. */
export interface PoolOptions {
  /** First steps. */
  readonly first: number;
  /** Candidates that are kept each round. */
  readonly width: number;
  /** Next steps of each that is kept. */
  readonly kids: number;
  /** Most steps of a rollout from each candidate. */
  readonly k: number;
  readonly maxRounds: number;
  readonly aggregation: Aggregation;
  readonly selection: Selection;
  readonly stopAt?: number | undefined;
  readonly verifier: Verifier;
  /** What there was before it: the last round, and finished candidates, which take part from the first cut on. */
  readonly before?: { readonly round: number; readonly finished: readonly Scored[] };
}

/** The pool of a beam: N candidates, of which the best N / M are kept, rounded down, at least one. */
export function beamPool({ n, m }: { readonly n: number; readonly m: number }) {
  return { first: n, width: Math.max(1, Math.floor(n / m)), kids: Math.min(m, n) };
}

const NOTHING = { round: 0, finished: [] };

/** A search that keeps one pool of candidates; `beam`, `lookahead` and `totBfs` say how. `started` is stated. */
export async function* searchPool(
  state: SearchState,
  options: PoolOptions,
): AsyncGenerator<Fact, void, void> {
  const { first, width, kids, k, maxRounds, selection, stopAt, before = NOTHING } = options;
  const rollouts = new Rollouts(state, k);
  const copies = new Copies(state);
  const lastRound = before.round + maxRounds;

  // Always sorted, best first.
  let pool: readonly Scored[] = before.finished.toSorted(bestFirst);
  let round = before.round;
  let outOfRounds = false;
  let unfinished: readonly Candidate[] = [];
  let plan = planExpansions(state, [state.root], first, k + 1);
  while (plan.length > 0) {
    round++;
    const scored = yield* compete(state, plan, { ...options, round, rollouts, copies });

    yield { type: "round", round, phase: "prune" };
    const ranked = [...pool.filter(isFinished), ...scored].sort(bestFirst);
    const best = ranked.slice(0, width);
    const open = best.filter((entry) => !isFinished(entry)).map(({ candidate }) => candidate);
    const isDecided = ranked.some((entry) => isGoodEnough(entry, stopAt));
    outOfRounds = !isDecided && round === lastRound && open.length > 0;
    plan = outOfRounds || isDecided ? [] : planExpansions(state, open, kids, k + 1);

    const parents = new Set(plan.map(({ parent }) => parent));
    const isLast = plan.length === 0;
    pool = (isLast ? ranked : best).filter(
      (entry) => isFinished(entry) || parents.has(entry.candidate),
    );
    if (!isLast) yield { type: "kept", nodes: pool.map(({ candidate }) => candidate.id) };
    if (isDecided) unfinished = open;
    const spared = new Set([...pool.map(({ candidate }) => candidate), ...unfinished]);
    const limit = outOfRounds ? "max_depth" : "budget";
    const lost = ranked.filter(({ candidate }) => !spared.has(candidate));
    yield* prunedFact([
      ...defeats(ranked, spared, { width, limit }),
      ...[...lost.map(({ candidate }) => candidate), ...unfinished].flatMap((candidate) =>
        rollouts.drop(candidate),
      ),
    ]);
  }
  yield* conclude(state, pool, { method: selection, round, outOfRounds, unfinished });
}

/**
 * Tells copies among the candidates of one search. What it says that was said before
 * it began is no copy, for nobody goes on from there; the first candidate that
 * says it again stands for it.
 */
class Copies {
  readonly #since: NodeId;
  readonly #again = new Map<NodeId, NodeId>();

  constructor({ nextId }: SearchState) {
    this.#since = nextId;
  }

  /** The node that this one is a copy of; its own id if it is none. */
  originalOf({ id, original }: Candidate): NodeId {
    if (original >= this.#since) return original;
    const first = this.#again.get(original) ?? id;
    this.#again.set(original, first);
    return first;
  }
}

interface Competition extends PoolOptions {
  readonly copies: Copies;
  readonly round: number;
  readonly rollouts: Rollouts;
}

/** The first phases of a round: samples what is planned, looks ahead from it, and scores it. */
async function* compete(
  state: SearchState,
  plan: readonly Expansion[],
  { round, rollouts, k, verifier, aggregation, copies }: Competition,
): AsyncGenerator<Fact, Scored[], void> {
  yield { type: "round", round, phase: "expand" };
  const born = yield* expand(state, plan);
  const adopted = born.flatMap((candidate) => rollouts.adopt(candidate));
  yield* setAside(born, copies);
  yield* prunedFact(plan.flatMap(({ parent }) => rollouts.drop(parent)));
  const fresh = [...adopted, ...born.filter((candidate) => isWorthAScore(candidate, copies))];
  if (k > 0) {
    yield { type: "round", round, phase: "simulate" };
    yield* rollouts.extend(fresh);
  }
  yield { type: "round", round, phase: "score" };
  const scored = yield* score(state, fresh, {
    ...{ verifier, aggregation },
    endOf: (candidate) => rollouts.endOf(candidate),
  });
  const left = new Set(scored.map(({ candidate }) => candidate));
  const unscored = fresh.filter((candidate) => !left.has(candidate));
  yield* prunedFact(unscored.flatMap((candidate) => rollouts.drop(candidate)));
  return scored;
}

/** Prunes what is not worth a score, before it is scored: copies, and steps that were cut off. */
function* setAside(born: readonly Candidate[], copies: Copies): Generator<Fact, void, void> {
  yield* prunedFact(
    born.flatMap((candidate) => {
      const original = copies.originalOf(candidate);
      if (original !== candidate.id) {
        const defeat = { rank: null, cut: null, beatenBy: original };
        return [prunedNode(candidate, "duplicate", defeat)];
      }
      return candidate.ended === "length" ? [prunedNode(candidate, "invalid")] : [];
    }),
  );
}

function isWorthAScore(candidate: Candidate, copies: Copies): boolean {
  return copies.originalOf(candidate) === candidate.id && candidate.ended !== "length";
}

/** Why those of the pool that do not survive are pruned: beaten, or stopped by a limit though good enough. */
function defeats(
  ranked: readonly Scored[],
  survivors: ReadonlySet<Candidate>,
  { width, limit }: { width: number; limit: "max_depth" | "budget" },
): PrunedNode[] {
  const lastKept = ranked[width - 1];
  return ranked.flatMap(({ candidate }, i) => {
    if (survivors.has(candidate)) return [];
    if (i < width || lastKept === undefined) return [prunedNode(candidate, limit)];
    const { candidate: last, score: cut } = lastKept;
    return [prunedNode(candidate, "not_top_k", { rank: i + 1, cut, beatenBy: last.id })];
  });
}
