import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import type { MergedRuns } from "./merge-runs.ts";
import { spendsOf } from "./spends.ts";

/** What a run spent on some nodes. */
interface Spent {
  /** Tokens sampled from the policy. */
  readonly tokens: number;
  /** Calls of the verifier. */
  readonly calls: number;
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
export function partingsOf(merged: MergedRuns, runs: readonly Tree[]): Parting[] {
  const { tree, members } = merged;
  const spends = runs.map((_, run) => spendsBelow(merged, runs, run));
  const partings: Parting[] = [];
  for (let node = 0; node < tree.count; node++) {
    const apart = [...tree.children(node)].filter((kid) => members[kid] !== members[node]);
    if (apart.length === 0) continue;
    const sum = (of: Float64Array) => apart.reduce((total, kid) => total + of[kid]!, 0);
    const spent = spends.map(({ tokens, calls }) => ({ tokens: sum(tokens), calls: sum(calls) }));
    partings.push({ node, spent, size: spent.reduce((total, one) => total + one.tokens, 0) });
  }
  return partings.sort((a, b) => b.size - a.size || a.node - b.node);
}

/** By merged node, what a run spent on it and on everything below it. */
function spendsBelow({ tree, mergedOf }: MergedRuns, runs: readonly Tree[], run: number) {
  const { parent } = runs[run]!;
  const own = spendsOf(runs[run]!);
  const tokens = new Float64Array(tree.count);
  const calls = new Float64Array(tree.count);
  const places = mergedOf[run]!;
  for (let node = 0; node < places.length; node++) {
    let shown = node;
    // What was spent on a step that did not arrive was spent on the one before it.
    while (places[shown]! < 0) shown = parent[shown]!;
    tokens[places[shown]!]! += own.tokens[node]!;
    calls[places[shown]!]! += own.calls[node]!;
  }
  for (let node = tree.count - 1; node > 0; node--) {
    tokens[tree.parent[node]!]! += tokens[node]!;
    calls[tree.parent[node]!]! += calls[node]!;
  }
  return { tokens, calls };
}
