import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

/** One item of the tree as assistive technology sees it. */
export interface TwinItem {
  readonly node: NodeId;
  /** From 1, the problem. */
  readonly level: number;
  /** From 1, among all siblings, whether they are in the list or not. */
  readonly position: number;
  readonly siblings: number;
  /** `null`: it has no children. */
  readonly expanded: boolean | null;
}

/** Most items of one family that are in the page at a time. */
const FAMILY = 60;
/** Most ancestors, the nearest ones. */
const ANCESTORS = 100;

/**
 * The items around an active node in reading order: its ancestors, its
 * siblings, itself, its children. A tree of any size gives at most a few
 * hundred; counts and positions are those of the whole tree at `at`.
 */
export function visibleItems(tree: Tree, active: NodeId, at: number): TwinItem[] {
  const path = tree.path(active);
  const ancestors = path.slice(0, -1).slice(-ANCESTORS);
  const items = ancestors.map((node) => itemOf(tree, node, at, true));
  if (active === ROOT)
    return [...items, itemOf(tree, ROOT, at, true), ...childItems(tree, ROOT, at)];
  const siblings = shownChildren(tree, tree.parent[active]!, at);
  for (const node of around(siblings, siblings.indexOf(active))) {
    items.push(itemOf(tree, node, at, node === active));
    if (node === active) items.push(...childItems(tree, active, at));
  }
  return items;
}

function childItems(tree: Tree, node: NodeId, at: number): TwinItem[] {
  return shownChildren(tree, node, at)
    .slice(0, FAMILY)
    .map((child) => itemOf(tree, child, at, false));
}

function itemOf(tree: Tree, node: NodeId, at: number, isOpen: boolean): TwinItem {
  const family = node === ROOT ? [ROOT] : shownChildren(tree, tree.parent[node]!, at);
  const hasChildren = shownChildren(tree, node, at).length > 0;
  return {
    node,
    level: tree.depth[node]! + 1,
    position: family.indexOf(node) + 1,
    siblings: family.length,
    expanded: hasChildren ? isOpen : null,
  };
}

function shownChildren(tree: Tree, node: NodeId, at: number): NodeId[] {
  return [...tree.children(node)].filter((child) => {
    const announced = tree.announcedSeq[child]!;
    return announced >= 0 && announced <= at;
  });
}

function around(family: readonly NodeId[], index: number): readonly NodeId[] {
  const from = Math.max(0, Math.min(index - FAMILY / 2, family.length - FAMILY));
  return family.slice(from, from + FAMILY);
}
