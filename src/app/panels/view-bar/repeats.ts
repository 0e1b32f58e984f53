import { ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { normalStep } from "../../step-classes.ts";

/** First steps that are looked at. */
const MOST = 200;
/** Fewer first steps than this are seen at a glance, and of more a smaller share than that is no burden. */
const WORTH = { steps: 4, share: 0.3 };

/** First steps of a run, and how many of them say what an earlier one says. */
export interface Repeats {
  readonly steps: number;
  readonly repeats: number;
}

/** How much of the first column is said twice at a moment; null if it is not worth a word. */
export function firstRepeats(tree: Tree, at: number): Repeats | null {
  if (tree.count === 0) return null;
  const said = new Set<string>();
  let steps = 0;
  for (const node of tree.children(ROOT)) {
    if (steps === MOST || node >= tree.countAt(at)) break;
    if (tree.statusAt(node, at) === "sampling") continue;
    steps++;
    said.add(tree.unit === "token" ? tree.step(node) : normalStep(tree.step(node)));
  }
  const repeats = steps - said.size;
  return steps >= WORTH.steps && repeats > steps * WORTH.share ? { steps, repeats } : null;
}
