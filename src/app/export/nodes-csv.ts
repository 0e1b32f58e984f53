import { type Cell, csvLine } from "../../lib/csv.ts";
import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

const COLUMNS: Readonly<Record<string, (tree: Tree, node: NodeId) => Cell>> = {
  node: (_, node) => node,
  parent: (tree, node) => (node === ROOT ? null : tree.parent[node]),
  depth: (tree, node) => tree.depth[node],
  step: (tree, node) => tree.step(node),
  status: (tree, node) => tree.statusAt(node),
  reason: (tree, node) => tree.pruningAt(node)?.reason,
  rank: (tree, node) => tree.pruningAt(node)?.rank,
  score: (tree, node) => number(tree.scoreAt(node)),
  tokens: (tree, node) => (tree.proposedSeq[node]! < 0 ? null : tree.tokens[node]),
  logprob: (tree, node) => number(tree.logprob[node]!),
  ended: (tree, node) => tree.endedBy(node),
  origin: (tree, node) => tree.origin(node),
  duplicate_of: (tree, node) => (tree.duplicateOf(node) < 0 ? null : tree.duplicateOf(node)),
  visits: (tree, node) => tree.visitsAt(node)?.visits,
  value: (tree, node) => number(tree.visitsAt(node)?.value ?? Number.NaN),
  answer: (tree, node) => tree.answer(node)?.answer,
  correct: (tree, node) => tree.answer(node)?.correct,
  proposed_seq: (tree, node) => sequence(tree.proposedSeq[node]!),
  scored_seq: (tree, node) => sequence(tree.scoredSeq[node]!),
  pruned_seq: (tree, node) => sequence(tree.prunedSeq[node]!),
};

/** The nodes of a run as they stand at its end, a line each, parents first (RFC 4180). */
export function nodesCsv(tree: Tree): string {
  const columns = Object.entries(COLUMNS);
  const lines = [csvLine(columns.map(([name]) => name))];
  for (let node = ROOT; node < tree.count; node++) {
    lines.push(csvLine(columns.map(([, cellOf]) => cellOf(tree, node))));
  }
  return lines.join("");
}

function number(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function sequence(seq: number): number | null {
  return seq < 0 ? null : seq;
}
