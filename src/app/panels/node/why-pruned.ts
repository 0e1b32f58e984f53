import { msg } from "../../../lib/said.ts";
import type { NodeId, PruneReason } from "../../../protocol/events.ts";
import { formatScore, formatScoresApart } from "../../format.ts";
import { t, tPieces } from "../../words/t.ts";

/** Words and, between them, nodes to be shown as links. */
export type Sentence = readonly (string | { readonly node: NodeId })[];

/** What the log says about a pruning; `null` where it says nothing. */
export interface PruneFacts {
  readonly reason: PruneReason;
  readonly round: number | null;
  /** How many prefixes a round keeps. */
  readonly kept: number | null;
  readonly rank: number | null;
  readonly score: number | null;
  readonly cut: number | null;
  readonly beatenBy: NodeId | null;
  /** Whether it was only looked ahead to. */
  readonly isAhead: boolean;
  readonly unit?: "step" | "token";
  /** How the step ended: why it is invalid. */
  readonly ended: "step" | "stop" | "length" | null;
}

/** Says in one sentence why a node was pruned, with the evidence that the log holds. */
export function whyPruned(facts: PruneFacts): Sentence {
  const claim = claimOf(facts);
  const evidence = evidenceOf(facts);
  return evidence.length === 0
    ? joined(tPieces("{claim}.", { claim }))
    : joined(tPieces("{claim}: {evidence}.", { claim, evidence: inOneRow(evidence) }));
}

function evidenceOf({ reason, rank, score, cut, beatenBy }: PruneFacts): Sentence[] {
  const evidence: Sentence[] = scoreEvidence(score, cut).map((words) => [words]);
  if (rank !== null) {
    evidence.unshift([
      t(reason === "superseded" ? "rank {rank} of the answers" : "rank {rank}", {
        rank: String(rank),
      }),
    ]);
  }
  if (beatenBy !== null && !NAMES_RIVAL.has(reason)) {
    evidence.push(tPieces("beaten by {node}", { node: { node: beatenBy } }));
  }
  return evidence;
}

function scoreEvidence(score: number | null, cut: number | null): string[] {
  if (score === null) return cut === null ? [] : [t("cut line {cut}", { cut: formatScore(cut) })];
  if (cut === null) return [t("score {score}", { score: formatScore(score) })];
  const [own, line] = formatScoresApart(score, cut);
  return score === cut
    ? [t("score {score}, the same as the cut line, and of equals the older stays", { score: own })]
    : [t("score {score}", { score: own }), t("cut line {cut}", { cut: line })];
}

/** Reasons whose claim already names the other node. */
const NAMES_RIVAL: ReadonlySet<PruneReason> = new Set(["duplicate", "superseded"]);

/** What can be claimed, and the same where the round is known and counts. */
const CLAIMS = {
  notBest: [msg("Not the best"), msg("Not the best of round {round}")],
  notAmongBest: [msg("Not among the best"), msg("Not among the best of round {round}")],
  notAmongSoMany: [
    msg("Not among the best {kept}"),
    msg("Not among the best {kept} of round {round}"),
  ],
  belowThreshold: [msg("Below the threshold"), msg("Below the threshold in round {round}")],
  same: [
    msg("Says the same as {rival}, which stands for both"),
    msg("Says the same as {rival}, which stands for both in round {round}"),
  ],
  budget: [
    msg("The budget was spent, before it was finished"),
    msg("The budget was spent in round {round}, before it was finished"),
  ],
  tooDeep: [
    msg("Not finished when the last round that is allowed was over"),
    msg("Not finished when the last round that is allowed was over in round {round}"),
  ],
  noStep: [msg("Not a step that can be read"), msg("Not a step that can be read in round {round}")],
  noAnswer: [
    msg("No answer can be read from it"),
    msg("No answer can be read from it in round {round}"),
  ],
  cutStep: [
    msg("The step was cut off at the greatest length that is allowed"),
    msg("The step was cut off at the greatest length that is allowed in round {round}"),
  ],
  cutToken: [
    msg("Nothing can follow it, and the text has not ended"),
    msg("Nothing can follow it, and the text has not ended in round {round}"),
  ],
  notDrawn: [
    msg("Not drawn when the candidates were resampled"),
    msg("Not drawn when the candidates were resampled in round {round}"),
  ],
  lost: [msg("Lost the final choice to {rival}, whose answer won")],
  ahead: [msg("Only looked ahead to, to judge {rival}")],
  late: [msg("Not finished when {rival} had won and the search was over")],
  human: [msg("A person pruned it"), msg("A person pruned it in round {round}")],
  error: [
    msg("A model failed while it was worked on"),
    msg("A model failed while it was worked on in round {round}"),
  ],
} as const satisfies Record<string, readonly [plain: string, inRound?: string]>;

function claimOf(facts: PruneFacts): Sentence {
  const { round, kept, beatenBy } = facts;
  const [plain, inRound = plain] = CLAIMS[claimFor(facts)];
  const values: Readonly<Record<"round" | "kept" | "rival", Sentence[number]>> = {
    round: String(round),
    kept: String(kept),
    rival: beatenBy === null ? t("another node") : { node: beatenBy },
  };
  return tPieces(round === null ? plain : inRound, values);
}

const INVALID = { step: "noStep", stop: "noAnswer", length: "cutStep" } as const;

function claimFor({ reason, kept, unit, ended, rank, isAhead }: PruneFacts): keyof typeof CLAIMS {
  switch (reason) {
    case "not_top_k":
      if (kept === null) return "notAmongBest";
      return kept === 1 ? "notBest" : "notAmongSoMany";
    case "below_threshold":
      return "belowThreshold";
    case "duplicate":
      return "same";
    case "max_depth":
      return "tooDeep";
    case "invalid":
      return unit === "token" && ended === "length" ? "cutToken" : INVALID[ended ?? "step"];
    case "not_resampled":
      return "notDrawn";
    case "superseded":
      // Without a rank it was not among the answers that were compared.
      if (rank !== null) return "lost";
      return isAhead ? "ahead" : "late";
    case "budget":
    case "human":
    case "error":
      return reason;
  }
}

function inOneRow(phrases: readonly Sentence[]): Sentence {
  return phrases.reduce((before, next) => joined(tPieces("{before}, {next}", { before, next })));
}

/** Sentences within a sentence, as one with neighbouring words together. */
function joined(parts: readonly (string | Sentence)[]): Sentence {
  const pieces: (string | { readonly node: NodeId })[] = [];
  for (const piece of parts.flat()) {
    const last = pieces.at(-1);
    if (typeof piece === "string" && typeof last === "string") pieces.splice(-1, 1, last + piece);
    else pieces.push(piece);
  }
  return pieces;
}
