import type { PruneReason } from "../../../protocol/events.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { formatCount, formatPlural, formatScore } from "../../format.ts";
import { isDecided, type Round } from "./read-round.ts";

/** Why those below a heading did not go on. */
export const LOST: Record<PruneReason, string> = {
  not_top_k: "Not among the best",
  below_threshold: "Below the threshold",
  duplicate: "Says the same as another",
  budget: "The budget was spent",
  max_depth: "Not finished in the last round",
  invalid: "Cannot be read",
  not_resampled: "Not drawn again",
  superseded: "Another answer won",
  human: "Pruned by hand",
  error: "A model failed",
};

/** How the round stands, in a line: `4 of 16 kept`. */
export function roundWords(round: Round): string {
  const { kept, total, sampling } = round;
  if (isDecided(round)) return `${formatCount(kept.length)} of ${formatCount(total)} kept`;
  if (sampling > 0) return `${formatCount(total)} of ${formatCount(total + sampling)} sampled`;
  return formatPlural(total, "candidate");
}

/** What there is to say of a round in which nothing has been cut. */
export function undecidedWords({ kept, to }: Round, at: number, isOver: boolean): string {
  if (at < to || !isOver) return "Nothing has been decided in this round yet.";
  return kept.length === 1
    ? "There was nothing to choose from in this round."
    : "Nothing was compared in this round: all of them go on.";
}

/** The line between those that go on and the rest. */
export function cutWords(round: Round): string {
  const cut = round.cut === null ? "" : `cut ${formatScore(round.cut)} · `;
  return `${cut}${roundWords(round)}`;
}

/** How evenly the weights of particles were spread before they were drawn. */
export function effectiveWords(effective: number): string {
  return `The weights were worth ${effective.toFixed(1)} particles of equal weight (effective sample size).`;
}

/** How hard the problem looked when it was decided how to go on. */
export function easeWords(ease: number): string {
  return `The first solutions have a mean score of ${formatScore(ease)}: so easy the problem looks, and that decides how the rest is spent.`;
}

/** Why a run has no rounds to show. */
export function noRoundWords(strategy: Strategy | undefined): string {
  return strategy === undefined
    ? "Here stand the candidates of a round side by side: which of them were kept, where the cut was, and what beat the others."
    : "No round has begun yet: nothing has been compared.";
}
