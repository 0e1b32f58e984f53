import { msg } from "../../lib/said.ts";
import { EVENT_KINDS, kindOf } from "../../protocol/event-kinds.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatScore } from "../format.ts";
import { t } from "../words/t.ts";
import type { Brush } from "./brush.ts";

const SCORED = kindOf("scored");

/**
 * What is at a place on the strip, in words: `event 12 · round 4 · scored 0.87 ·
 * depth 3`, or of several `events 1,024–1,055 · round 4 · depth 2–3 · best 0.91`.
 * O(events).
 */
export function readoutWords(tree: Tree, [from, to]: Brush): string {
  const summary = summarize(tree, from, to);
  const round = tree.roundAt(from);
  return [
    from === to ? t("event {event}", { event: from }) : t("events {from}–{to}", { from, to }),
    ...(round < 0 ? [] : [t("round {number}", { number: tree.rounds[round]!.round })]),
    ...(from === to ? [eventWords(tree, from)] : []),
    ...depthWords(summary),
    ...(from !== to && summary.best >= 0
      ? [t("best {score}", { score: formatScore(summary.best) })]
      : []),
  ].join(" · ");
}

interface Summary {
  readonly shallowest: number;
  readonly deepest: number;
  /** −∞ without scores. */
  readonly best: number;
}

function summarize(tree: Tree, from: number, to: number): Summary {
  let shallowest = Number.POSITIVE_INFINITY;
  let deepest = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let seq = from; seq <= to; seq++) {
    const node = tree.eventNodeAt(seq);
    if (node < 0) continue;
    const depth = tree.depth[node]!;
    if (depth < shallowest) shallowest = depth;
    if (depth > deepest) deepest = depth;
    if (tree.eventKindAt(seq) !== SCORED) continue;
    const score = tree.scoreAt(node, seq);
    if (score > best) best = score;
  }
  return { shallowest, deepest, best };
}

function eventWords(tree: Tree, seq: number): string {
  const kind = EVENT_KINDS[tree.eventKindAt(seq)]!;
  if (kind !== "scored") return t(KIND_WORDS[kind]);
  return t("scored {score}", { score: formatScore(tree.scoreAt(tree.eventNodeAt(seq), seq)) });
}

function depthWords({ shallowest, deepest }: Summary): string[] {
  if (deepest === 0) return [];
  return [
    shallowest === deepest
      ? t("depth {depth}", { depth: deepest })
      : t("depth {from}–{to}", { from: shallowest, to: deepest }),
  ];
}

/** What kinds of events are called; scores are told with their number. */
const KIND_WORDS = {
  unknown: msg("unknown"),
  started: msg("started"),
  round: msg("round"),
  expanded: msg("expanded"),
  proposed: msg("proposed"),
  judged: msg("judged"),
  kept: msg("kept"),
  pruned: msg("pruned"),
  restored: msg("restored"),
  visited: msg("visited"),
  answered: msg("answered"),
  selected: msg("selected"),
  steered: msg("steered"),
  labelled: msg("labelled"),
  paused: msg("paused"),
  resumed: msg("resumed"),
  finished: msg("finished"),
  failed: msg("failed"),
  cancelled: msg("cancelled"),
} as const satisfies Record<Exclude<(typeof EVENT_KINDS)[number], "scored">, string>;
