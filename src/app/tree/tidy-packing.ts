import { NONE, type TidyItems, threadTo } from "./tidy-items.ts";

/** Sixteenths of a row are what places are counted in. */
export const UNITS_A_ROW = 16;
/** Distance of cousins, in rows; siblings are one row apart. */
export const COUSIN_ROWS = 1.5;

const SIBLING = UNITS_A_ROW;
const COUSIN = COUSIN_ROWS * UNITS_A_ROW;
/** Instead of a shift: the child is not what it was. No shift is odd. */
const CHANGED = 1;

/** Room for packing a family, reused for the next one. */
export class PackingRoom {
  /**
   * The children that can still be seen from below, the deepest first and the last
   * one at the end: each is less deep than the one before, and covers its columns.
   */
  readonly seen: number[] = [];
  /** How far below its old place each of them now is, or `CHANGED`. */
  readonly shifts: number[] = [];
  /** The children that can be seen from above, each deeper than the one before. */
  readonly deepest: number[] = [];
}

/**
 * Gives the children of `parent` their places and the parent its depth, when the
 * subtrees of all children are packed. Each child comes as near to the ones before
 * it as they allow; children without children are then spread between their
 * neighbours, and the parent stands in the middle.
 *
 * Children whose subtree has not changed keep their distance from earlier ones that
 * have not changed either, without a look at their contours. For the others both
 * contours are followed for as many columns as they share, so that all families of a tree
 * together cost O(items): Reingold and Tilford 1981, "Tidier drawings of trees".
 */
export function packFamily(items: TidyItems, room: PackingRoom, parent: number): void {
  const { firstChild, lastChild, nextSibling, depth, offset } = items;
  const first = firstChild[parent]!;
  const last = lastChild[parent]!;
  if (first === last) {
    offset[first] = 0;
    depth[parent] = depth[first]! + 1;
    return;
  }
  placeChildren(items, room, first);
  const middle = offset[last]! >> 1;
  for (let child = first; child >= 0; child = nextSibling[child]!) offset[child]! -= middle;
  const { seen, deepest } = room;
  depth[parent] = depth[seen[0]!]! + 1;
  for (let i = 1; i < seen.length; i++) linkLower(items, seen[i]!, seen[i - 1]!);
  for (let i = 1; i < deepest.length; i++) linkUpper(items, deepest[i - 1]!, deepest[i]!);
}

/** Finds the places of a family relative to its first child, even ones but for children that are spread. */
function placeChildren(items: TidyItems, room: PackingRoom, first: number): void {
  const { nextSibling, depth, offset, changed } = items;
  const { seen, shifts, deepest } = room;
  const firstWas = offset[first]!;
  seen.length = shifts.length = deepest.length = 0;
  let place = -SIBLING;
  let shift = 0;
  let tallest = -1;
  let inner = NONE;
  let leaves = 0;
  for (let child = first; child >= 0; child = nextSibling[child]!) {
    const levels = depth[child]!;
    if (levels === 0) {
      // It touches nothing but the child before, and moves with that one.
      place += SIBLING;
      leaves++;
    } else {
      const was = offset[child]! - firstWas;
      const common = sharedShift(items, room, child);
      place = common === CHANGED ? placeBelow(items, room, child, place) : was + common;
      shift = changed[child] === 1 ? CHANGED : place - was;
      if (inner >= 0 && leaves > 0) spreadLeaves(items, inner, leaves, place);
      inner = child;
      leaves = 0;
    }
    offset[child] = place;
    cover(items, room, levels);
    seen.push(child);
    shifts.push(shift);
    if (levels > tallest) {
      tallest = levels;
      deepest.push(child);
    }
  }
}

/** How far all the children that `child` can touch have moved, if it has not changed and nor have they. */
function sharedShift({ depth, changed }: TidyItems, { seen, shifts }: PackingRoom, child: number) {
  if (changed[child] === 1) return CHANGED;
  const levels = depth[child]!;
  let i = seen.length - 1;
  const shift = i < 0 ? 0 : shifts[i]!;
  for (let covered = -1; i >= 0 && covered < levels; i--) {
    if (shifts[i] !== shift) return CHANGED;
    covered = depth[seen[i]!]!;
  }
  return shift;
}

