import type { NodeId, PruneReason } from "../../protocol/events.ts";
import type { Pruning } from "../../protocol/statuses.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { t } from "../words/t.ts";

/** Why a node is pruned at a moment, in the few words that fit beside it; `null` if it is not. */
export function pruneNote(tree: Tree, node: NodeId, at: number, topK: TopK): string | null {
  const pruning = tree.pruningAt(node, at);
  return pruning === null ? null : NOTES[pruning.reason](pruning, topK);
}

const NOTES: Record<PruneReason, (pruning: Pruning, topK: TopK) => string> = {
  not_top_k: ({ seq, cut }, topK) => `${topPhrase(topK.get(seq))}${cutPhrase(cut)}`,
  below_threshold: ({ cut }) => `${t("below the threshold")}${cutPhrase(cut)}`,
  duplicate: ({ beatenBy }) =>
    beatenBy === null ? t("duplicate") : t("same as #{node}", { node: String(beatenBy) }),
  budget: () => t("budget spent"),
  max_depth: () => t("too deep"),
  invalid: () => t("not a valid step"),
  not_resampled: () => t("not resampled"),
  superseded: () => t("another was chosen"),
  human: () => t("pruned by hand"),
  error: () => t("model error"),
};

function topPhrase(k: number | undefined): string {
  return k === undefined ? t("not among the best") : t("not in top {k}", { k });
}

function cutPhrase(cut: number | null): string {
  return cut === null ? "" : ` · ${t("cut {score}", { score: formatScore(cut) })}`;
}

/** How many were kept where nodes were pruned by rank, by the seq of that pruning. */
export type TopK = ReadonlyMap<number, number>;

/**
 * Finds out how many were kept at each pruning. Ranks go on from the kept to the pruned,
 * so the best rank that was pruned is k + 1. Follows one tree as it grows.
 */
export class TopKs {
  #best = new Map<number, number>();
  #tree: Tree | null = null;
  #seq = -1;

  get topK(): TopK {
    return this.#best;
  }

  /** Reads what was pruned since the last time; begins anew with another tree. */
  update(tree: Tree): void {
    if (tree !== this.#tree) {
      this.#tree = tree;
      this.#best = new Map();
      this.#seq = -1;
    }
    if (tree.seq - this.#seq > tree.count) {
      for (let node = 0; node < tree.count; node++) this.#read(tree, node);
    } else {
      tree.eachNodeChangedBetween(this.#seq + 1, tree.seq, (node) => this.#read(tree, node));
    }
    this.#seq = tree.seq;
  }

  #read(tree: Tree, node: NodeId): void {
    const rank = tree.rank[node]!;
    const seq = tree.prunedSeq[node]!;
    if (rank < 1 || seq < 0) return;
    const best = this.#best.get(seq);
    if (best === undefined || rank - 1 < best) this.#best.set(seq, rank - 1);
  }
}
