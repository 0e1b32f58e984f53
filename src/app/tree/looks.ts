import type { NodeId } from "../../protocol/events.ts";
import type { JudgedScores, Tree } from "../../protocol/tree.ts";
import { SCORE_STEPS, scoreStep } from "./score-color.ts";

/**
 * How a node looks, by shape and border; its colour is apart. In the order of
 * importance: where marks fall on one pixel, the last of them is drawn.
 */
export const KINDS = [
  "hidden",
  "sampling",
  "pruned",
  "open",
  "kept",
  "prunedUnknown",
  "prunedWrong",
  "prunedRight",
  "unknownAnswer",
  "wrongAnswer",
  "rightAnswer",
] as const;
export type Kind = (typeof KINDS)[number];

export const KIND: Readonly<Record<Kind, number>> = Object.fromEntries(
  KINDS.map((kind, i) => [kind, i]),
) as Record<Kind, number>;

/** Colour of a node without a score: hollow. */
export const HOLLOW = SCORE_STEPS;
const COLORS = SCORE_STEPS + 1;

/** Set in the looks of what is lit, so that all of them are more important than what is dimmed. */
const LIT = 1024;
export const LOOK_COUNT = 2 * LIT;

/** The look of a lit node. */
export function lookOf(kind: number, color: number): number {
  return LIT + kind * COLORS + color;
}

/** The same look, for a node that is not what the reader looks for. */
export function dimmed(look: number): number {
  return look & ~LIT;
}

/** Whether the node is there and not what the reader looks for. */
export function isDimmed(look: number): boolean {
  return look !== 0 && look < LIT;
}

export function kindOf(look: number): number {
  return Math.floor((look & (LIT - 1)) / COLORS);
}

/** Index into `SCORE_COLORS`, or `HOLLOW`. */
export function colorOf(look: number): number {
  return (look & (LIT - 1)) % COLORS;
}

/** Whether the node is out of the search. */
export function isPruned(kind: number): boolean {
  return kind === KIND.pruned || (kind >= KIND.prunedUnknown && kind <= KIND.prunedRight);
}

/** Whether the node ends a line of reasoning. */
export function isAnswer(kind: number): boolean {
  return kind >= KIND.prunedUnknown;
}

/**
 * The look of every node at a moment, all of them lit. Nodes that were not announced
 * by then look `hidden`, 0. O(nodes), a few nanoseconds each.
 */
export function looksAt(
  tree: Tree,
  at: number,
  coloring: Coloring,
  into: Uint16Array,
): Uint16Array {
  const looks = into.length >= tree.count ? into : new Uint16Array(roomFor(tree.count));
  const shown = tree.countAt(at);
  fillLooks(tree, at, coloring, looks.subarray(0, shown));
  looks.fill(0, shown, tree.count);
  for (const node of tree.changedOften()) looks[node] = lookAt(tree, node, at, coloring);
  return looks;
}

type Domain = readonly [low: number, high: number];

/** What colours say. */
export interface Coloring {
  readonly domain: Domain;
  readonly scores: JudgedScores;
}

/** The look of one node at a moment, lit; 0 if it was not announced by then. */
export function lookAt(tree: Tree, node: NodeId, at: number, { domain, scores }: Coloring): number {
  const status = tree.statusAt(node, at);
  if (status === "none") return 0;
  const score = scores.scoreAt(node, at);
  return lookOf(kindAt(tree, node, at, KIND[status]), colorAt(score, domain));
}

/** Looks as the columns tell them, which is all there is to tell for most nodes. */
function fillLooks(tree: Tree, at: number, { domain, scores }: Coloring, looks: Uint16Array): void {
  const { proposedSeq, keptSeq, prunedSeq, answeredSeq } = tree;
  const { scoredSeq, score } = scores;
  const end = at + 1;
  for (let node = 0; node < looks.length; node++) {
    // As unsigned numbers −1, never, is later than all moments.
    let kind = proposedSeq[node]! >>> 0 < end ? OPEN : SAMPLING;
    if (prunedSeq[node]! >>> 0 < end) kind = PRUNED;
    else if (keptSeq[node]! >>> 0 < end) kind = KEPT;
    if (answeredSeq[node]! >= 0) kind = kindAt(tree, node, at, kind);
    const color = scoredSeq[node]! >>> 0 < end ? colorAt(score[node]!, domain) : HOLLOW;
    looks[node] = LIT + kind * COLORS + color;
  }
}

const { sampling: SAMPLING, open: OPEN, kept: KEPT, pruned: PRUNED } = KIND;

/** What a node of a status is, now that it may have been answered. */
function kindAt(tree: Tree, node: NodeId, at: number, status: number): number {
  if (tree.answeredSeq[node]! < 0) return status;
  const correct = tree.correctAt(node, at);
  if (correct === undefined) return status;
  const pruned = status === PRUNED;
  if (correct === null) return pruned ? KIND.prunedUnknown : KIND.unknownAnswer;
  if (correct) return pruned ? KIND.prunedRight : KIND.rightAnswer;
  return pruned ? KIND.prunedWrong : KIND.wrongAnswer;
}

function colorAt(score: number, domain: Domain): number {
  return Number.isNaN(score) ? HOLLOW : scoreStep(score, domain);
}

/** Room to grow into, so that a streaming tree does not allocate with every batch. */
function roomFor(count: number): number {
  return count + (count >> 1) + 64;
}
