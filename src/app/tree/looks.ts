import type { Tree } from "../../protocol/tree.ts";
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
export const LOOK_COUNT = KINDS.length * COLORS;

export function lookOf(kind: number, color: number): number {
  return kind * COLORS + color;
}

export function kindOf(look: number): number {
  return Math.floor(look / COLORS);
}

/** Index into `SCORE_COLORS`, or `HOLLOW`. */
export function colorOf(look: number): number {
  return look % COLORS;
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
 * The look of every node at a moment, for all frames until the moment, the tree
 * or the scale changes. Nodes that were not announced by then look `hidden`, 0.
 */
export function looksAt(
  tree: Tree,
  at: number,
  domain: readonly [number, number],
  into: Uint16Array,
): Uint16Array {
  const looks = into.length >= tree.count ? into : new Uint16Array(roomFor(tree.count));
  for (let node = 0; node < tree.count; node++) {
    const kind = kindAt(tree, node, at);
    const score = kind === KIND.hidden ? Number.NaN : tree.scoreAt(node, at);
    looks[node] =
      kind === KIND.hidden
        ? 0
        : lookOf(kind, Number.isNaN(score) ? HOLLOW : scoreStep(score, domain));
  }
  return looks;
}

function kindAt(tree: Tree, node: number, at: number): number {
  const status = tree.statusAt(node, at);
  if (status === "none") return KIND.hidden;
  const answered = tree.answeredSeq[node]!;
  if (answered < 0 || answered > at) return KIND[status];
  return answerKind(tree.answer(node, at)?.correct ?? null, status === "pruned");
}

function answerKind(correct: boolean | null, pruned: boolean): number {
  if (correct === null) return pruned ? KIND.prunedUnknown : KIND.unknownAnswer;
  if (correct) return pruned ? KIND.prunedRight : KIND.rightAnswer;
  return pruned ? KIND.prunedWrong : KIND.wrongAnswer;
}

/** Room to grow into, so that a streaming tree does not allocate with every batch. */
function roomFor(count: number): number {
  return count + (count >> 1) + 64;
}
