import { sortByScore } from "./arrange-by-score.ts";
import { MARK, markHands, markSmall, markSubtrees } from "./arrange-marks.ts";
import { mergeSiblings } from "./arrange-merged.ts";
import { type ArrangeInput, type Arrangement, STANDS } from "./arrangement.ts";

const NONE = -1;

/** Whether by its options every node has a place of its own, as generated: `arrange` would give the tree as it is. */
export function isIdentity({ order, top, foldsDead, folding, weight }: ArrangeInput): boolean {
  // No subtree that can be folded has fewer nodes than two.
  const least = weight === null ? folding.least - 2 : folding.least;
  return (
    order === "generated" && top === 0 && !foldsDead && least <= 0 && folding.folded.size === 0
  );
}

/**
 * Gives each node below `top` the item in whose place it is shown, and the items
 * their order. In the order of precedence, from the top down:
 *
 * - Merged order: identical siblings are one item, the first of them, with all their
 *   children below it, which are merged in turn. Nodes without a step are not merged.
 * - Dead children of one item are one item with all that is below them, the first of
 *   them, if they are two nodes or more; see `markSubtrees` for what is dead. They
 *   have places of their own if a hand has unfolded one of them.
 * - What is below a node that a hand has folded is shown in its place.
 * - So is what is below a node with a subtree smaller than `least`, even a right
 *   answer, unless a hand has unfolded the node.
 *
 * Nothing folds the top. Takes a few linear passes, whatever the shape of the tree.
 * Throws if the order needs a column that is null.
 */
export function arrange(input: ArrangeInput): Arrangement {
  const { count, top, parent, order, folding } = input;
  const marks = new Uint16Array(count);
  const up =
    order === "merged" ? mergeSiblings(input, known(input.sameStep, order), marks) : parent;
  markSubtrees(input, up, marks);
  markHands(input, up, marks);
  if (folding.least > 0) markSmall(input, up, marks);
  const arrangement: Arrangement = {
    count,
    top,
    shownAt: new Int32Array(count).fill(NONE),
    firstChild: new Int32Array(count).fill(NONE),
    nextSibling: new Int32Array(count).fill(NONE),
    stands: new Uint8Array(count),
    size: new Int32Array(count),
  };
  place(input, up, marks, arrangement);
  link(arrangement, up);
  if (order === "score") sortByScore(arrangement, up, known(input.score, order));
  return arrangement;
}

function known<T>(column: T | null, order: string): T {
  if (column === null) throw new Error(`the order ${order} needs a column that is null`);
  return column;
}

/** Decides from the top down where each node is shown, and what items stand for. */
function place(
  { count, top }: ArrangeInput,
  up: Int32Array,
  marks: Uint16Array,
  { shownAt, stands }: Arrangement,
): void {
  /** The item of the dead children of each item, 0 before there is one. */
  const deadItem = new Int32Array(count);
  shownAt[top] = top;
  marks[top]! |= MARK.inside;
  for (let node = top + 1; node < count; node++) {
    const above = up[node]!;
    const markAbove = marks[above]!;
    if ((markAbove & MARK.inside) === 0) continue;
    const mark = marks[node]! | MARK.inside;
    if (isCovered(mark, markAbove)) {
      shownAt[node] = shownAt[above]!;
      marks[node] = mark | MARK.closed;
    } else if (isGrouped(mark, markAbove)) {
      const item = deadItem[above]! || node;
      if (item === node) {
        deadItem[above] = node;
        stands[node] = STANDS.dead;
      }
      shownAt[node] = item;
      marks[node] = mark | MARK.closed;
    } else {
      shownAt[node] = node;
      marks[node] = mark;
      if ((mark & MARK.folded) === 0) continue;
      stands[node] = STANDS.subtree;
      marks[node] = mark | MARK.closed;
    }
  }
}

/** Whether it is shown where the item above it is, or the one that it is merged with. */
function isCovered(mark: number, above: number): boolean {
  return ((mark & MARK.merged) | (above & MARK.closed)) !== 0;
}

/** Whether it is one of several dead children that are one item. */
function isGrouped(mark: number, above: number): boolean {
  return (mark & MARK.living) === 0 && (above & (MARK.deadGroup | MARK.opened)) === MARK.deadGroup;
}

/** Links the items in the order of their ids, and counts what is shown in their places. */
function link({ count, top, ...columns }: Arrangement, up: Int32Array): void {
  const { shownAt, firstChild, nextSibling, stands, size } = columns;
  for (let node = count - 1; node > top; node--) {
    const at = shownAt[node]!;
    if (at === NONE) continue;
    size[at]!++;
    if (at !== node) continue;
    if (stands[node] === STANDS.itself && size[node] !== 1) stands[node] = STANDS.same;
    const above = up[node]!;
    nextSibling[node] = firstChild[above]!;
    firstChild[above] = node;
  }
  size[top]!++;
}
