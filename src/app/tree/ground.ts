import type { NarrowArray } from "../../protocol/columns.ts";
import type { NodeId } from "../../protocol/events.ts";
import { STANDS } from "./arrangement.ts";
import type { Palette } from "./palette.ts";
import type { Layout } from "./tidy-layout.ts";

/**
 * What marks and edges are drawn from: where the items of a tree stand and how they
 * look. Without text, so that a worker can hold it. Columns are indexed by node id.
 */
export interface Ground {
  readonly layout: Layout;
  /** Where columns begin at scale 1, and where the last one ends, see `column-widths.ts`. */
  readonly columnX: Float64Array;
  /** Row at which each item is drawn: the layout's, or on the way to it. */
  readonly row: Float32Array;
  /** Look of each item, see `looks.ts`. */
  readonly looks: Uint16Array;
  /** How far each item has grown in, [0, 1]; null if all have. */
  readonly growth: Float32Array | null;
  /** Of the tree. */
  readonly parent: Int32Array;
  readonly depth: NarrowArray;
  /** The item in column 0. */
  readonly top: NodeId;
  /** The item in whose place each node is shown, −1 for none; null if each has its own. */
  readonly shownAt: Int32Array | null;
  /** What items stand for, `STANDS`; null if all for themselves. */
  readonly stands: Uint8Array | null;
  /** Nodes that are shown in an item's place; null if it is one each. */
  readonly size: Int32Array | null;
  readonly palette: Palette;
  /** Whether text is drawn. */
  readonly labels: boolean;
  /** Characters of the text beside an item. */
  readonly labelLength: (item: NodeId) => number;
  /** Items of the path that the search has chosen, by column; empty until it has. */
  readonly chosen: readonly NodeId[];
}

/** The column in which an item stands. */
export function columnOf({ depth, top }: Pick<Ground, "depth" | "top">, item: NodeId): number {
  return depth[item]! - depth[top]!;
}

/** The item to the left of one that is not the top. */
export function parentOf(
  { parent, shownAt }: Pick<Ground, "parent" | "shownAt">,
  item: NodeId,
): NodeId {
  const node = parent[item]!;
  return shownAt === null ? node : shownAt[node]!;
}

/** The item in whose place a node is shown; −1 for nodes outside of the hoisted part and those not placed yet. */
export function itemOf(
  { shownAt, layout }: Pick<Ground, "shownAt" | "layout">,
  node: NodeId,
): NodeId | -1 {
  if (node >= layout.count) return -1;
  return shownAt === null ? node : shownAt[node]!;
}

/** Whether an item is several dead siblings, of which none is meant by itself. */
export function isGroup({ stands }: Pick<Ground, "stands">, item: NodeId): boolean {
  return stands !== null && stands[item] === STANDS.dead;
}

/** Whether an item is several identical siblings. */
export function isMerged({ stands }: Pick<Ground, "stands">, item: NodeId): boolean {
  return stands !== null && stands[item] === STANDS.same;
}

/** Whether an item hides what is below it or beside it. */
export function isFolded({ stands }: Pick<Ground, "stands">, item: NodeId): boolean {
  if (stands === null) return false;
  return stands[item] === STANDS.subtree || stands[item] === STANDS.dead;
}
