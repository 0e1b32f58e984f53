import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import type { StepClasses } from "../../step-classes.ts";

/** What became of the steps of every class, by the number of the class. */
export interface ClassSums {
  readonly tree: Tree;
  readonly at: number;
  /** Steps of a class; 0 where none was there yet. */
  readonly count: Int32Array;
  /** Steps that were scored, and the sum of their scores. */
  readonly scored: Int32Array;
  readonly scores: Float64Array;
  /** Answers below them, or their own, that can be told right from wrong, and those that are right. */
  readonly graded: Int32Array;
  readonly right: Int32Array;
  /** The first of them, −1 where there is none. */
  readonly first: Int32Array;
  /** Classes and steps that were there. */
  readonly classes: number;
  readonly steps: number;
}

/**
 * Counts what was known at `at` about the steps of each class. `classes` must have seen
 * all of the tree. O(nodes).
 */
export function sumClasses(tree: Tree, classes: StepClasses, at: number): ClassSums {
  const room = classes.count;
  const sums = {
    count: new Int32Array(room),
    scored: new Int32Array(room),
    scores: new Float64Array(room),
    graded: new Int32Array(room),
    right: new Int32Array(room),
    first: new Int32Array(room).fill(NONE),
  };
  const below = gradesBelow(tree, at);
  const { classOf } = classes;
  const { proposedSeq } = tree;
  const end = tree.countAt(at);
  let steps = 0;
  for (let node = 1; node < end; node++) {
    const step = classOf[node]!;
    if (step < 0 || proposedSeq[node]! > at) continue;
    steps++;
    if (sums.count[step]!++ === 0) sums.first[step] = node;
    addScore(sums, step, tree.scoredSeq[node]! <= at ? tree.score[node]! : tree.scoreAt(node, at));
    sums.graded[step]! += below.graded[node]!;
    sums.right[step]! += below.right[node]!;
  }
  const known = sums.count.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return { tree, at, ...sums, classes: known, steps };
}

const NONE = -1;

function addScore(
  { scored, scores }: Pick<ClassSums, "scored" | "scores">,
  step: number,
  score: number,
): void {
  if (Number.isNaN(score)) return;
  scored[step]!++;
  scores[step]! += score;
}

/** Of every node the answers at it and below it that can be graded, and those that are right. */
function gradesBelow(tree: Tree, at: number) {
  const { parent, answeredSeq } = tree;
  const end = tree.countAt(at);
  const graded = new Int32Array(end);
  const right = new Int32Array(end);
  for (let node = end - 1; node > 0; node--) {
    const correct = answeredSeq[node]! < 0 ? undefined : tree.correctAt(node, at);
    if (typeof correct === "boolean") {
      graded[node]!++;
      if (correct) right[node]!++;
    }
    if (graded[node] === 0) continue;
    graded[parent[node]!]! += graded[node]!;
    right[parent[node]!]! += right[node]!;
  }
  return { graded, right };
}

/**
 * After how many different nodes the steps of some classes come that were there at `at`,
 * in the order of `wanted`. O(nodes).
 */
export function parentsOfClasses(
  tree: Tree,
  { classOf, count }: StepClasses,
  wanted: readonly number[],
  at: number,
): number[] {
  const place = new Int32Array(count).fill(NONE);
  for (const [i, step] of wanted.entries()) place[step] = i;
  const { firstChild, proposedSeq, parent } = tree;
  const end = tree.countAt(at);
  const parents = wanted.map(() => 0);
  const lastParent = wanted.map(() => NONE);
  let last = NONE;
  for (let node = 1; node < end; node++) {
    // Children that were announced later follow their siblings, whatever came between.
    if (parent[node] === last || firstChild[parent[node]!] !== node) continue;
    last = parent[node]!;
    for (let kid: number = node; kid >= 0 && kid < end; kid = tree.nextSibling(kid)) {
      const i = classOf[kid]! < 0 ? NONE : place[classOf[kid]!]!;
      if (i < 0 || lastParent[i] === last || proposedSeq[kid]! > at) continue;
      lastParent[i] = last;
      parents[i]!++;
    }
  }
  return parents;
}

/** The steps of a class that were there at `at`, ascending. O(nodes). */
export function nodesOfClass(
  tree: Tree,
  { classOf }: StepClasses,
  wanted: number,
  at: number,
): NodeId[] {
  const nodes: NodeId[] = [];
  const end = tree.countAt(at);
  for (let node = 0; node < end; node++) {
    if (classOf[node] === wanted && tree.proposedSeq[node]! <= at) nodes.push(node);
  }
  return nodes;
}
