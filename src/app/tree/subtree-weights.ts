import type { Tree } from "../../protocol/tree.ts";
import type { Size } from "../state/reading.ts";

/**
 * What each node adds to the size of the subtrees that it is in, at the newest event; null if
 * that is one. Visits go through a node to those below it, so only those that ended at it are
 * its own. O(nodes).
 */
export function subtreeWeights(tree: Tree, by: Size): Int32Array | null {
  if (by === "nodes") return null;
  const { count, parent } = tree;
  if (by === "tokens") return Int32Array.from(tree.tokens.subarray(0, count));
  const visits = new Int32Array(count);
  for (let node = 0; node < count; node++) visits[node] = tree.visitsAt(node)?.visits ?? 0;
  const own = visits.slice();
  for (let node = 1; node < count; node++) own[parent[node]!]! -= visits[node]!;
  return own.map((weight) => Math.max(weight, 0));
}
