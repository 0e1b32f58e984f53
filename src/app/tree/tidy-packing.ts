import { CONTOUR, LOWER, NONE, STEP, type TidyItems, UPPER } from "./tidy-items.ts";

/** Sixteenths of a row are what places are counted in. */
export const UNITS_A_ROW = 16;
/** Distance of cousins, in rows; siblings are one row apart. */
export const COUSIN_ROWS = 1.5;

const SIBLING = UNITS_A_ROW;
const COUSIN = COUSIN_ROWS * UNITS_A_ROW;
/** Instead of a shift: the child is not what it was. No shift is odd. */
const CHANGED = 1;

/**
 * What is known of a family while it is packed, reused for the next one.
 *
 * `seen` are the children that can still be seen from below, the deepest first and the
 * last one at the end: each is less deep than the one before, and covers its
 * columns. `deepest` are those that can be seen from above, each deeper than the one before.
 */
export interface Family {
  readonly seen: Int32Array;
  /** How far below its old place each of them is, or `CHANGED`. */
  readonly shifts: Int32Array;
  seenCount: number;
  readonly deepest: Int32Array;
  deepestCount: number;
}

/** Room for the families of a tree of `count` items: as many children that all differ in depth have to be that many. */
export function familyOf(count: number): Family {
  const most = Math.ceil(Math.sqrt(2 * count)) + 1;
  return {
    seen: new Int32Array(most),
    shifts: new Int32Array(most),
    seenCount: 0,
    deepest: new Int32Array(most),
    deepestCount: 0,
  };
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
export function packFamily(items: TidyItems, family: Family, parent: number): void {
  const { contour, nextSibling, depth, offset, straight, changed } = items;
  const first = contour[parent * CONTOUR + UPPER]!;
  const last = contour[parent * CONTOUR + LOWER]!;
  if (first === last) {
    offset[first] = 0;
    changed[first] = 0;
    contour[parent * CONTOUR + UPPER + STEP] = 0;
    contour[parent * CONTOUR + LOWER + STEP] = 0;
    depth[parent] = depth[first]! + 1;
    straight[parent] = straight[first]!;
    return;
  }
  placeChildren(items, family, first);
  // Even, as the last child is not spread.
  const middle = offset[last]! / 2;
  for (let child = first; child >= 0; child = nextSibling[child]!) {
    offset[child]! -= middle;
    changed[child] = 0;
  }
  contour[parent * CONTOUR + UPPER + STEP] = -middle;
  contour[parent * CONTOUR + LOWER + STEP] = middle;
  straight[parent] = 0;
  const { seen, deepest } = family;
  depth[parent] = depth[seen[0]!]! + 1;
  for (let i = 1; i < family.seenCount; i++) thread(items, seen[i]!, seen[i - 1]!, LOWER);
  for (let i = 1; i < family.deepestCount; i++) thread(items, deepest[i - 1]!, deepest[i]!, UPPER);
}

/** Finds the places of a family relative to its first child, even ones but for children that are spread. */
function placeChildren(items: TidyItems, family: Family, first: number): void {
  const { nextSibling, depth, offset, changed } = items;
  const firstWas = offset[first]!;
  family.seenCount = 0;
  family.deepestCount = 0;
  let place = -SIBLING;
  let shift = 0;
  let inner = NONE;
  let leaves = 0;
  for (let child = first; child >= 0; child = nextSibling[child]!) {
    if (depth[child] === 0) {
      // It touches nothing but the child before, and moves with that one.
      place += SIBLING;
      leaves++;
    } else {
      const was = offset[child]! - firstWas;
      const common = sharedShift(items, family, child);
      place = common === CHANGED ? placeBelow(items, family, child, place) : was + common;
      shift = changed[child] === 1 ? CHANGED : place - was;
      if (inner >= 0 && leaves > 0) spreadLeaves(items, inner, leaves, place);
      inner = child;
      leaves = 0;
    }
    offset[child] = place;
    see(items, family, child, shift);
  }
}

/** How far all the children that `child` can touch have moved, if it has not changed and nor have they. */
function sharedShift(
  { depth, changed }: TidyItems,
  { seen, shifts, seenCount }: Family,
  child: number,
): number {
  if (changed[child] === 1) return CHANGED;
  const levels = depth[child]!;
  let i = seenCount - 1;
  const shift = i < 0 ? 0 : shifts[i]!;
  for (let covered = -1; i >= 0 && covered < levels; i--) {
    if (shifts[i] !== shift) return CHANGED;
    covered = depth[seen[i]!]!;
  }
  return shift;
}

/** Puts `child` after those that can be seen, and forgets those that it hides. */
function see({ depth }: TidyItems, family: Family, child: number, shift: number): void {
  const { seen, shifts, deepest } = family;
  const levels = depth[child]!;
  let count = family.seenCount;
  if (count === 0 || depth[seen[0]!]! < levels) deepest[family.deepestCount++] = child;
  while (count > 0 && depth[seen[count - 1]!]! <= levels) count--;
  seen[count] = child;
  shifts[count] = shift;
  family.seenCount = count + 1;
}

/** The first place below all earlier children where `child` is clear of them; `previous` is that of the last one. */
function placeBelow(
  { contour, depth, offset, straight }: TidyItems,
  { seen, seenCount }: Family,
  child: number,
  previous: number,
): number {
  const levels = depth[child]!;
  let place = previous + SIBLING;
  let upper = child * CONTOUR + UPPER;
  let upperAt = 0;
  let level = 0;
  for (let i = seenCount - 1; i >= 0 && level < levels; i--) {
    const earlier = seen[i]!;
    let lower = earlier * CONTOUR + LOWER;
    let lowerAt = offset[earlier]!;
    const end = Math.min(depth[earlier]!, levels);
    if (straight[earlier] === 1 && straight[child] === 1) {
      // Nor need `upper` come along: the child is in one row wherever it is followed from.
      if (end > 0) place = Math.max(place, lowerAt + COUSIN);
      level = end;
      continue;
    }
    for (let at = 1; at <= end; at++) {
      lowerAt += contour[lower + STEP]!;
      lower = contour[lower]! * CONTOUR + LOWER;
      // The columns before are covered by later children.
      if (at <= level) continue;
      upperAt += contour[upper + STEP]!;
      upper = contour[upper]! * CONTOUR + UPPER;
      place = Math.max(place, lowerAt - upperAt + COUSIN);
    }
    level = end;
  }
  return place + (place & 1);
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

/** Lets a contour of `child` go on at a sibling that is deeper. */
function thread(
  { contour, depth, offset }: TidyItems,
  child: number,
  deeper: number,
  side: typeof UPPER | typeof LOWER,
): void {
  let from = child * CONTOUR + side;
  let to = deeper * CONTOUR + side;
  let rows = offset[deeper]! - offset[child]!;
  for (let i = depth[child]!; i > 0; i--) {
    rows += contour[to + STEP]! - contour[from + STEP]!;
    from = contour[from]! * CONTOUR + side;
    to = contour[to]! * CONTOUR + side;
  }
  contour[from + STEP] = rows + contour[to + STEP]!;
  contour[from] = contour[to]!;
}
