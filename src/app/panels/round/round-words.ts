import { msg } from "../../../lib/said.ts";
import type { PruneReason } from "../../../protocol/events.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { formatScore } from "../../format.ts";
import { t, tCount } from "../../words/t.ts";
import { isDecided, type Round } from "./read-round.ts";

/** Why those below a heading did not go on. */
export const LOST = {
  not_top_k: msg("Not among the best"),
  below_threshold: msg("Below the threshold"),
  duplicate: msg("Says the same as another"),
  budget: msg("The budget was spent"),
  max_depth: msg("Not finished in the last round"),
  invalid: msg("Cannot be read"),
  not_resampled: msg("Not drawn again"),
  superseded: msg("Another answer won"),
  human: msg("Pruned by hand"),
  error: msg("A model failed"),
} as const satisfies Record<PruneReason, string>;

/** How the round stands, in a line: `4 of 16 kept`. */
export function roundWords(round: Round): string {
  const { kept, total, sampling } = round;
  if (isDecided(round)) return t("{done} of {count} kept", { done: kept.length, count: total });
  if (sampling > 0) return t("{done} of {count} sampled", { done: total, count: total + sampling });
  return tCount(total, "{count} candidate", "{count} candidates");
}

/** What there is to say of a round in which nothing has been cut. */
export function undecidedWords({ kept, to }: Round, at: number, isOver: boolean): string {
  if (at < to || !isOver) return t("Nothing has been decided in this round yet.");
  return t(
    kept.length === 1
      ? "There was nothing to choose from in this round."
      : "Nothing was compared in this round: all of them go on.",
  );
}

/** The line between those that go on and the rest. */
export function cutWords(round: Round): string {
  return [
    ...(round.cut === null ? [] : [t("cut {score}", { score: formatScore(round.cut) })]),
    roundWords(round),
  ].join(" · ");
}

/** How evenly the weights of particles were spread before they were drawn. */
export function effectiveWords(effective: number): string {
  return t("The weights were worth {number} particles of equal weight (effective sample size).", {
    number: effective.toFixed(1),
  });
}

/** How hard the problem looked when it was decided how to go on. */
export function easeWords(ease: number): string {
  return t(
    "The first solutions have a mean score of {score}: so easy the problem looks, and that decides how the rest is spent.",
    { score: formatScore(ease) },
  );
}

/** Why a run has no rounds to show. */
export function noRoundWords(strategy: Strategy | undefined): string {
  return t(
    strategy === undefined
      ? "Here stand the candidates of a round side by side: which of them were kept, where the cut was, and what beat the others."
      : "No round has begun yet: nothing has been compared.",
  );
}
