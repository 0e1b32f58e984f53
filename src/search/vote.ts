import type { NodeId } from "../protocol/events.ts";
import type { Selection } from "../protocol/strategies.ts";

/** A finished candidate and what it answers. */
export interface Ballot {
  readonly node: NodeId;
  readonly answer: string | null;
  /** Equal for equal answers; `null` if none could be read: then it has no vote. */
  readonly canonical: string | null;
  readonly correct: boolean | null;
  /** In [0, 1]; `null` where nothing was scored. */
  readonly score: number | null;
}

/**
 * How an answer's ballots make its weight: `majority` counts them,
 * `weighted_majority` sums their scores (best-of-N weighted in Snell et al.
 * 2024), `argmax` takes the best of them. Without scores each ballot is worth 1.
 */
export type VoteMethod = Selection;

export interface Vote {
  readonly canonical: string;
  readonly weight: number;
  /** Ascending. */
  readonly nodes: readonly NodeId[];
  /** Speaks for the others: the best score, of equal ones the lowest id. */
  readonly representative: Ballot;
}

export interface Count {
  /** Best first: the greatest weight; of equal ones the one with the lowest id in it. */
  readonly votes: readonly Vote[];
  /** Ballots without a readable answer. */
  readonly unreadable: number;
}

/** Counts the votes. The order of the ballots does not matter. */
export function countVotes(ballots: readonly Ballot[], method: VoteMethod): Count {
  // Floating-point sums depend on the order of their terms.
  const inOrder = ballots.toSorted((a, b) => a.node - b.node);
  const readable = inOrder.filter((ballot) => ballot.canonical !== null);
  const votes = [...Map.groupBy(readable, (ballot) => ballot.canonical!)]
    .map(([canonical, group]) => ({
      canonical,
      weight: weigh(group, method),
      nodes: group.map((ballot) => ballot.node),
      representative: group.reduce((best, next) => (worth(next) > worth(best) ? next : best)),
    }))
    .sort((a, b) => b.weight - a.weight || tieBreaker(a, method) - tieBreaker(b, method));
  return { votes, unreadable: ballots.length - readable.length };
}

function weigh(group: readonly Ballot[], method: VoteMethod): number {
  switch (method) {
    case "majority":
      return group.length;
    case "weighted_majority":
      return group.reduce((sum, ballot) => sum + worth(ballot), 0);
    case "argmax":
      return Math.max(...group.map(worth));
  }
}

/** With `argmax` candidates compete, not answers, and so do their ids. */
function tieBreaker({ nodes, representative }: Vote, method: VoteMethod): NodeId {
  return method === "argmax" ? representative.node : nodes[0]!;
}

function worth({ score }: Ballot): number {
  return score ?? 1;
}
