import { type HierarchyPointNode, hierarchy, tree as tidyTree } from "d3";
import { SCORE_COLORS, scoreStep } from "../../../src/app/tree/score-color.ts";
import { type FlatTree, STATUS } from "./shapes.ts";

/** Where a fitted tree stands in the view of 1280 × 720 px: where ours does. */
export const FITTED = { left: 36, top: 80, width: 1226, height: 610 } as const;

/** A node as d3 and those who use its layout want it. */
export interface Item {
  readonly id: number;
  readonly children: Item[];
}

export type PlacedNode = HierarchyPointNode<Item>;

/** How marks and edges look at the density of a tree, like ours do. */
export interface Style {
  /** Of marks, px. */
  readonly radius: number;
  /** So small that marks have no outline and edges are straight. */
  readonly dense: boolean;
  /** Edges to pruned nodes would be a haze; ours leaves them out as well. */
  readonly hidesPrunedEdges: boolean;
  readonly edgeWidth: number;
  readonly edgeOpacity: number;
}

/** Nested objects from columns, without recursion. */
export function nest({ count, parent }: FlatTree): Item {
  const items = new Array<Item>(count);
  for (let id = 0; id < count; id++) {
    items[id] = { id, children: [] };
    if (id > 0) items[parent[id]!]!.children.push(items[id]!);
  }
  return items[0]!;
}

/** The tidy layout of d3-hierarchy: depth to the right, scaled to fill the view in both directions. */
export function place(tree: FlatTree): PlacedNode {
  const layout = tidyTree<Item>().size([FITTED.height, FITTED.width]);
  return layout(hierarchy<Item>(nest(tree)));
}

/** Screen position: d3 lays out from top to bottom, we read from left to right. */
export function screenX(node: PlacedNode): number {
  return FITTED.left + node.y;
}

export function screenY(node: PlacedNode): number {
  return FITTED.top + node.x;
}

/** Highest row, as in our fitted views, px. */
const FIT_ROW = 34;

/** The style in which a tree is drawn, which growing by a few nodes does not change. */
export function styleOf(root: PlacedNode): Style {
  const columnPx = FITTED.width / Math.max(root.height, 1);
  let rowPx = FIT_ROW;
  for (const { children = [] } of root) {
    for (let i = 1; i < children.length; i++) {
      rowPx = Math.min(rowPx, children[i]!.x - children[i - 1]!.x);
    }
  }
  const common = Math.min(rowPx * 0.34, columnPx * 0.25);
  const dense = common < 2;
  return {
    radius: dense ? barRadius(columnPx, rowPx) : Math.min(common, 6),
    dense,
    hidesPrunedEdges: rowPx < 1.2,
    edgeWidth: dense ? 0.75 : 1,
    edgeOpacity: dense ? Math.min(Math.max(rowPx / 4, 0.12), 1) : 1,
  };
}

/** Of a disc that covers about as much as the bar that ours draws where marks are dense. */
function barRadius(columnPx: number, rowPx: number): number {
  const width = Math.min(Math.max(columnPx * 0.13, 1.5), 10);
  const height = Math.min(Math.max(rowPx * 0.85, 1), 6);
  return Math.max(Math.sqrt((width * height) / Math.PI), 0.75);
}

export const EDGE_COLOR = "#6a6864";
export const OUTLINE = "#57534c";
export const PAPER = "#fbfaf7";
/** Opacity of marks of pruned nodes. */
export const FADED = 0.45;

export function colorOf({ score }: FlatTree, node: number): string {
  return Number.isNaN(score[node]!) ? PAPER : SCORE_COLORS[scoreStep(score[node]!, [0, 1])]!;
}

export function isPruned({ status }: FlatTree, node: number): boolean {
  return status[node] === STATUS.pruned;
}
