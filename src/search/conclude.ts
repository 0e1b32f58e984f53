import type { Fact } from "../protocol/events.ts";
import { type PrunedNode, prunedFact, prunedNode } from "./prune.ts";
import { type Candidate, pathOf, type SearchState } from "./state.ts";
import { type Ballot, type Count, countVotes, type Vote, type VoteMethod } from "./vote.ts";

/** A finished candidate at the end of a search. */
export interface Finalist {
  readonly candidate: Candidate;
  /** In [0, 1]; `null` where nothing was scored. */
  readonly score: number | null;
}

export interface Ending {
  readonly method: VoteMethod;
  /** The last round. */
  readonly round: number;
  /** Whether the number of rounds ended it before its candidates were finished. */
  readonly outOfRounds: boolean;
  /** What is open though nothing limited the search: it knew enough. */
  readonly unfinished?: readonly Candidate[];
  /** Whether it knew enough before all that was planned was done. */
  readonly isDecided?: boolean;
}

/**
 * Ends a search: the finalists vote; those with the selected answer are kept,
 * the others pruned, `superseded` by it or `invalid` if no answer can be read
 * from them. What is unfinished is `superseded`, too. Without a vote nothing is selected, and the run ends with
 * `no_answer` whatever stopped it.
 */
export function* conclude(
  { root, spend }: SearchState,
  finalists: readonly Finalist[],
  { method, round, outOfRounds, unfinished = [], isDecided = unfinished.length > 0 }: Ending,
): Generator<Fact, void, void> {
  yield { type: "round", round, phase: "select" };
  const count = countVotes(finalists.map(toBallot), method);
  const [elected] = count.votes;
  if (elected) yield { type: "kept", nodes: [...elected.nodes] };
  const spokesman = elected?.representative;
  const defeat = { rank: null, cut: null, beatenBy: spokesman?.node ?? null };
  yield* prunedFact([
    ...finalists.flatMap((finalist) => loss(finalist, count, method)),
    ...unfinished.map((candidate) => prunedNode(candidate, "superseded", defeat)),
  ]);

  const leaf = finalists.find(({ candidate }) => candidate.id === spokesman?.node);
  yield {
    type: "selected",
    path: leaf ? [root, ...pathOf(leaf.candidate)].map(({ id }) => id) : [],
    method,
    answer: spokesman?.answer ?? null,
    correct: spokesman?.correct ?? null,
    votes: count.votes.map(toVoteFact),
    unreadable: count.unreadable,
  };
  const end = isDecided ? "decided" : "complete";
  const limit = outOfRounds ? "max_rounds" : spend.isLimited ? "budget" : end;
  yield { type: "finished", why: elected ? limit : "no_answer", use: spend.use };
}

function toBallot({ candidate, score }: Finalist): Ballot {
  const { answer = null, canonical = null, correct = null } = candidate.answer ?? {};
  return { node: candidate.id, answer, canonical, correct, score };
}

/** Why a finalist is pruned, if it is. What is ranked are the answers; only `argmax` has a cut. */
function loss({ candidate }: Finalist, { votes }: Count, method: VoteMethod): PrunedNode[] {
  const place = votes.findIndex(({ canonical }) => canonical === candidate.answer?.canonical);
  if (place < 0) return [prunedNode(candidate, "invalid")];
  if (place === 0) return [];
  const { node, score } = votes[0]!.representative;
  const cut = method === "argmax" ? score : null;
  return [prunedNode(candidate, "superseded", { rank: place + 1, cut, beatenBy: node })];
}

function toVoteFact({ canonical, weight, nodes, representative }: Vote) {
  const { answer, correct } = representative;
  return { canonical, answer: answer ?? canonical, weight, nodes: [...nodes], correct };
}
