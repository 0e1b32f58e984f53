import { EVENT_KINDS, kindOf } from "../../protocol/event-kinds.ts";
import type { Tree } from "../../protocol/tree.ts";
import { formatCount, formatScore } from "../format.ts";
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
    from === to ? `event ${formatCount(from)}` : `events ${formatCount(from)}–${formatCount(to)}`,
    ...(round < 0 ? [] : [`round ${tree.rounds[round]!.round}`]),
    ...(from === to ? [eventWords(tree, from)] : []),
    ...depthWords(summary),
    ...(from !== to && summary.best >= 0 ? [`best ${formatScore(summary.best)}`] : []),
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
  if (kind !== "scored") return kind;
  return `scored ${formatScore(tree.scoreAt(tree.eventNodeAt(seq), seq))}`;
}

function depthWords({ shallowest, deepest }: Summary): string[] {
  if (deepest === 0) return [];
  return [shallowest === deepest ? `depth ${deepest}` : `depth ${shallowest}–${deepest}`];
}
