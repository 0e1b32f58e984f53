import type { Tree } from "../../protocol/tree.ts";

/**
 * Seq at which each round begins, ascending. A round has several phases, and an
 * event for each; the first of them begins it.
 */
export function* roundStarts(tree: Tree): Generator<{ round: number; seq: number }> {
  let last = -1;
  for (const { round, seq } of tree.rounds) {
    if (round !== last) yield { round, seq };
    last = round;
  }
}

/** Seq of the first round start after `at`; `null` if there is none. */
export function nextRoundStart(tree: Tree, at: number): number | null {
  for (const { seq } of roundStarts(tree)) if (seq > at) return seq;
  return null;
}

/** Seq of the last round start before `at`; `null` if there is none. */
export function previousRoundStart(tree: Tree, at: number): number | null {
  let before: number | null = null;
  for (const { seq } of roundStarts(tree)) {
    if (seq >= at) break;
    before = seq;
  }
  return before;
}
