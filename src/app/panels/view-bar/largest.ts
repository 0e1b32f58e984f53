import { ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { SIZES, type Size } from "../../state/reading.ts";

/** Size of the whole tree at its newest, in each of the units that it has: visits need a search that counts them. */
export function largestSize(tree: Tree, by: Size): number {
  switch (by) {
    case "nodes":
      return tree.count;
    case "visits":
      return tree.count === 0 ? 0 : (tree.visitsAt(ROOT)?.visits ?? 0);
    case "tokens":
      return tokensOf(tree);
  }
}

/** What subtrees of a tree can be measured in. */
export function sizesOf(tree: Tree): readonly Size[] {
  return SIZES.filter((by) => by === "nodes" || largestSize(tree, by) > 0);
}

let counted = { tree: null as Tree | null, version: -1, tokens: 0 };

/** Tokens of all steps; counted once a version. */
function tokensOf(tree: Tree): number {
  if (counted.tree !== tree || counted.version !== tree.version) {
    const { tokens, count } = tree;
    let sum = 0;
    for (let node = 0; node < count; node++) sum += tokens[node]!;
    counted = { tree, version: tree.version, tokens: sum };
  }
  return counted.tokens;
}
