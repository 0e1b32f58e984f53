import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** Equal answers, and who gave them. */
export interface AnswerRow {
  readonly canonical: string;
  readonly answer: string;
  readonly correct: boolean | null;
  /** Candidates with this answer; after the choice only those that voted. */
  readonly nodes: readonly NodeId[];
  /** Sum of votes or scores; `null` before the choice. */
  readonly weight: number | null;
  /** The candidate to look at: the chosen one, or the one with the best score. */
  readonly representative: NodeId;
  readonly isSelected: boolean;
}

export interface AnswerTable {
  /** Best first: by weight, and before the choice by the number of candidates. */
  readonly rows: readonly AnswerRow[];
  /** How it was chosen; `null` before that. */
  readonly method: "argmax" | "majority" | "weighted_majority" | "human" | null;
  /** Finished candidates from which no answer could be read. */
  readonly unreadable: number;
  /** Candidates with an answer that had no vote, as they were pruned before. */
  readonly pruned: number;
}

/** The answers that were given by `at`, and the votes if they were counted by then. O(nodes). */
export function readAnswers(tree: Tree, at: number): AnswerTable {
  const selected = tree.selectedAt(at);
  const given = answersGiven(tree, at);
  if (!selected) {
    const rows = [...given.byCanonical.values()]
      .map((row) => ({ ...row, representative: bestOf(tree, row.nodes, at) }))
      .sort((a, b) => b.nodes.length - a.nodes.length || a.nodes[0]! - b.nodes[0]!);
    return { rows, method: null, unreadable: given.unreadable, pruned: 0 };
  }
  const chosen = selected.path.at(-1) ?? null;
  const rows = selected.votes.map((vote): AnswerRow => {
    const isSelected = chosen !== null && vote.nodes.includes(chosen);
    return {
      ...vote,
      isSelected,
      representative: isSelected ? chosen : bestOf(tree, vote.nodes, at),
    };
  });
  const voters = rows.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const answered = [...given.byCanonical.values()].reduce(
    (sum, { nodes }) => sum + nodes.length,
    0,
  );
  return {
    rows,
    method: selected.method,
    unreadable: selected.unreadable,
    pruned: Math.max(0, answered - voters),
  };
}

interface GivenAnswer extends Omit<AnswerRow, "nodes"> {
  readonly nodes: NodeId[];
}

function answersGiven(tree: Tree, at: number) {
  const byCanonical = new Map<string, GivenAnswer>();
  let unreadable = 0;
  for (let node = 0; node < tree.count; node++) {
    if (tree.answeredSeq[node]! < 0) continue;
    const given = tree.answer(node, at);
    if (given === null) continue;
    const { canonical, answer, correct } = given;
    if (canonical === null) {
      unreadable++;
      continue;
    }
    const row = byCanonical.get(canonical);
    if (row) row.nodes.push(node);
    else {
      byCanonical.set(canonical, {
        canonical,
        answer: answer ?? canonical,
        correct,
        nodes: [node],
        weight: null,
        representative: node,
        isSelected: false,
      });
    }
  }
  return { byCanonical, unreadable };
}

/** The node with the best score among these, the first of equals. */
function bestOf(tree: Tree, nodes: readonly NodeId[], at: number): NodeId {
  return nodes.reduce((best, node) =>
    tree.scoreAt(node, at) > tree.scoreAt(best, at) ? node : best,
  );
}
