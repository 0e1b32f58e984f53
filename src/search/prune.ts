import type { Fact, NodeId, PruneReason } from "../protocol/events.ts";
import type { Candidate } from "./state.ts";

export type PrunedNode = Extract<Fact, { type: "pruned" }>["nodes"][number];

/** Places in the ranking that decided; without it the node lost to no one. */
interface Defeat {
  readonly rank: number | null;
  readonly cut: number | null;
  readonly beatenBy: NodeId | null;
}

const NO_DEFEAT: Defeat = { rank: null, cut: null, beatenBy: null };

export function prunedNode(
  { id }: Candidate,
  reason: PruneReason,
  defeat: Defeat = NO_DEFEAT,
): PrunedNode {
  return { node: id, reason, ...defeat };
}

/** States that these are pruned, all for one reason that ranks nothing; silent if there are none. */
export function* pruned(candidates: readonly Candidate[], reason: PruneReason): Generator<Fact> {
  yield* prunedFact(candidates.map((candidate) => prunedNode(candidate, reason)));
}

/** States what is pruned; silent if that is nothing. */
export function* prunedFact(nodes: PrunedNode[]): Generator<Fact> {
  if (nodes.length > 0) yield { type: "pruned", nodes };
}
