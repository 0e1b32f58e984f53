import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** Whether a node lies on the path from the root to `end`. O(depth). */
export function isOnLine(tree: Tree, node: NodeId, end: NodeId): boolean {
  const depth = tree.depth[node]!;
  let at: number = end;
  while (tree.depth[at]! > depth) at = tree.parent[at]!;
  return at === node;
}

/** The end of the first of these lines that goes through a node; where none does, the node itself ends one. */
export function lineThrough(tree: Tree, node: NodeId, ends: readonly NodeId[]): NodeId {
  return ends.find((end) => end < tree.count && isOnLine(tree, node, end)) ?? node;
}
