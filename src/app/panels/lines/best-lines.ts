import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { BestFew } from "./best-few.ts";

/** The best lines at a moment; a line is a path from the root, named by its last step. */
export interface BestLines {
  readonly tree: Tree;
  readonly at: number;
  /** Best first: those in the running before those that are pruned, then by score; those without one last. */
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
  const { parent, proposedSeq, scoredSeq, score } = tree;
  const count = tree.countAt(at);
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
    const known = scoredSeq[node]! <= at ? score[node]! : tree.scoreAt(node, at);
    const key = (isPruned ? 0 : LIVING) + (Number.isNaN(known) ? NOT_SCORED : known);
    best.offer(node, key);
  }
  return { tree, at, ends: best.ids(), living, pruned };
}
