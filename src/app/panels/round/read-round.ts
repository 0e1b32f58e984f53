import { type NodeId, PRUNE_REASONS, type PruneReason, ROOT } from "../../../protocol/events.ts";
import { factsOf } from "../../../protocol/strategy-facts/table.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** A round in time: seqs of its first event and of the last one that is known, both included. */
export interface RoundSpan {
  readonly round: number;
  readonly from: number;
  readonly to: number;
}

/** A step that was compared with others in a round. */
export interface Candidate {
  readonly node: NodeId;
  /** NaN: not scored by then. */
  readonly score: number;
  /** Place in the ranking, from 1; `null` where nothing was ranked. */
  readonly rank: number | null;
  /** What beat it, or what it says the same as. */
  readonly beatenBy: NodeId | null;
  /** How much of what is done next falls to it, in the units of its strategy; `null` where nothing is shared out. */
  readonly count: number | null;
}

/** Candidates that were pruned for one reason. */
export interface Losers {
  readonly reason: PruneReason;
  /** Best first. */
  readonly candidates: readonly Candidate[];
}

/** A round as it was at a moment. */
export interface Round extends RoundSpan {
  /** Those that go on, as far as it is known; best first. */
  readonly kept: readonly Candidate[];
  readonly losers: readonly Losers[];
  /** Candidates in all. */
  readonly total: number;
  /** Score of the last one that was kept; `null` if there was no cut. */
  readonly cut: number | null;
  /** Steps that are still being sampled. */
  readonly sampling: number;
  /** How many particles of equal weight those that were drawn from were worth; `null` if there was no draw. */
  readonly effective: number | null;
  /** How easy the problem looked, where what follows was decided by it; `null` elsewhere. */
  readonly ease: number | null;
}

/** Those that were not compared with others, but for what they say, come last. */
const SET_ASIDE: readonly PruneReason[] = ["duplicate", "invalid"];
const REASONS = [...PRUNE_REASONS.filter((reason) => !SET_ASIDE.includes(reason)), ...SET_ASIDE];

/** The round at `at`; `null` before the first. Its phases follow each other. */
export function roundSpan(tree: Tree, at: number): RoundSpan | null {
  const { rounds } = tree;
  const index = tree.roundAt(at);
  if (index < 0) return null;
  const { round } = rounds[index]!;
  let first = index;
  while (rounds[first - 1]?.round === round) first--;
  let next = index + 1;
  while (rounds[next]?.round === round) next++;
  const to = next < rounds.length ? rounds[next]!.seq - 1 : tree.seq;
  return { round, from: rounds[first]!.seq, to };
}

/** The next moment, or the last one before `at`, at which a round was over; `null` if there is none. */
export function roundEnd(tree: Tree, at: number, by: 1 | -1): number | null {
  const span = roundSpan(tree, at);
  if (span === null) return by === 1 ? endAfter(tree, tree.rounds[0]?.seq) : null;
  if (by === 1) return at < span.to ? span.to : endAfter(tree, span.to + 1);
  return tree.roundAt(span.from - 1) < 0 ? null : span.from - 1;
}

function endAfter(tree: Tree, seq: number | undefined): number | null {
  if (seq === undefined || seq > tree.seq) return null;
  return roundSpan(tree, seq)?.to ?? null;
}

/**
 * What was compared in the round at `at`, as far as it was known then; `null` before
 * the first round. O(events of the round).
 */
