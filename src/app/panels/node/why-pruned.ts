import type { NodeId, PruneReason } from "../../../protocol/events.ts";
import { formatScore, formatScoresApart } from "../../format.ts";

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
  const { rank, score, cut, beatenBy } = facts;
  const evidence: Sentence[] = [];
  if (rank !== null)
    evidence.push([facts.reason === "superseded" ? `rank ${rank} of the answers` : `rank ${rank}`]);
  evidence.push(...scoreEvidence(score, cut));
  if (beatenBy !== null && !NAMES_RIVAL.has(facts.reason)) {
    evidence.push(["beaten by ", { node: beatenBy }]);
  }
  const claim = claimOf(facts);
  if (evidence.length === 0) return join([...claim, "."]);
  return join([
    ...claim,
    ": ",
    ...evidence.flatMap((part, i) => [i > 0 ? ", " : "", ...part]),
    ".",
  ]);
}

function scoreEvidence(score: number | null, cut: number | null): Sentence[] {
  if (score === null) return cut === null ? [] : [[`cut line ${formatScore(cut)}`]];
  if (cut === null) return [[`score ${formatScore(score)}`]];
  const [own, line] = formatScoresApart(score, cut);
  if (score === cut)
    return [[`score ${own}, the same as the cut line, and of equals the older stays`]];
  return [[`score ${own}`], [`cut line ${line}`]];
}

/** Reasons whose claim already names the other node. */
const NAMES_RIVAL: ReadonlySet<PruneReason> = new Set(["duplicate", "superseded"]);

const INVALID = {
  step: "Not a step that can be read",
  stop: "No answer can be read from it",
  length: "The step was cut off at the greatest length that is allowed",
} as const;

const CUT_TOKEN = "Nothing can follow it, and the text has not ended";

function claimOf(facts: PruneFacts): Sentence {
  const { reason, round, beatenBy, ended } = facts;
  const inRound = round === null ? "" : ` in round ${round}`;
  const rival = beatenBy === null ? "another node" : { node: beatenBy };
  switch (reason) {
    case "not_top_k":
      return [`Not ${bestWords(facts.kept)}${round === null ? "" : ` of round ${round}`}`];
    case "below_threshold":
      return [`Below the threshold${inRound}`];
    case "duplicate":
      return ["Says the same as ", rival, `, which stands for both${inRound}`];
    case "budget":
      return [`The budget was spent${inRound}, before it was finished`];
    case "max_depth":
      return [`Not finished when the last round that is allowed was over${inRound}`];
    case "invalid":
      if (facts.unit === "token" && ended === "length") return [`${CUT_TOKEN}${inRound}`];
      return [`${INVALID[ended ?? "step"]}${inRound}`];
    case "not_resampled":
      return [`Not drawn when the candidates were resampled${inRound}`];
    case "superseded":
      return supersededWords(facts, rival);
    case "human":
      return [`A person pruned it${inRound}`];
    case "error":
      return [`A model failed while it was worked on${inRound}`];
  }
}

function bestWords(kept: number | null): string {
  if (kept === null) return "among the best";
  return kept === 1 ? "the best" : `among the best ${kept}`;
}

/** Without a rank it was not among the answers that were compared. */
function supersededWords({ rank, isAhead }: PruneFacts, rival: Sentence[number]): Sentence {
  if (rank !== null) return ["Lost the final choice to ", rival, ", whose answer won"];
  return isAhead
    ? ["Only looked ahead to, to judge ", rival]
    : ["Not finished when ", rival, " had won and the search was over"];
}

/** Merges neighbouring words and drops empty ones. */
function join(parts: Sentence): Sentence {
  const joined: (string | { readonly node: NodeId })[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string")
      joined[joined.length - 1] = last + part;
    else if (part !== "") joined.push(part);
  }
  return joined;
}
