import type { Changes } from "./tidy-changes.ts";
import { CONTOUR, LOWER, NONE, type TidyItems, UPPER } from "./tidy-items.ts";

/** Items that come into columns, and those that leave them. */
export interface Moves {
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/**
 * Finds what has come and gone with `changes`, which are linked already while parents and columns
 * are those from before; brings those up to date, and the last children. Null if what
 * stayed is in another order or below another item: then nothing is known of parents and columns.
 * O(children of changed families).
 */
export function movesBy(items: TidyItems, top: number, changes: Changes): Moves | null {
  const { parent, depth } = items;
  const added: number[] = [];
  const removed: number[] = [];
  const families = familiesBefore(items, top, changes);
  // What is new and has children joins the families while they are gone through.
  for (const family of families) {
    const known = added.length;
    if (!isFollowed(items, changes, family, { added, removed })) return null;
    for (let i = known; i < added.length; i++) {
      if (depth[added[i]!]! > 0) families.add(added[i]!);
    }
  }
  for (const item of removed) parent[item] = NONE;
  return { added, removed };
}

/** Adds what has come to a family and gone from it to `moves`; false if what stayed is in another order, or comes from elsewhere. */
function isFollowed(
  items: TidyItems,
  changes: Changes,
  family: number,
  moves: { readonly added: number[]; readonly removed: number[] },
): boolean {
  const { parent, contour, nextSibling, column, depth } = items;
  let was = firstBefore(items, changes, family);
  let child = depth[family] === 0 ? NONE : contour[family * CONTOUR + UPPER]!;
  for (; child >= 0; child = nextSibling[child]!) {
    contour[family * CONTOUR + LOWER] = child;
    if (parent[child] === NONE) {
      parent[child] = family;
      column[child] = column[family]! + 1;
      moves.added.push(child);
      continue;
    }
    for (; was >= 0 && was !== child; was = nextBefore(items, changes, was)) {
      moves.removed.push(was);
    }
    if (was < 0) return false;
    was = nextBefore(items, changes, was);
  }
  for (; was >= 0; was = nextBefore(items, changes, was)) moves.removed.push(was);
  return true;
}

/**
 * The items that were there and of which the children have changed. They are all that can be
 * seen from: a child that came later follows one that was there, or is the first.
 */
function familiesBefore({ parent }: TidyItems, top: number, { first, next }: Changes): Set<number> {
  const families = new Set<number>();
  for (const item of next.keys()) if (parent[item]! >= 0) families.add(parent[item]!);
  for (const item of first.keys()) if (parent[item]! >= 0 || item === top) families.add(item);
  return families;
}

function firstBefore({ contour, depth }: TidyItems, { first }: Changes, item: number): number {
  const was = first.get(item);
  if (was !== undefined) return was;
  return depth[item] === 0 ? NONE : contour[item * CONTOUR + UPPER]!;
}

function nextBefore({ nextSibling }: TidyItems, { next }: Changes, item: number): number {
  return next.get(item) ?? nextSibling[item]!;
}
