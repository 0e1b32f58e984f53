import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import type { MergedRuns } from "./merge-runs.ts";

/** What a run spent on some nodes. */
interface Spent {
  /** Of the policy. */
  readonly tokens: number;
  /** Steps that its verifier scored. */
  readonly scored: number;
}

/** A node at which runs part: from here on, some of those that came here do what others do not. */
export interface Parting {
  readonly node: NodeId;
  /** By run, what it spent below on steps that not all who came here took; runs that never came here spent nothing. */
  readonly spent: readonly Spent[];
  /** Policy tokens of all of them. */
  readonly size: number;
}

/** Where runs part, the largest parting first. O(runs × nodes). */
export function partingsOf(
  { tree, members, sources }: MergedRuns,
  runs: readonly Tree[],
): Parting[] {
  const { count } = tree;
  const tokens = runs.map(() => new Float64Array(count));
  const scored = runs.map(() => new Float64Array(count));
  for (let node = count - 1; node >= 0; node--) {
    for (const { run, node: own } of sources[node]!) {
      const { tokens: written, scoredSeq } = runs[run]!;
      tokens[run]![node]! += written[own]!;
      if (scoredSeq[own]! >= 0) scored[run]![node]! += 1;
    }
    if (node === 0) break;
    const above = tree.parent[node]!;
    for (const run of runs.keys()) {
      tokens[run]![above]! += tokens[run]![node]!;
      scored[run]![above]! += scored[run]![node]!;
    }
  }
  const partings: Parting[] = [];
  for (let node = 0; node < count; node++) {
    const apart = [...tree.children(node)].filter((kid) => members[kid] !== members[node]);
    if (apart.length === 0) continue;
    const sum = (of: Float64Array) => apart.reduce((total, kid) => total + of[kid]!, 0);
    const spent = runs.map((_, run) => ({ tokens: sum(tokens[run]!), scored: sum(scored[run]!) }));
    partings.push({ node, spent, size: spent.reduce((total, one) => total + one.tokens, 0) });
  }
  return partings.sort((a, b) => b.size - a.size || a.node - b.node);
}
