import { type EarlierTurn, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";

/**
 * The conversation that a next question would go on with: that of a finished run,
 * and its own problem and answer. `null` while there is no answer to go on from.
 */
export function turnsAfter(tree: Tree): EarlierTurn[] | null {
  const { started, ending } = tree;
  const selected = tree.selectedAt();
  if (started === null || ending?.type !== "finished" || !selected?.answer) return null;
  const { answer, path } = selected;
  const steps = path.filter((node) => node !== ROOT);
  const counts = steps.map((node) => tree.reasoningTokens(node));
  const reasoningTokens = counts.includes(null)
    ? null
    : counts.reduce<number>((sum, count) => sum + count!, 0);
  return [...(started.earlier ?? []), { problem: started.problem.text, answer, reasoningTokens }];
}
