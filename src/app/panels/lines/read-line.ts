import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { NodeStatus, Pruning } from "../../../protocol/statuses.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { tokenLines } from "../../token-text.ts";

/** A path from the root, as it was at a moment. */
export interface Line {
  readonly end: NodeId;
  /** From the first step to the end; without the problem itself. */
  readonly nodes: readonly NodeId[];
  /** Score of each step, NaN where there is none. */
  readonly scores: readonly number[];
  /** Score of the end. */
  readonly score: number;
  /** The lowest on the way, NaN if nothing was scored. */
  readonly least: number;
  readonly worst: Fall | null;
  readonly tokens: number;
  readonly status: NodeStatus;
  readonly pruning: Pruning | null;
  /** `null`: it has not ended, or no answer was looked for. */
  readonly answer: { readonly text: string | null; readonly correct: boolean | null } | null;
  /** What its nodes are. */
  readonly unit: "step" | "token";
  /** The last steps, the end last; of tokens the last lines of the text. */
  readonly tail: readonly string[];
}

/** Where the score fell from one step to the next that has one. */
export interface Fall {
  readonly node: NodeId;
  /** Index of the step on its line. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

/** Steps of a line that are shown as text. */
const TAIL = 2;

/** Reads a line as of `at`. O(its length). */
export function readLine(tree: Tree, end: NodeId, at: number): Line {
  const nodes = tree.path(end).filter((node) => node !== ROOT);
  const scores = nodes.map((node) => tree.scoreAt(node, at));
  const answer = tree.answer(end, at);
  let tokens = 0;
  for (const node of nodes) if (isProposed(tree, node, at)) tokens += tree.tokens[node]!;
  return {
    ...{ end, nodes, scores, tokens },
    score: scores.at(-1) ?? Number.NaN,
    least: leastOf(scores),
    // How likely a text is falls with every token, which is nobody's mistake.
    worst: tree.unit === "token" ? null : worstFall(nodes, scores),
    status: tree.statusAt(end, at),
    pruning: tree.pruningAt(end, at),
    answer: answer && { text: answer.answer, correct: answer.correct },
    unit: tree.unit,
    tail: readTail(tree, nodes, at),
  };
}

function readTail(tree: Tree, nodes: readonly NodeId[], at: number): string[] {
  if (tree.unit === "step") {
    return nodes.slice(-TAIL).map((node) => (isProposed(tree, node, at) ? tree.step(node) : ""));
  }
  const last = nodes.findLast((node) => isProposed(tree, node, at));
  if (last === undefined) return [];
  return tokenLines(tree, last)
    .filter(({ isAnswer }) => !isAnswer)
    .slice(-TAIL)
    .map(({ text }) => text);
}

/** Where the score falls most, the first of equals; `null` if it nowhere does. */
export function worstFall(nodes: readonly NodeId[], scores: readonly number[]): Fall | null {
  let worst: Fall | null = null;
  let before = Number.NaN;
  for (const [index, after] of scores.entries()) {
    if (Number.isNaN(after)) continue;
    const depth = worst === null ? 0 : worst.before - worst.after;
    if (before - after > depth) worst = { node: nodes[index]!, index, before, after };
    before = after;
  }
  return worst;
}

function isProposed(tree: Tree, node: NodeId, at: number): boolean {
  const seq = tree.proposedSeq[node]!;
  return seq >= 0 && seq <= at;
}

function leastOf(scores: readonly number[]): number {
  let least = Number.NaN;
  for (const score of scores) if (!(score >= least)) least = Number.isNaN(score) ? least : score;
  return least;
}