export function readRound(tree: Tree, at: number): Round | null {
  const span = roundSpan(tree, at);
  if (span === null) return null;
  const seen = new Set<NodeId>();
  tree.eachNodeChangedBetween(span.from, Math.min(span.to, at), (node) => seen.add(node));
  const kept: Candidate[] = [];
  const losers = new Map<PruneReason, Candidate[]>();
  let cut: number | null = null;
  let sampling = 0;
  for (const node of seen) {
    const fate = fateOf(tree, node, at, span.from);
    if (fate === "sampling") sampling++;
    if (fate === "sampling" || fate === "other") continue;
    const pruning = tree.pruningAt(node, at);
    const candidate = candidateAt(tree, node, at);
    if (pruning === null) {
      kept.push(candidate);
      continue;
    }
    cut ??= pruning.cut;
    const others = losers.get(pruning.reason);
    if (others) others.push(candidate);
    else losers.set(pruning.reason, [candidate]);
  }
  return {
    ...span,
    kept: kept.sort(bestFirst),
    losers: REASONS.flatMap((reason) => {
      const candidates = losers.get(reason);
      return candidates ? [{ reason, candidates: candidates.sort(bestFirst) }] : [];
    }),
    total: [...losers.values()].reduce((sum, { length }) => sum + length, kept.length),
    cut,
    sampling,
    effective: latestPhase(tree, span, at)?.effective ?? null,
    ease: latestPhase(tree, span, at)?.ease ?? null,
  };
}

function candidateAt(tree: Tree, node: NodeId, at: number): Candidate {
  const { started } = tree;
  const { rank = null, beatenBy = null } = tree.pruningAt(node, at) ?? {};
  const sharesOut = started !== null && factsOf(started.strategy).shares !== undefined;
  const count = sharesOut ? (tree.visitsAt(node, at)?.visits ?? null) : null;
  return { node, score: tree.scoreAt(node, at), rank, beatenBy, count };
}

function latestPhase({ rounds }: Tree, { from, to }: RoundSpan, at: number) {
  return rounds.findLast(({ seq }) => seq >= from && seq <= Math.min(to, at));
}

/** What there is to look at, at a moment. */
export interface ShownRound {
  readonly round: Round;
  /** Moment up to which it is told. */
  readonly at: number;
  /** The round that has begun since and has nothing to show yet. */
  readonly begun: Round | null;
}

/** The round at `at`; while nothing is scored in it, the one before if that was a decision. */
export function shownRound(tree: Tree, at: number): ShownRound | null {
  const round = readRound(tree, at);
  if (round === null) return null;
  const isNews = isDecided(round) || round.kept.some(({ score }) => !Number.isNaN(score));
  const before = isNews ? null : readRound(tree, round.from - 1);
  if (before === null || !isDecided(before)) return { round, at, begun: null };
  return { round: before, at: before.to, begun: round };
}

/** Whether candidates were compared, and not just set aside for what they say. */
export function isDecided({ losers }: Round): boolean {
  return losers.some(({ reason }) => !SET_ASIDE.includes(reason));
}

/**
 * Whether a node to which something happened in a round that began at `from` took part in
 * it: proposed in it, pruned in it, or a solution from before that is still in the running.
 * Those that were expanded did not.
 */
function fateOf(
  tree: Tree,
  node: NodeId,
  at: number,
  from: number,
): "sampling" | "candidate" | "other" {
  const proposed = tree.proposedSeq[node]!;
  if (proposed < 0 || proposed > at) return "sampling";
  if (node === ROOT || isOnlyAhead(tree, node, at)) return "other";
  const pruning = tree.pruningAt(node, at);
  if (pruning !== null) return pruning.seq >= from ? "candidate" : "other";
  if (proposed >= from) return "candidate";
  const expanded = tree.expandedSeq(node);
  return expanded >= 0 && expanded <= at ? "other" : "candidate";
}

/** Whether it was looked ahead to, and never stood for a step that was sampled. */
function isOnlyAhead(tree: Tree, node: NodeId, at: number): boolean {
  if (tree.origin(node) !== "rollout") return false;
  const isRanked = (tree.pruningAt(node, at)?.rank ?? null) !== null;
  return !isRanked && tree.rolledOutTo(node, at) < 0 && tree.statusAt(node, at) !== "kept";
}

/** By rank, where there is one; then by score, where there is one; of equals the older. */
function bestFirst(a: Candidate, b: Candidate): number {
  const rank = (a.rank ?? Number.MAX_VALUE) - (b.rank ?? Number.MAX_VALUE);
  return rank || scoreOr(b) - scoreOr(a) || a.node - b.node;
}

function scoreOr({ score }: Candidate): number {
  return Number.isNaN(score) ? -1 : score;
}
