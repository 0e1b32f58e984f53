import {
  colorOf,
  FADED,
  isPruned,
  type PlacedNode,
  place,
  type Style,
  screenX,
  screenY,
} from "./placed-tree.ts";
import type { FlatTree } from "./shapes.ts";

/** A mark as libraries for graphs want it: they have no layout that fits a tree as well as d3's. */
export interface Mark {
  readonly id: number;
  readonly parent: number;
  /** Middle of the mark on the screen, px. */
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly opacity: number;
  readonly hasEdge: boolean;
}

/** All marks of a tree, laid out by d3-hierarchy to fill the view. */
export function marksOf(tree: FlatTree, style: Style): Mark[] {
  return place(tree)
    .descendants()
    .map((node: PlacedNode) => {
      const { id } = node.data;
      const pruned = isPruned(tree, id);
      return {
        id,
        parent: tree.parent[id]!,
        x: screenX(node),
        y: screenY(node),
        color: colorOf(tree, id),
        opacity: pruned ? FADED : 1,
        hasEdge: id > 0 && !(pruned && style.hidesPrunedEdges),
      };
    });
}
