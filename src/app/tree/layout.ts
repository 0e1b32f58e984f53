import { ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

/** What a layout needs of a tree; typed arrays, so that it can go to a worker. */
export type TreeShape = Pick<Tree, "count" | "parent" | "firstChild" | "nextSibling" | "depth">;

/** Distance of cousins, in rows; siblings are one row apart. */
export const COUSIN_ROWS = 1.5;

/**
 * Where the nodes of a tree are, in world units: depth is the column, `row` the
 * place in it. Siblings come from top to bottom in the order of their ids.
 */
export interface Layout {
  readonly count: number;
  /** Row of each node, fractions allowed; the root's is wherever its children put it. */
  readonly row: Float64Array;
  /** All nodes column by column, each column from top to bottom. */
  readonly order: Int32Array;
  /** Column d is `order[columnStart[d]]` up to `order[columnStart[d + 1]]`, that one excluded. */
  readonly columnStart: Int32Array;
  readonly columns: number;
}

export const EMPTY_LAYOUT: Layout = {
  count: 0,
  row: new Float64Array(0),
  order: new Int32Array(0),
  columnStart: new Int32Array(1),
  columns: 0,
};

/**
 * Lays out all nodes that are known, placeholders included, as tight as rows
 * allow: equal subtrees are drawn equally, parents stand in the middle of their
 * children. O(n), no recursion, about 0.1 µs a node.
 *
 * Source: Buchheim, Jünger and Leipert 2002, "Improving Walker's algorithm to run
 * in linear time", as d3-hierarchy's `tree` has it, on columns instead of objects.
 * Parents have smaller ids than their children, so descending ids give the
 * bottom-up order of the first walk, and ascending ones the order of the second.
 */
export function layOut(tree: TreeShape): Layout {
  const { count, firstChild, parent } = tree;
  if (count === 0) return EMPTY_LAYOUT;
  const walk = firstWalk(tree);
  const row = new Float64Array(count);
  const { prelim, modifier } = walk;
  if (firstChild[ROOT]! >= 0) row[ROOT] = placeOverChildren(walk, ROOT);
  modifier[ROOT] = 0;
  for (let node = 1; node < count; node++) {
    const inherited = modifier[parent[node]!]!;
    row[node] = prelim[node]! + inherited;
    modifier[node]! += inherited;
  }
  return { count, row, ...columnOrder(tree) };
}

/** State of the first walk; the paper's names in brackets. */
interface Walk {
  readonly tree: TreeShape;
  /** Row relative to the parent's subtree, [prelim]. */
  readonly prelim: Float64Array;
  /** What is added to the rows of the subtree below, [mod]. */
  readonly modifier: Float64Array;
  readonly shift: Float64Array;
  readonly change: Float64Array;
  /** Next node of the contour where a subtree has no child for it, [thread]. */
  readonly thread: Int32Array;
  readonly ancestor: Int32Array;
  /** Place among the siblings. */
  readonly index: Int32Array;
  readonly previous: Int32Array;
  readonly lastChild: Int32Array;
}

function firstWalk(tree: TreeShape): Walk {
  const { count, firstChild, nextSibling } = tree;
  const walk: Walk = {
    tree,
    prelim: new Float64Array(count),
    modifier: new Float64Array(count),
    shift: new Float64Array(count),
    change: new Float64Array(count),
    thread: new Int32Array(count).fill(-1),
    ancestor: new Int32Array(count).map((_, node) => node),
    index: new Int32Array(count),
    previous: new Int32Array(count).fill(-1),
    lastChild: new Int32Array(count).fill(-1),
  };
  for (let node = count - 1; node >= 0; node--) {
    const first = firstChild[node]!;
    let left = -1;
    let defaultAncestor = first;
    for (let child = first; child >= 0; child = nextSibling[child]!) {
      walk.index[child] = left < 0 ? 0 : walk.index[left]! + 1;
      walk.previous[child] = left;
      placeChild(walk, child, left);
      if (left >= 0)
        defaultAncestor = apportion(walk, { node: child, left, first }, defaultAncestor);
      left = child;
    }
    walk.lastChild[node] = left;
  }
  return walk;
}

/** Puts a node below its left sibling, or over its own children if it has none. */
function placeChild(walk: Walk, node: number, left: number): void {
  const { prelim, modifier, tree } = walk;
  const isLeaf = tree.firstChild[node]! < 0;
  const middle = isLeaf ? 0 : placeOverChildren(walk, node);
  prelim[node] = left < 0 ? middle : prelim[left]! + 1;
  if (!isLeaf && left >= 0) modifier[node] = prelim[node]! - middle;
}

/** Spreads the shifts that were noted among the children, and returns their middle. */
function placeOverChildren(walk: Walk, node: number): number {
  const { prelim, modifier, shift, change, previous, lastChild, tree } = walk;
  let shiftSum = 0;
  let changeSum = 0;
  for (let child = lastChild[node]!; child >= 0; child = previous[child]!) {
    prelim[child]! += shiftSum;
    modifier[child]! += shiftSum;
    changeSum += change[child]!;
    shiftSum += shift[child]! + changeSum;
  }
  return (prelim[tree.firstChild[node]!]! + prelim[lastChild[node]!]!) / 2;
}

/**
 * Moves the subtree of `node` down until it is clear of those of its left
 * siblings, walking the two contours in step. The contours are named by the side
 * of the gap: `upper` and `lower` face it, `top` and `bottom` are the outer ones.
 */
function apportion(
  walk: Walk,
  { node, left, first }: { node: number; left: number; first: number },
  defaultAncestor: number,
): number {
  const { prelim, modifier, thread, ancestor, tree } = walk;
  let upper = left;
  let lower = node;
  let top = first;
  let bottom = node;
  let upperSum = modifier[upper]!;
  let lowerSum = modifier[lower]!;
  let topSum = modifier[top]!;
  let bottomSum = modifier[bottom]!;
  let nextUpper = nextBelow(walk, upper);
  let nextLower = nextAbove(walk, lower);
  while (nextUpper >= 0 && nextLower >= 0) {
    upper = nextUpper;
    lower = nextLower;
    top = nextAbove(walk, top);
    bottom = nextBelow(walk, bottom);
    ancestor[bottom] = node;
    const overlap = prelim[upper]! + upperSum - prelim[lower]! - lowerSum + COUSIN_ROWS;
    if (overlap > 0) {
      const mover = ancestor[upper]!;
      const isSibling = tree.parent[mover] === tree.parent[node];
      moveSubtree(walk, isSibling ? mover : defaultAncestor, node, overlap);
      lowerSum += overlap;
      bottomSum += overlap;
    }
    upperSum += modifier[upper]!;
    lowerSum += modifier[lower]!;
    topSum += modifier[top]!;
    bottomSum += modifier[bottom]!;
    nextUpper = nextBelow(walk, upper);
    nextLower = nextAbove(walk, lower);
  }
  if (nextUpper >= 0 && nextBelow(walk, bottom) < 0) {
    thread[bottom] = nextUpper;
    modifier[bottom]! += upperSum - bottomSum;
  }
  if (nextLower >= 0 && nextAbove(walk, top) < 0) {
    thread[top] = nextLower;
    modifier[top]! += lowerSum - topSum;
    return node;
  }
  return defaultAncestor;
}

/** Moves `node` and what is below it by `rows`, and notes that siblings from `from` on share in it. */
function moveSubtree(walk: Walk, from: number, node: number, rows: number): void {
  const { prelim, modifier, shift, change, index } = walk;
  const share = rows / (index[node]! - index[from]!);
  change[node]! -= share;
  shift[node]! += rows;
  change[from]! += share;
  prelim[node]! += rows;
  modifier[node]! += rows;
}

/** The next node of a subtree's upper contour, −1 at its end. */
function nextAbove({ tree, thread }: Walk, node: number): number {
  const child = tree.firstChild[node]!;
  return child >= 0 ? child : thread[node]!;
}

function nextBelow({ lastChild, thread }: Walk, node: number): number {
  const child = lastChild[node]!;
  return child >= 0 ? child : thread[node]!;
}

/** Breadth first is column by column, each from top to bottom: columns never cross. */
function columnOrder({
  count,
  firstChild,
  nextSibling,
  depth,
}: TreeShape): Pick<Layout, "order" | "columnStart" | "columns"> {
  const order = new Int32Array(count);
  order[0] = ROOT;
  let end = 1;
  for (let i = 0; i < end; i++) {
    for (let child = firstChild[order[i]!]!; child >= 0; child = nextSibling[child]!) {
      order[end++] = child;
    }
  }
  const columns = depth[order[count - 1]!]! + 1;
  const columnStart = new Int32Array(columns + 1);
  for (let node = 0; node < count; node++) columnStart[depth[node]! + 1]! += 1;
  for (let d = 0; d < columns; d++) columnStart[d + 1]! += columnStart[d]!;
  return { order, columnStart, columns };
}
