import { deriveSeed } from "../lib/random.ts";
import type { Fact, NodeId } from "../protocol/events.ts";
import { readAnswer } from "./answer.ts";
import { ModelError, type Proposed } from "./ports.ts";
import type { Candidate, SearchState } from "./state.ts";

export interface Expansion {
  readonly parent: Candidate;
  /** Next steps to sample from it, at least one. */
  readonly kids: number;
}

/**
 * Plans `kids` next steps for every parent. If the budget grants fewer in all,
 * they are shared out evenly, what is left over to the first parents; a parent
 * that gets none is not in the plan.
 */
export function planExpansions(
  { spend }: SearchState,
  parents: readonly Candidate[],
  kids: number,
): Expansion[] {
  const granted = spend.grantSteps(parents.length * kids);
  const share = Math.floor(granted / parents.length);
  const leftOver = granted % parents.length;
  return parents
    .map((parent, i) => ({ parent, kids: share + (i < leftOver ? 1 : 0) }))
    .filter((expansion) => expansion.kids > 0);
}

/**
 * Samples the planned steps in one batch: announces their nodes, then states
 * each as soon as the policy has it, with its answer if it is finished. Returns
 * the new nodes in the order of their ids.
 *
 * Each node has a random stream of its own, from the run's seed and its id, so
 * neither the batch nor the order of arrival changes what it says. Throws a
 * `ModelError` unless the policy answers every ask exactly once.
 */
export async function* expand(
  state: SearchState,
  plan: readonly Expansion[],
): AsyncGenerator<Fact, Candidate[], void> {
  const { policy, sampling, seed, signal } = state.context;
  const places: Place[] = [];
  for (const { parent, kids } of plan) {
    const first = state.nextId;
    state.nextId += kids;
    for (let id = first; id < state.nextId; id++) places.push({ id, parent });
    yield { type: "expanded", node: parent.id, first, kids };
  }

  const asks = places.map(({ id, parent }) => ({
    prefix: parent.steps,
    sampling,
    seed: deriveSeed(seed, id),
  }));
  const born = new Map<number, Candidate>();
  signal.throwIfAborted();
  for await (const proposed of policy.propose(asks, signal)) {
    const place = places[proposed.ask];
    if (place === undefined || born.has(proposed.ask)) {
      throw new ModelError(`${policy.name} answered ask ${proposed.ask}, which was not open`);
    }
    const candidate = settle(state, place, proposed);
    born.set(proposed.ask, candidate);
    state.spend.add(proposed.spent);
    yield proposedFact(state, candidate, proposed);
    if (candidate.answer) yield { type: "answered", node: candidate.id, ...candidate.answer };
  }
  if (born.size < asks.length) {
    throw new ModelError(`${policy.name} answered ${born.size} of ${asks.length} asks`);
  }
  return places.map((_, ask) => born.get(ask)!);
}

/** A node that is announced and has no step yet. */
interface Place {
  readonly id: NodeId;
  readonly parent: Candidate;
}

function settle(
  { context, originals }: SearchState,
  { id, parent }: Place,
  { text, ended, answer: stated }: Proposed,
): Candidate {
  // Equal texts that end differently lead on differently, so they are not the same.
  const key = JSON.stringify([parent.original, text, ended, stated]);
  const original = originals.get(key) ?? id;
  originals.set(key, original);
  const steps = [...parent.steps, text];
  const answer = ended === "stop" ? readAnswer(context.problem, steps, stated) : null;
  return { id, parent, steps, ended, stated, answer, original };
}

function proposedFact(
  { spend }: SearchState,
  { id, original }: Candidate,
  { text, tokens, reasoningTokens, logprob, ended, origin = "policy" }: Proposed,
): Fact {
  return {
    type: "proposed",
    node: id,
    step: text,
    tokens,
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    logprob,
    ended,
    origin,
    ...(original !== id && { duplicateOf: original }),
    use: spend.use,
  };
}
