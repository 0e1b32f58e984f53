import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

/** The problem and all steps of a node's prefix. Two nodes of any two runs mean the same if these are equal. */
export type Prefix = readonly [problem: string, ...steps: string[]];

export function prefixOf(tree: Tree, node: NodeId): Prefix {
  return [tree.started?.problem.text ?? "", ...tree.steps(node)];
}

/** The first node of a run with this prefix; null if it has none. O(depth × siblings). */
export function nodeOf(tree: Tree, [problem, ...steps]: Prefix): NodeId | null {
  if (tree.count === 0 || tree.started?.problem.text !== problem) return null;
  let ends: readonly NodeId[] = [ROOT];
  for (const step of steps) {
    // Identical siblings may have been expanded apart.
    ends = ends.flatMap((node) =>
      [...tree.children(node)].filter((kid) => isStep(tree, kid, step)),
    );
    if (ends.length === 0) return null;
  }
  return ends[0]!;
}

function isStep(tree: Tree, node: NodeId, step: string): boolean {
  return tree.proposedSeq[node]! >= 0 && tree.step(node) === step;
}
