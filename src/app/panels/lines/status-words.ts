import { msg } from "../../../lib/said.ts";
import type { PruneReason } from "../../../protocol/events.ts";
import type { NodeStatus, Pruning } from "../../../protocol/statuses.ts";
import { formatScore } from "../../format.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";

/** What became of the end of a line, in the few words that fit into a list. */
export function statusWords(status: NodeStatus, pruning: Pruning | null): string {
  return pruning === null ? t(STATUS_WORDS[status]) : prunedWords(pruning);
}

export const STATUS_WORDS = {
  none: msg("not there yet"),
  sampling: msg("being sampled"),
  open: msg("open"),
  kept: msg("kept"),
  pruned: msg("pruned"),
} as const satisfies Record<NodeStatus, string>;

/** Why something was pruned, without saying that it was. */
const BECAUSE: Record<PruneReason, string> = {
  not_top_k: msg("not among the best"),
  below_threshold: msg("below the threshold"),
  duplicate: msg("says the same as another"),
  budget: msg("the budget was spent"),
  max_depth: msg("too deep"),
  invalid: msg("cannot be read"),
  not_resampled: msg("not resampled"),
  superseded: msg("another answer won"),
  human: msg("pruned by hand"),
  error: msg("a model failed"),
};

function prunedWords({ reason, cut }: Pruning): string {
  const because = t(BECAUSE[reason]);
  return cut === null ? because : inARow([because, t("cut {score}", { score: formatScore(cut) })]);
}
