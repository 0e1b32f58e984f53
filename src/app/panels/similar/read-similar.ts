import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import type { StepClasses } from "../../step-classes.ts";

/** What became of the steps of every class, by the number of the class. */
export interface ClassSums {
  readonly tree: Tree;
  readonly at: number;
  /** Steps of a class; 0 where none was there yet. */
  readonly count: Int32Array;
  /** Different steps before them. */
  readonly parents: Int32Array;
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
    parents: new Int32Array(room),
    scored: new Int32Array(room),
    scores: new Float64Array(room),
    graded: new Int32Array(room),
    right: new Int32Array(room),
    first: new Int32Array(room).fill(NONE),
  };
  const below = gradesBelow(tree, at);
  const { classOf } = classes;
  const { firstChild, nextSibling, proposedSeq } = tree;
  const lastParent = new Int32Array(room).fill(NONE);
  const end = tree.countAt(at);
  let steps = 0;
  // By families, so that the steps of a class below one parent follow each other.
  for (let parent = ROOT as number; parent < end; parent++) {
    for (let node = firstChild[parent]!; node >= 0 && node < end; node = nextSibling[node]!) {
      const step = classOf[node]!;
      if (step < 0 || proposedSeq[node]! > at) continue;
      steps++;
      if (lastParent[step] !== parent) sums.parents[step]!++;
      lastParent[step] = parent;
      const known = tree.scoredSeq[node]! <= at ? tree.score[node]! : tree.scoreAt(node, at);
      addScore(sums, step, known);
      addStep(sums, step, node);
      sums.graded[step]! += below.graded[node]!;
      sums.right[step]! += below.right[node]!;
    }
  }
  const known = sums.count.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return { tree, at, ...sums, classes: known, steps };
}

const NONE = -1;

function addStep(
  { count, first }: Pick<ClassSums, "count" | "first">,
  step: number,
  node: NodeId,
): void {
  count[step]!++;
  if (first[step] === NONE || node < first[step]!) first[step] = node;
}

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
    graded[parent[node]!]! += graded[node]!;
    right[parent[node]!]! += right[node]!;
  }
  return { graded, right };
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
