import { type NodeId, PRUNE_REASONS, type PruneReason } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatCount, formatScore } from "../format.ts";

/** Which nodes are shown in the place of which, see `Arrangement`. */
export interface Shown {
  readonly shownAt: Int32Array;
  readonly size: Int32Array;
}

/** What is inside of a folded item at a moment. */
export interface FoldedFacts {
  /** Nodes that are there, placeholders included. */
  readonly count: number;
  /** Nodes that are undecided, or in the running with an answer: what was kept lives on below, or has died with it. */
  readonly open: number;
  /** Best score among them; NaN if none is scored. */
  readonly best: number;
  /** The most frequent reason, the earlier of the closed set where two are as frequent, and how often. */
  readonly reason: PruneReason | null;
  readonly reasonCount: number;
  readonly right: number;
}

/**
 * Counts what is folded into an item. Its nodes have larger ids than the item and lie
 * close behind it, so the search ends once all are found. O(ids between the item and
 * the last of its nodes).
 */
export function foldedFacts(
  tree: Tree,
  at: number,
  { shownAt, size }: Shown,
  item: NodeId,
): FoldedFacts {
  const nodes = nodesThere(tree, at, { shownAt, size }, item);
  const pruned = nodes.filter((node) => tree.statusAt(node, at) === "pruned");
  const reasons = new Int32Array(PRUNE_REASONS.length);
  for (const node of pruned) {
    const reason = tree.reason[node]!;
    if (reason > 0) reasons[reason - 1]! += 1;
  }
  const reasonCount = Math.max(...reasons);
  return {
    count: nodes.length,
    open: nodes.filter((node) => isOpen(tree, at, node)).length,
    best: bestScore(tree, at, nodes),
    reason: reasonCount === 0 ? null : PRUNE_REASONS[reasons.indexOf(reasonCount)]!,
    reasonCount,
    right: nodes.filter((node) => tree.answer(node, at)?.correct === true).length,
  };
}

/** The nodes that are shown at an item and were announced by then. */
function nodesThere(tree: Tree, at: number, { shownAt, size }: Shown, item: NodeId): NodeId[] {
  const end = tree.countAt(at);
  const nodes: NodeId[] = [];
  let found = 0;
  for (let node = item; found < size[item]! && node < end; node++) {
    if (shownAt[node] !== item) continue;
    found++;
    nodes.push(node);
  }
  return nodes;
}

function isOpen(tree: Tree, at: number, node: NodeId): boolean {
  const status = tree.statusAt(node, at);
  if (status === "kept") return tree.answer(node, at) !== null;
  return status !== "pruned";
}

function bestScore(tree: Tree, at: number, nodes: readonly NodeId[]): number {
  let best = Number.NaN;
  for (const node of nodes) {
    const score = tree.scoreAt(node, at);
    if (!(score <= best) && !Number.isNaN(score)) best = score;
  }
  return best;
}

/**
 * A folded item in words, from all that there is to say to the least: the first of
 * them that fits is drawn.
 */
export function foldedWords(facts: FoldedFacts): readonly [string, ...string[]] {
  const { count, open, best, reason, reasonCount, right } = facts;
  const what = open === 0 ? `${formatCount(count)} pruned` : `${formatCount(count)} nodes`;
  const least = open === 0 ? formatCount(count) : `+${formatCount(count)}`;
  const found = right === 0 ? what : `${what}, ${formatCount(right)} right`;
  if (Number.isNaN(best)) return [found, least];
  const scored = `${found}, best ${formatScore(best)}`;
  if (reason === null) return [scored, found, least];
  const why = `${scored}, ${formatCount(reasonCount)} ${REASON_WORDS[reason]}`;
  return [why, scored, found, least];
}

const REASON_WORDS: Readonly<Record<PruneReason, string>> = {
  not_top_k: "not in top k",
  below_threshold: "below the threshold",
  duplicate: "duplicate",
  budget: "out of budget",
  max_depth: "too deep",
  invalid: "invalid",
  not_resampled: "not resampled",
  superseded: "not chosen",
  human: "by hand",
  error: "by error",
};