/** The first place below all earlier children where `child` is clear of them; `previous` is that of the last one. */
function placeBelow(items: TidyItems, { seen }: PackingRoom, child: number, previous: number) {
  const { firstChild, lastChild, depth, offset, upperStep, lowerStep } = items;
  const levels = depth[child]!;
  let place = previous + SIBLING;
  let upper = child;
  let upperAt = 0;
  let level = 0;
  for (let i = seen.length - 1; i >= 0 && level < levels; i--) {
    let lower = seen[i]!;
    let lowerAt = offset[lower]!;
    const end = Math.min(depth[lower]!, levels);
    for (let at = 1; at <= end; at++) {
      const below = lastChild[lower]!;
      lowerAt += below >= 0 ? offset[below]! : lowerStep[lower]!;
      lower = below >= 0 ? below : threadTo(below);
      if (at <= level) continue;
      const above = firstChild[upper]!;
      upperAt += above >= 0 ? offset[above]! : upperStep[upper]!;
      upper = above >= 0 ? above : threadTo(above);
      place = Math.max(place, lowerAt + COUSIN - upperAt);
    }
    level = end;
  }
  return place + (place & 1);
}

/** Forgets the children that one of `levels` columns below it hides from what comes after it. */
function cover({ depth }: TidyItems, { seen, shifts }: PackingRoom, levels: number): void {
  let kept = seen.length;
  while (kept > 0 && depth[seen[kept - 1]!]! <= levels) kept--;
  seen.length = shifts.length = kept;
}

/** Spreads the `leaves` children after `inner` evenly between it and the next one at `end`. */
function spreadLeaves(items: TidyItems, inner: number, leaves: number, end: number): void {
  const { nextSibling, offset } = items;
  const start = offset[inner]!;
  const gap = end - start;
  let leaf = nextSibling[inner]!;
  for (let i = 1; i <= leaves; i++) {
    offset[leaf] = start + Math.floor((gap * i) / (leaves + 1));
    leaf = nextSibling[leaf]!;
  }
}

/** Lets the lower contour of `child` go on at an earlier, deeper sibling. */
function linkLower(items: TidyItems, child: number, deeper: number): void {
  const { lastChild, depth, offset, lowerStep } = items;
  let from = child;
  let fromAt = offset[child]!;
  for (let i = depth[child]!; i > 0; i--) {
    const below = lastChild[from]!;
    fromAt += below >= 0 ? offset[below]! : lowerStep[from]!;
    from = below >= 0 ? below : threadTo(below);
  }
  let to = deeper;
  let toAt = offset[deeper]!;
  for (let i = depth[child]!; i >= 0; i--) {
    const below = lastChild[to]!;
    toAt += below >= 0 ? offset[below]! : lowerStep[to]!;
    to = below >= 0 ? below : threadTo(below);
  }
  lastChild[from] = threadTo(to);
  lowerStep[from] = toAt - fromAt;
}

/** Lets the upper contour of `child` go on at a later, deeper sibling. */
function linkUpper(items: TidyItems, child: number, deeper: number): void {
  const { firstChild, depth, offset, upperStep } = items;
  let from = child;
  let fromAt = offset[child]!;
  for (let i = depth[child]!; i > 0; i--) {
    const above = firstChild[from]!;
    fromAt += above >= 0 ? offset[above]! : upperStep[from]!;
    from = above >= 0 ? above : threadTo(above);
  }
  let to = deeper;
  let toAt = offset[deeper]!;
  for (let i = depth[child]!; i >= 0; i--) {
    const above = firstChild[to]!;
    toAt += above >= 0 ? offset[above]! : upperStep[to]!;
    to = above >= 0 ? above : threadTo(above);
  }
  firstChild[from] = threadTo(to);
  upperStep[from] = toAt - fromAt;
}
