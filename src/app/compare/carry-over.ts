import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Folding } from "../state/reading.ts";
import type { MergedRuns } from "./merge-runs.ts";

/** What a person chose in the merged tree, by its nodes. */
interface Chosen {
  readonly top: NodeId;
  readonly folding: Folding;
}

/**
 * The same choice in a tree that the same runs were merged into later, or along another axis:
 * nodes have other ids there. What a run has shown, it has for ever, so every node is found.
 */
export function carryOver(
  { top, folding }: Chosen,
  before: MergedRuns,
  now: Pick<MergedRuns, "mergedOf">,
): Chosen {
  const moved = (node: NodeId): NodeId => {
    const source = before.sources[node]?.[0];
    return source === undefined ? ROOT : now.mergedOf[source.run]![source.node]!;
  };
  const all = (nodes: ReadonlySet<NodeId>) => new Set([...nodes].map(moved));
  return {
    top: moved(top),
    folding: { ...folding, folded: all(folding.folded), unfolded: all(folding.unfolded) },
  };
}
