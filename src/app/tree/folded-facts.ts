import { msg } from "../../lib/said.ts";
import { type NodeId, PRUNE_REASONS, type PruneReason } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatCount, formatScore } from "../format.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";

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

/** Work to count a node, where 1 is to see that one is shown elsewhere. */
export const WORK_A_NODE = 24;

/**
 * Counts what is folded into an item at a moment, a part at a time. Its nodes have larger
 * ids than the item, so the search begins there and ends once all are found. What comes
 * into the tree meanwhile changes nothing: it is later than the moment.
 */
export class FoldedCount {
  readonly #tree: Tree;
  readonly #at: number;
  readonly #item: NodeId;
  readonly #size: number;
  /** Nodes that were announced by the moment. */
  readonly #end: number;
  #shownAt: Int32Array;
  #next: NodeId;
  #found = 0;
  #open = 0;
  #right = 0;
  #best = Number.NaN;
  readonly #reasons = new Int32Array(PRUNE_REASONS.length);

  constructor(tree: Tree, at: number, { shownAt, size }: Shown, item: NodeId) {
    this.#tree = tree;
    this.#at = at;
    this.#item = item;
    this.#size = size[item]!;
    this.#end = tree.countAt(at);
    this.#shownAt = shownAt;
    this.#next = item;
  }

  get isDone(): boolean {
    return this.#found === this.#size || this.#next >= this.#end;
  }

  /** Goes on with a copy of what it was given, whose memory is going to be used for something else. */
  use(shownAt: Int32Array): void {
    this.#shownAt = shownAt;
  }

  /** Does so much work, or as much as there is; returns what is left of it, at most 0 if it is not done. */
  advance(work: number): number {
    let left = work;
    while (left > 0 && !this.isDone) {
      const node = this.#next++;
      left -= 1;
      if (this.#shownAt[node] !== this.#item) continue;
      left -= WORK_A_NODE;
      this.#count(node);
    }
    return left;
  }

  /** Of the nodes counted so far. */
  facts(): FoldedFacts {
    const reasonCount = Math.max(...this.#reasons);
    return {
      count: this.#found,
      open: this.#open,
      best: this.#best,
      reason: reasonCount === 0 ? null : PRUNE_REASONS[this.#reasons.indexOf(reasonCount)]!,
      reasonCount,
      right: this.#right,
    };
  }

  #count(node: NodeId): void {
    const tree = this.#tree;
    const at = this.#at;
    const status = tree.statusAt(node, at);
    const correct = tree.correctAt(node, at);
    this.#found++;
    if (correct === true) this.#right++;
    if (status === "pruned") this.#reasons[reasonAt(tree, node, at)]! += 1;
    else if (status !== "kept" || correct !== undefined) this.#open++;
    const score = tree.scoreAt(node, at);
    if (!(score <= this.#best) && !Number.isNaN(score)) this.#best = score;
  }
}

/** Index into `PRUNE_REASONS` of why a node is pruned at a moment. */
function reasonAt(tree: Tree, node: NodeId, at: number): number {
  const seq = tree.prunedSeq[node]!;
  // The column holds the latest reason; that of an earlier pruning, the tree knows.
  if (seq >= 0 && seq <= at) return tree.reason[node]! - 1;
  return PRUNE_REASONS.indexOf(tree.pruningAt(node, at)!.reason);
}

/** All that is folded into an item. O(ids between the item and the last of its nodes). */
export function foldedFacts(tree: Tree, at: number, shown: Shown, item: NodeId): FoldedFacts {
  const count = new FoldedCount(tree, at, shown, item);
  count.advance(Number.POSITIVE_INFINITY);
  return count.facts();
}

/**
 * A folded item in words, from all that there is to say to the least: the first of
 * them that fits is drawn.
 */
export function foldedWords(facts: FoldedFacts): readonly [string, ...string[]] {
  const { count, open, best, reason, reasonCount, right } = facts;
  const least = open === 0 ? formatCount(count) : `+${formatCount(count)}`;
  const found = [
    t(open === 0 ? "{count} pruned" : "{count} nodes", { count }),
    ...(right === 0 ? [] : [t("{count} right", { count: right })]),
  ];
  if (Number.isNaN(best)) return [inARow(found), least];
  const scored = [...found, t("best {score}", { score: formatScore(best) })];
  if (reason === null) return [inARow(scored), inARow(found), least];
  const why = [...scored, t(REASON_WORDS[reason], { count: reasonCount })];
  return [inARow(why), inARow(scored), inARow(found), least];
}

const REASON_WORDS = {
  not_top_k: msg("{count} not in top k"),
  below_threshold: msg("{count} below the threshold"),
  duplicate: msg("{count} duplicate"),
  budget: msg("{count} out of budget"),
  max_depth: msg("{count} too deep"),
  invalid: msg("{count} invalid"),
  not_resampled: msg("{count} not resampled"),
  superseded: msg("{count} not chosen"),
  human: msg("{count} by hand"),
  error: msg("{count} by error"),
} as const satisfies Record<PruneReason, string>;
