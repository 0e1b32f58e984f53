import type { NodeId } from "../../protocol/events.ts";
import { isFolded } from "../state/arranged.ts";
import type { Drawn } from "../state/move-selection.ts";

/** One item of the tree as assistive technology sees it. */
export interface TwinItem {
  readonly node: NodeId;
  /** From 1, the problem. */
  readonly level: number;
  /** From 1, among all siblings, whether they are in the list or not. */
  readonly position: number;
  readonly siblings: number;
  /** `null`: there is nothing below it. Folded items are not expanded. */
  readonly expanded: boolean | null;
}

/** Most items of one family that are in the page at a time. */
const FAMILY = 60;
/** Most ancestors, the nearest ones. */
const ANCESTORS = 100;

/**
 * The items around an active one in reading order: its ancestors, its
 * siblings, itself, its children. A tree of any size gives at most a few
 * hundred; counts and positions are those of all items at the moment.
 */
export function visibleItems(drawn: Drawn, active: NodeId): TwinItem[] {
  const path = pathTo(drawn, active);
  const items: TwinItem[] = [];
  for (let i = Math.max(path.length - 1 - ANCESTORS, 0); i < path.length - 1; i++) {
    items.push(itemOf(drawn, path[i]!, i + 1, true));
  }
  const level = path.length;
  const children = shownChildren(drawn, active)
    .slice(0, FAMILY)
    .map((child) => itemOf(drawn, child, level + 1, false));
  if (level === 1) return [itemOf(drawn, active, level, true), ...children];
  const siblings = shownChildren(drawn, path[level - 2]!);
  for (const item of around(siblings, siblings.indexOf(active))) {
    items.push(itemOf(drawn, item, level, item === active));
    if (item === active) items.push(...children);
  }
  return items;
}

/** From the top to an item, both included. */
function pathTo({ arranged }: Drawn, item: NodeId): NodeId[] {
  const path: NodeId[] = [];
  for (let at = item; at >= 0; at = arranged.parentOf(at)) path.push(at);
  return path.reverse();
}

function itemOf(drawn: Drawn, item: NodeId, level: number, isOpen: boolean): TwinItem {
  const { arranged } = drawn;
  const parent = arranged.parentOf(item);
  const family = parent < 0 ? [item] : shownChildren(drawn, parent);
  const hasChildren = shownChildren(drawn, item).length > 0;
  return {
    node: item,
    level,
    position: family.indexOf(item) + 1,
    siblings: family.length,
    expanded: isFolded(arranged, item) ? false : hasChildren ? isOpen : null,
  };
}

function shownChildren({ tree, at, arranged }: Drawn, item: NodeId): NodeId[] {
  return arranged.childrenOf(item).filter((child) => {
    const announced = tree.announcedSeq[child]!;
    return announced >= 0 && announced <= at;
  });
}

function around(family: readonly NodeId[], index: number): readonly NodeId[] {
  const from = Math.max(0, Math.min(index - FAMILY / 2, family.length - FAMILY));
  return family.slice(from, from + FAMILY);
}
