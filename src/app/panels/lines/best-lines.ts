import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { BestFew } from "./best-few.ts";

/** The best lines at a moment; a line is a path from the root, named by its last step. */
export interface BestLines {
  readonly tree: Tree;
  readonly at: number;
  /**
   * Best first: those in the running before those that are pruned, then by the score of
   * the end. What is in the running and not scored yet has that of the last step that is.
   */
  readonly ends: readonly NodeId[];
  /** How many lines there are of each kind, in the list or not. */
  readonly living: number;
  readonly pruned: number;
}

export interface LinesWanted {
  readonly most: number;
  readonly alsoPruned: boolean;
}

/** More than any score, so that a living line comes before every pruned one. */
const LIVING = 2;
const NOT_SCORED = -0.5;

/**
 * The best lines at `at`. They end in steps that were proposed by then and after which
 * nothing was, so that a line stays whole while its next steps are being sampled.
 * O(nodes).
 */
export function bestLines(tree: Tree, at: number, { most, alsoPruned }: LinesWanted): BestLines {
  const { parent, proposedSeq } = tree;
  const count = tree.countAt(at);
  const known = latestScores(tree, at, count);
  const goesOn = new Uint8Array(count);
  const best = new BestFew(most);
  let living = 0;
  let pruned = 0;
  // Children have greater ids than their parents, so they are seen before.
  for (let node = count - 1; node > 0; node--) {
    const proposed = proposedSeq[node]!;
    if (proposed < 0 || proposed > at) continue;
    goesOn[parent[node]!] = 1;
    if (goesOn[node] === 1) continue;
    const isPruned = tree.statusAt(node, at) === "pruned";
    if (isPruned) pruned++;
    else living++;
    if (isPruned && !alsoPruned) continue;
    const score = isPruned ? tree.scoreAt(node, at) : known[node]!;
    best.offer(node, (isPruned ? 0 : LIVING) + (Number.isNaN(score) ? NOT_SCORED : score));
  }
  return { tree, at, ends: best.ids(), living, pruned };
}

/** Of every node the score of the last step to it that was scored by then, NaN if none was. */
function latestScores(tree: Tree, at: number, count: number): Float32Array {
  const { parent, scoredSeq, score } = tree;
  const known = new Float32Array(count).fill(Number.NaN);
  for (let node = 1; node < count; node++) {
    const own = scoredSeq[node]! <= at ? score[node]! : tree.scoreAt(node, at);
    known[node] = Number.isNaN(own) ? known[parent[node]!]! : own;
  }
  return known;
}
