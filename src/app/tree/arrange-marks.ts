import type { ArrangeInput } from "./arrangement.ts";
import { isAnswer, isPruned, KIND, kindOf, LOOK_COUNT } from "./looks.ts";

/**
 * What is known of a node while a tree is arranged; bits. Where identical siblings
 * are one, all but `settled` and `merged` are about the first of them and hold for all.
 */
export const MARK = {
  /** Something in its subtree is still in the running, or is a right answer. */
  living: 1 << 0,
  /** It is pruned or has children of its own: if it lives, then by what is below it. */
  settled: 1 << 1,
  /** There are children, its own or those of a node that is merged with it. */
  branch: 1 << 2,
  /** More nodes than one: it has children or others are merged with it. */
  several: 1 << 3,
  /** It is shown in the place of an identical sibling before it. */
  merged: 1 << 4,
  /** One child is dead, where dead children fold. */
  deadChild: 1 << 5,
  /** Its dead children are two nodes or more with all that is below them. */
  deadGroup: 1 << 6,
  /** A hand has opened the group of its dead children. */
  opened: 1 << 7,
  /** What is below it is shown in its place. */
  folded: 1 << 8,
  unfolded: 1 << 9,
  /** Nothing below it has a place. */
  closed: 1 << 10,
  /** It is the top or below it. */
  inside: 1 << 11,
} as const;

/** What a look says of a node by itself. */
const LOOK_MARKS = Uint8Array.from({ length: LOOK_COUNT }, (_, look) => {
  const kind = kindOf(look);
  const isLandmark = kind === KIND.prunedRight || (isAnswer(kind) && !isPruned(kind));
  return (isLandmark ? MARK.living : 0) | (isPruned(kind) ? MARK.settled : 0);
});

/** Whether a node of this look lives whatever is below it: an answer in the running, or a right one. */
export function isLandmark(look: number): boolean {
  return (LOOK_MARKS[look]! & MARK.living) !== 0;
}

/**
 * Marks what lives, what branches and where dead children are. A subtree is dead if
 * it holds no answer in the running, no right answer, pruned or not, and no leaf
 * that is not pruned. `up` is the item above each node, or for a merged node the
 * one that it is merged with.
 */
export function markSubtrees(
  { count, parent, looks, top, foldsDead }: ArrangeInput,
  up: Int32Array,
  marks: Uint16Array,
): void {
  for (let node = count - 1; node > top; node--) {
    const above = up[node]!;
    const mark = marks[node]! | LOOK_MARKS[looks[node]!]!;
    const isDead = (mark & (MARK.living | MARK.settled)) === MARK.settled;
    let below = MARK.several | (isDead ? 0 : MARK.living);
    if (parent[node] === above) below |= MARK.settled;
    else marks[parent[node]!]! |= MARK.settled;
    if ((mark & MARK.merged) === 0) {
      below |= MARK.branch;
      if (!isDead) marks[node] = mark | MARK.living;
      else if (foldsDead) below |= deadBelow(mark, marks[above]!);
    }
    marks[above]! |= below;
  }
}

/** What a dead child says of the node above it. */
function deadBelow(child: number, above: number): number {
  const isGroup = (child & MARK.several) !== 0 || (above & MARK.deadChild) !== 0;
  return isGroup ? MARK.deadChild | MARK.deadGroup : MARK.deadChild;
}

/** Marks what a hand has folded and unfolded. Nodes that the tree does not have yet are let be. */
export function markHands(
  { count, top, folding }: ArrangeInput,
  up: Int32Array,
  marks: Uint16Array,
): void {
  const itemOf = (node: number) => ((marks[node]! & MARK.merged) === 0 ? node : up[node]!);
  for (const node of folding.folded) {
    if (node < count && (marks[itemOf(node)]! & MARK.branch) !== 0) {
      marks[itemOf(node)]! |= MARK.folded;
    }
  }
  for (const node of folding.unfolded) {
    if (node >= count) continue;
    const item = itemOf(node);
    marks[item]! |= MARK.unfolded;
    if (item > top && (marks[item]! & MARK.living) === 0) marks[up[item]!]! |= MARK.opened;
  }
}

/** Marks as folded what has a subtree smaller than `least`, in nodes or by weight, and was not unfolded by hand. */
export function markSmall(
  { count, top, weight, folding: { least } }: ArrangeInput,
  up: Int32Array,
  marks: Uint16Array,
): void {
  const total = new Float64Array(count);
  for (let node = count - 1; node > top; node--) {
    const sum = total[node]! + (weight === null ? 1 : weight[node]!);
    total[up[node]!]! += sum;
    const mark = marks[node]!;
    if (sum < least && (mark & (MARK.branch | MARK.unfolded)) === MARK.branch) {
      marks[node] = mark | MARK.folded;
    }
  }
}
