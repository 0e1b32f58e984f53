import type { PruneReason } from "../../../protocol/events.ts";
import type { NodeStatus, Pruning } from "../../../protocol/statuses.ts";
import { formatScore } from "../../format.ts";

/** What became of the end of a line, in the few words that fit into a list. */
export function statusWords(status: NodeStatus, pruning: Pruning | null): string {
  return pruning === null ? STATUS_WORDS[status] : prunedWords(pruning);
}

const STATUS_WORDS: Record<NodeStatus, string> = {
  none: "not there yet",
  sampling: "being sampled",
  open: "open",
  kept: "kept",
  pruned: "pruned",
};

/** Why something was pruned, without saying that it was. */
const BECAUSE: Record<PruneReason, string> = {
  not_top_k: "not among the best",
  below_threshold: "below the threshold",
  duplicate: "says the same as another",
  budget: "the budget was spent",
  max_depth: "too deep",
  invalid: "cannot be read",
  not_resampled: "not resampled",
  superseded: "another answer won",
  human: "pruned by hand",
  error: "a model failed",
};

function prunedWords({ reason, cut }: Pruning): string {
  return cut === null ? BECAUSE[reason] : `${BECAUSE[reason]}, cut ${formatScore(cut)}`;
}
