import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { type DropMark, dropMark, dropWords } from "../../score-drop.ts";
import { tokenLines } from "../../token-text.ts";

/** A step of a solution, or a line of one that was searched token by token, as far as it was known at a moment. */
export interface SolutionStep {
  readonly node: NodeId;
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly isSampling: boolean;
  /** NaN: not scored by then. */
  readonly score: number;
  /** How far the score falls with it, as a mark and in words. */
  readonly mark: DropMark;
  readonly markWords: string;
  readonly isPruned: boolean;
  /** Other steps that were proposed in its place by then. */
  readonly alternatives: number;
}

/** One line of the tree, read as a solution. */
export interface Solution {
  readonly problem: string;
  readonly steps: readonly SolutionStep[];
  /** Whether the search chose it by then. */
  readonly isChosen: boolean;
  /** What it ends with; null if it has not ended. */
  readonly answer: { readonly answer: string | null; readonly correct: boolean | null } | null;
  /** Tokens of its steps. */
  readonly tokens: number;
}

/**
 * The line that is read at a moment: the chosen one if nothing or one of its nodes
 * is selected, else the one that leads to the selected node and goes on with the
 * best of what follows. O(siblings along the line).
 */
export function readSolution(tree: Tree, selected: NodeId | null, at: number): Solution {
  const chosen = tree.selectedAt(at)?.path ?? [];
  const isChosen = chosen.length > 0 && (selected === null || chosen.includes(selected));
  const line = isChosen ? chosen : lineThrough(tree, selected ?? ROOT, at);
  const nodes = line.filter((node) => node !== ROOT);
  const last = nodes.at(-1);
  return {
    problem: tree.started?.problem.text ?? "",
    steps:
      tree.unit === "token"
        ? readLines(tree, { nodes, selected, at })
        : nodes.map((node, i) => readStep(tree, node, i, at)),
    isChosen,
    answer: last === undefined ? null : tree.answer(last, at),
    tokens: nodes.reduce(
      (sum, node) => sum + (isKnown(tree, node, at) ? tree.tokens[node]! : 0),
      0,
    ),
  };
}

/** Other steps in the place of a node that were proposed by then, the best score first, without one last. */
export function readAlternatives(tree: Tree, node: NodeId, at: number): NodeId[] {
  const parent = tree.parent[node]!;
  if (parent < 0) return [];
  return [...tree.children(parent)]
    .filter((sibling) => sibling !== node && isKnown(tree, sibling, at))
    .sort((a, b) => rankOf(tree, b, at) - rankOf(tree, a, at) || a - b);
}

/** How a node is in order of worth: its score, below all scores if there is none. */
function rankOf(tree: Tree, node: NodeId, at: number): number {
  const score = tree.scoreAt(node, at);
  return Number.isNaN(score) ? -1 : score;
}

function readStep(tree: Tree, node: NodeId, index: number, at: number): SolutionStep {
  const isSampling = !isKnown(tree, node, at);
  const score = tree.scoreAt(node, at);
  const before = tree.scoreAt(tree.parent[node]!, at);
  return {
    node,
    number: index + 1,
    text: isSampling ? "" : tree.step(node),
    isSampling,
    score,
    mark: dropMark(before, score),
    markWords: dropWords(before, score),
    isPruned: tree.statusAt(node, at) === "pruned",
    alternatives: countOthers(tree, node, at),
  };
}

/**
 * A solution of tokens by its lines of reasoning, up to the last token that is
 * known. A line is selected as its last token, or as the selected one in it.
 */
function readLines(
  tree: Tree,
  { nodes, selected, at }: { nodes: readonly NodeId[]; selected: NodeId | null; at: number },
): SolutionStep[] {
  const last = nodes.findLast((node) => isKnown(tree, node, at));
  if (last === undefined) return [];
  return tokenLines(tree, last)
    .filter(({ isAnswer }) => !isAnswer)
    .map((line, i) => {
      const end = line.nodes.at(-1)!;
      return {
        node: selected !== null && line.nodes.includes(selected) ? selected : end,
        ...{ number: i + 1, text: line.text, isSampling: false, score: tree.scoreAt(end, at) },
        ...{ mark: "", markWords: "", alternatives: 0 },
        isPruned: tree.statusAt(end, at) === "pruned",
      };
    });
}

function countOthers(tree: Tree, node: NodeId, at: number): number {
  let others = 0;
  for (const sibling of tree.children(tree.parent[node]!)) {
    if (sibling !== node && isKnown(tree, sibling, at)) others++;
  }
  return others;
}

function lineThrough(tree: Tree, node: NodeId, at: number): NodeId[] {
  if (node >= tree.count) return [];
  const line = tree.path(node);
  for (let next = bestChild(tree, node, at); next !== null; next = bestChild(tree, next, at)) {
    line.push(next);
  }
  return line;
}

/** What is still in the running before what is not, then the best score, then the first. */
function bestChild(tree: Tree, node: NodeId, at: number): NodeId | null {
  let best: NodeId | null = null;
  let bestRank = Number.NEGATIVE_INFINITY;
  for (const child of tree.children(node)) {
    if (!isKnown(tree, child, at)) continue;
    const rank = rankOf(tree, child, at) - (tree.statusAt(child, at) === "pruned" ? 10 : 0);
    if (rank > bestRank) {
      best = child;
      bestRank = rank;
    }
  }
  return best;
}

function isKnown(tree: Tree, node: NodeId, at: number): boolean {
  const proposed = tree.proposedSeq[node]!;
  return proposed >= 0 && proposed <= at;
}
