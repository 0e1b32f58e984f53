import { EVENT_KINDS } from "../../../protocol/event-kinds.ts";
import type { Tree } from "../../../protocol/tree.ts";

/** Events that are looked back over at most. */
const REACH = 5000;

/**
 * The cut line of the round that is shown at `at`, the score that the last one
 * kept had: in [0, 1], `null` if nothing was cut in that round yet.
 */
export function roundCut(tree: Tree, at: number): number | null {
  const shown = tree.roundAt(at);
  if (shown < 0) return null;
  const { round } = tree.rounds[shown]!;
  const start = tree.rounds.find((phase) => phase.round === round)!.seq;
  for (let seq = at; seq >= Math.max(start, at - REACH); seq--) {
    if (EVENT_KINDS[tree.eventKindAt(seq)] !== "pruned") continue;
    const node = tree.eventNodeAt(seq);
    const cut = node < 0 ? Number.NaN : tree.cut(node);
    if (!Number.isNaN(cut)) return cut;
  }
  return null;
}
