import { type NodeId, ROOT } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import type { Visits } from "../../../protocol/visits.ts";
import { roundSpan } from "./read-round.ts";

/** A child as a simulation saw it when it had to choose. */
export interface Choice {
  readonly node: NodeId;
  readonly visits: number;
  /** The two terms of the rule. */
  readonly exploit: number;
  readonly explore: number;
  /** Whether the simulation went on from it. */
  readonly isTaken: boolean;
}

/** One simulation of a tree search, as far as it was known at a moment. */
export interface Simulation {
  readonly round: number;
  /** The siblings at each step down the tree, in the order of their ids. */
  readonly levels: readonly (readonly Choice[])[];
  /** What it was worth, in [0, 1]; `null` before it was backed up. */
  readonly worth: number | null;
}

/** The simulation at `at`; `null` if the round there is none. O(events of the round). */
export function readSimulation(tree: Tree, at: number): Simulation | null {
  const span = roundSpan(tree, at);
  if (span === null) return null;
  const { round, from } = span;
  const phases = tree.rounds.filter(({ seq }) => seq >= from && seq <= Math.min(span.to, at));
  if (phases[0]?.phase !== "select") return null;
  const backup = phases.find(({ phase }) => phase === "backup")?.seq ?? null;
  // What was compared holds up to the backup, which changes it.
  const compared = backup === null ? at : backup - 1;
  const families = comparedFamilies(tree, { from, to: compared });
  if (families.length === 0) return null;
  const isBackedUp = backup !== null && at > backup;
  const last = isBackedUp ? families.at(-1)! : [];
  const visitsOf = (node: NodeId, seq: number) => tree.visitsAt(node, seq)?.visits ?? 0;
  const levels = families.map((family, level) => {
    const next = families[level + 1]?.[0];
    const taken =
      next !== undefined
        ? tree.parent[next]
        : last.find((node) => visitsOf(node, at) > visitsOf(node, compared));
    return family.map((node) => ({
      ...termsOf(tree.visitsAt(node, compared)!),
      ...{ node, isTaken: node === taken },
    }));
  });
  return { round, levels, worth: isBackedUp ? worthAt(tree, { before: compared, at }) : null };
}

/** Children that were compared, those of the root first, then those below the one that was taken. */
function comparedFamilies(tree: Tree, { from, to }: { from: number; to: number }): NodeId[][] {
  const parents = new Set<NodeId>();
  tree.eachNodeChangedBetween(from, to, (node) => {
    if (node !== ROOT && tree.visitsAt(node, to) !== null) parents.add(tree.parent[node]!);
  });
  const inOrder = [...parents].sort((a, b) => tree.depth[a]! - tree.depth[b]!);
  // What was only expanded or scored in this round hangs elsewhere.
  return inOrder.map((parent) =>
    [...tree.children(parent)].filter((node) => tree.visitsAt(node, to) !== null),
  );
}

function termsOf({ visits, exploit = Number.NaN, explore = Number.NaN }: Visits) {
  return { visits, exploit, explore };
}

/** What the last simulation added to the root's total. */
function worthAt(tree: Tree, { before, at }: { before: number; at: number }): number {
  const total = (seq: number) => {
    const { visits = 0, value = 0 } = tree.visitsAt(ROOT, seq) ?? {};
    return visits * value;
  };
  return total(at) - total(before);
}
