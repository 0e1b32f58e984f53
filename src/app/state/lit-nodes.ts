import type { Tree } from "../../protocol/tree.ts";
import type { Filter, Find } from "./reading.ts";
import type { View } from "./view.ts";

/** What decides which nodes are lit. */
type LitInput = Pick<View, "tree" | "at" | "find" | "filter" | "brush" | "among">;

/** The answer that was given last, and all that it followed from. */
interface Remembered {
  readonly key: readonly unknown[];
  readonly lit: Uint8Array | null;
}

const ALL_LIT: Remembered = { key: [], lit: null };

let last: Remembered = ALL_LIT;

/**
 * Which nodes are lit while the reader looks for something: those that contain the text that is
 * looked for, are among those that are wanted, pass the filter at the moment shown, and had something happen to them in the brushed
 * part of the run. 1 for lit and 0 for dimmed, by node id; null if nothing is looked for, then all
 * are lit. The same array until something changed. O(nodes).
 */
export function litNodes({ tree, at, find, filter, brush, among }: LitInput): Uint8Array | null {
  const isFinding = find.query !== "";
  if (!isFinding && filter === null && brush === null && among === null) {
    last = ALL_LIT;
    return null;
  }
  const hits = isFinding ? find.hits : null;
  // Only the filter asks what holds at the moment.
  const key = [tree, tree.version, hits, filter, brush, among, filter === null ? null : at];
  if (key.length === last.key.length && key.every((input, i) => input === last.key[i])) {
    return last.lit;
  }
  const lit = new Uint8Array(tree.count);
  if (hits === null) lit.fill(1);
  else lightHits(lit, hits);
  if (among !== null) for (let node = 0; node < lit.length; node++) lit[node]! &= among[node] ?? 0;
  if (brush !== null) keepBrushed(lit, tree, brush);
  if (filter !== null) keepFiltered(lit, tree, at, filter);
  last = { key, lit };
  return lit;
}

function lightHits(lit: Uint8Array, hits: Find["hits"]): void {
  for (let i = 0; i < hits.length; i++) lit[hits[i]!] = 1;
}

function keepBrushed(lit: Uint8Array, tree: Tree, [from, to]: readonly [number, number]): void {
  const { announcedSeq, proposedSeq, scoredSeq, keptSeq, prunedSeq, answeredSeq } = tree;
  // One unsigned comparison for both ends: never, −1, is outside of every range from 0 on.
  const width = (to - from) >>> 0;
  for (let node = 0; node < lit.length; node++) {
    const isIn =
      (announcedSeq[node]! - from) >>> 0 <= width ||
      (proposedSeq[node]! - from) >>> 0 <= width ||
      (scoredSeq[node]! - from) >>> 0 <= width ||
      (keptSeq[node]! - from) >>> 0 <= width ||
      (prunedSeq[node]! - from) >>> 0 <= width ||
      (answeredSeq[node]! - from) >>> 0 <= width;
    if (!isIn) lit[node] = 0;
  }
}

function keepFiltered(lit: Uint8Array, tree: Tree, at: number, filter: Filter): void {
  const { scores, statuses } = filter;
  if (scores !== null) keepScored(lit, tree, at, scores);
  const anyStatus = !(statuses.has("open") || statuses.has("kept") || statuses.has("pruned"));
  if (!anyStatus) keepStatuses(lit, tree, at, statuses);
  const anyVerdict = !(statuses.has("right") || statuses.has("wrong") || statuses.has("unknown"));
  if (!anyVerdict) keepVerdicts(lit, tree, at, statuses);
}

function keepScored(
  lit: Uint8Array,
  tree: Tree,
  at: number,
  [low, high]: readonly [number, number],
): void {
  const { scoredSeq, score } = tree;
  for (let node = 0; node < lit.length; node++) {
    if (lit[node] === 0) continue;
    // The column holds the latest score; what was before it, the tree knows.
    const shown = scoredSeq[node]! <= at ? score[node]! : tree.scoreAt(node, at);
    if (!(shown >= low && shown <= high)) lit[node] = 0;
  }
}

function keepStatuses(lit: Uint8Array, tree: Tree, at: number, statuses: Filter["statuses"]): void {
  const open = statuses.has("open");
  const kept = statuses.has("kept");
  const pruned = statuses.has("pruned");
  for (let node = 0; node < lit.length; node++) {
    if (lit[node] === 0) continue;
    const status = tree.statusAt(node, at);
    const passes =
      (pruned && status === "pruned") ||
      (kept && status === "kept") ||
      (open && (status === "open" || status === "sampling"));
    if (!passes) lit[node] = 0;
  }
}

function keepVerdicts(lit: Uint8Array, tree: Tree, at: number, statuses: Filter["statuses"]): void {
  const { answeredSeq } = tree;
  for (let node = 0; node < lit.length; node++) {
    if (lit[node] === 0) continue;
    const answer = answeredSeq[node]! < 0 ? null : tree.answer(node, at);
    if (answer === null || !statuses.has(verdictOf(answer.correct))) lit[node] = 0;
  }
}

function verdictOf(correct: boolean | null): "right" | "wrong" | "unknown" {
  if (correct === null) return "unknown";
  return correct ? "right" : "wrong";
}
