import { CONTOUR, NONE, type TidyItems, UPPER } from "./tidy-items.ts";
import type { ItemTree } from "./tidy-layout.ts";

/** In what a tree differs from the one that was laid out last. */
export interface Changes {
  /** Items whose first child is another one, with the one that it was. */
  readonly first: ReadonlyMap<number, number>;
  /** Items whose next sibling is another one, with the one that it was; also of those that have gone. */
  readonly next: ReadonlyMap<number, number>;
}

/**
 * Links the items of `some`, which are ascending, as in `tree`, and says in what they differ: for
 * whoever knows that no other item does.
 */
export function relinkSome(items: TidyItems, tree: ItemTree, some: Iterable<number>): Changes {
  const first = new Map<number, number>();
  const next = new Map<number, number>();
  for (const item of some) {
    const child = tree.firstChild[item]!;
    const wasChild = firstChildOf(items, item);
    if (child !== wasChild) {
      first.set(item, wasChild);
      setFirstChild(items, item, child);
    }
    const wasSibling = items.nextSibling[item]!;
    if (tree.nextSibling[item] === wasSibling) continue;
    next.set(item, wasSibling);
    items.nextSibling[item] = tree.nextSibling[item]!;
  }
  return { first, next };
}

function firstChildOf({ contour, depth }: TidyItems, item: number): number {
  return depth[item] === 0 ? NONE : contour[item * CONTOUR + UPPER]!;
}

function setFirstChild({ contour, depth, straight }: TidyItems, item: number, child: number): void {
  // An item without children needs these two for its contour.
  if (child >= 0) contour[item * CONTOUR + UPPER] = child;
  depth[item] = child < 0 ? 0 : 1;
  straight[item] = 1;
}

/**
 * Links items as in `tree`, which has all the ids that were there, and says in what it differs;
 * null if that is more than `most` links. What is no item must have no links in `tree`.
 */
export function relink(items: TidyItems, tree: ItemTree, most: number): Changes | null {
  const { nextSibling } = items;
  const first = relinkFirst(items, tree, most);
  const next = new Map<number, number>();
  for (let item = 0; item < tree.count; item++) {
    const sibling = tree.nextSibling[item]!;
    const wasSibling = nextSibling[item]!;
    if (sibling === wasSibling) continue;
    nextSibling[item] = sibling;
    if (next.size < most) next.set(item, wasSibling);
  }
  return first.size + next.size < most ? { first, next } : null;
}

/** Links first children, and returns up to `most` items of which they are others. */
function relinkFirst(
  items: TidyItems,
  { count, firstChild }: ItemTree,
  most: number,
): Map<number, number> {
  const changed = new Map<number, number>();
  for (let item = 0; item < count; item++) {
    const child = firstChild[item]!;
    const wasChild = firstChildOf(items, item);
    if (child === wasChild) continue;
    if (changed.size < most) changed.set(item, wasChild);
    setFirstChild(items, item, child);
  }
  return changed;
}

/** The families that differ, by their parents, when the parents of all items are known; `true`: from the first child on. */
export function changedFamilies(
  { parent, depth }: TidyItems,
  { first, next }: Changes,
): Map<number, boolean> {
  const families = new Map<number, boolean>();
  for (const item of next.keys()) if (parent[item]! >= 0) families.set(parent[item]!, false);
  for (const item of first.keys()) {
    if (depth[item]! > 0) families.set(item, true);
    // Its contour ends earlier, which those around it have to know.
    else if (parent[item]! >= 0) families.set(parent[item]!, true);
  }
  return families;
}

/** Marks the children behind the first difference of each family as changed: what has gone may have kept them apart. */
export function markChildren(
  { contour, nextSibling, changed }: TidyItems,
  families: ReadonlyMap<number, boolean>,
  { next }: Changes,
): void {
  for (const [item, isNewFromFirst] of families) {
    let mark = isNewFromFirst ? 1 : 0;
    for (let child = contour[item * CONTOUR + UPPER]!; child >= 0; child = nextSibling[child]!) {
      changed[child]! |= mark;
      if (next.has(child)) mark = 1;
    }
  }
}
