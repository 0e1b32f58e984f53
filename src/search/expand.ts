import { portableExp } from "../lib/portable-exp.ts";
import { deriveSeed } from "../lib/random.ts";
import type { Fact, NodeId } from "../protocol/events.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { ModelError, type Proposed, type Sampling } from "./ports.ts";
import { pruned } from "./prune.ts";
import type { Candidate, SearchState } from "./state.ts";

export interface Expansion {
  readonly parent: Candidate;
  /** Next steps to sample from it, at least one. */
  readonly kids: number;
}

/**
 * Plans `kids` next steps for every parent, all of them at one depth. If the
 * budget grants fewer in all, they are shared out evenly, what is left over to
 * the first parents; a parent that gets none is not in the plan. `each`: what one
 * such step is worth in steps.
 */
export function planExpansions(
  { spend }: SearchState,
  parents: readonly Candidate[],
  kids: number,
  each = 1,
): Expansion[] {
  const depth = parents[0]?.steps.length ?? 0;
  const granted = spend.grantSteps(parents.length * kids, { depth, each });
  const share = Math.floor(granted / parents.length);
  const leftOver = granted % parents.length;
  return parents
    .map((parent, i) => ({ parent, kids: share + (i < leftOver ? 1 : 0) }))
    .filter((expansion) => expansion.kids > 0);
}

/**
 * Plans just these next steps, all of them at one depth. If the budget grants
 * fewer in all, the last ones are cut first; a parent that gets none is not in the
 * plan.
 */
export function planWidths({ spend }: SearchState, wanted: readonly Expansion[]): Expansion[] {
  const depth = wanted[0]?.parent.steps.length ?? 0;
  const kids = wanted.reduce((sum, expansion) => sum + expansion.kids, 0);
  let left = spend.grantSteps(kids, { depth });
  return wanted
    .map(({ parent, kids }) => {
      const granted = Math.min(kids, left);
      left -= granted;
      return { parent, kids: granted };
    })
    .filter((expansion) => expansion.kids > 0);
}

/**
 * Samples the planned steps and returns the new nodes in the order of their ids.
 * If tokens or time run out before all are sampled, parents that are left
 * without any are pruned.
 */
export async function* expand(
  state: SearchState,
  plan: readonly Expansion[],
): AsyncGenerator<Fact, Candidate[], void> {
  const parents = plan.flatMap(({ parent, kids }) => Array<Candidate>(kids).fill(parent));
  const born = yield* sampleSteps(state, parents);
  const lastServed = parents[born.length - 1];
  const served = plan.findIndex(({ parent }) => parent === lastServed);
  const unserved = plan.slice(served + 1).map(({ parent }) => parent);
  yield* pruned(
    unserved.filter(({ parent }) => parent !== null),
    "budget",
  );
  return born;
}

/** Sets the streams of rollouts apart from those of children. */
const ROLLOUT = 1;

/** How steps are sampled that are not candidates of the search but looked ahead to. */
interface Ahead {
  readonly sampling: Sampling;
  readonly origin: "rollout";
}

/**
 * Samples one next step for every parent, all in one batch, or in several where a
 * limit is near, until they are there or the budget ends: announces their nodes,
 * then states each as soon as the policy has it, with its answer if it is
 * finished. A parent that stands there several times gets as many steps. Returns
 * the new nodes in the order of their ids, which is that of the parents.
 *
 * Each node has a random stream of its own: that of the root is the run's seed,
 * and that of a child is derived from its parent's and how many siblings were
 * there before it. So neither the batch nor the order of arrival changes what a
 * node says, and neither do nodes elsewhere in the tree: the first 4 of 64 chains
 * are those of a run of 4. Throws a `ModelError` unless the policy answers every
 * ask exactly once.
 */
export async function* sampleSteps(
  state: SearchState,
  parents: readonly Candidate[],
  ahead?: Ahead,
): AsyncGenerator<Fact, Candidate[], void> {
  const born: Candidate[] = [];
  while (born.length < parents.length) {
    const granted = state.spend.grantBatch(parents.length - born.length);
    if (granted === 0) break;
    const batch = parents.slice(born.length, born.length + granted);
    born.push(...(yield* sampleBatch(state, batch, ahead)));
  }
  return born;
}

async function* sampleBatch(
  state: SearchState,
  parents: readonly Candidate[],
  ahead: Ahead | undefined,
): AsyncGenerator<Fact, Candidate[], void> {
  const { policy, signal, sampling } = state.context;
  const places = parents.map((parent) => placeBelow(state, parent, ahead));
  for (const [{ id: first, parent }, kids] of runsOf(places)) {
    yield { type: "expanded", node: parent.id, first, kids };
  }
  const asks = places.map(({ parent, stream }) => ({
    prefix: parent.steps,
    ...(parent.attempts && { attempts: parent.attempts }),
    sampling: ahead?.sampling ?? sampling,
    seed: stream,
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
    yield proposedFact(state, candidate, ahead ? { ...proposed, ...ahead } : proposed);
    if (candidate.answer) yield answeredFact(candidate.id, candidate.answer, candidate.stated);
  }
  if (born.size < asks.length) {
    throw new ModelError(`${policy.name} answered ${born.size} of ${asks.length} asks`);
  }
  return places.map((_, ask) => born.get(ask)!);
}

/** Neighbours with one parent: the first of them and how many they are. */
function runsOf(places: readonly Place[]): [Place, number][] {
  const runs: [Place, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run?.[0].parent.id === place.parent.id) run[1]++;
    else runs.push([place, 1]);
  }
  return runs;
}

/** A node that is announced and has no step yet. */
interface Place {
  readonly id: NodeId;
  readonly parent: Candidate;
  readonly stream: number;
}

/** The next place below a node. */
function placeBelow(state: SearchState, parent: Candidate, ahead: Ahead | undefined): Place {
  const { id, stream } = parent;
  const { steps, rollouts } = state.kids.get(id) ?? { steps: 0, rollouts: 0 };
  const isAhead = ahead !== undefined;
  state.kids.set(id, isAhead ? { steps, rollouts: rollouts + 1 } : { steps: steps + 1, rollouts });
  return {
    id: state.nextId++,
    parent,
    stream: isAhead ? deriveSeed(stream, ROLLOUT, rollouts) : deriveSeed(stream, steps),
  };
}

function settle(
  { context, originals }: SearchState,
  { id, parent, stream }: Place,
  { text, tokens, logprob, ended, answer: stated }: Proposed,
): Candidate {
  // Equal texts that end differently lead on differently, so they are not the same.
  const key = JSON.stringify([parent.original, text, ended, stated]);
  const original = originals.get(key) ?? id;
  originals.set(key, original);
  const steps = [...parent.steps, text];
  const answer = ended === "stop" ? readAnswer(context.problem, steps, stated) : null;
  const likelihood = logprob === null || tokens === 0 ? null : portableExp(logprob / tokens);
  const { attempts } = parent;
  return {
    ...{ id, parent, steps, ended, stated, answer, original, stream, likelihood },
    ...(attempts && { attempts }),
  };
}

function answeredFact(node: NodeId, answer: Answer, stated: string | null): Fact {
  return { type: "answered", node, ...answer, ...(stated !== answer.answer && { stated }) };
}

/** What a policy proposed, whatever it was asked for. */
type Stated = Omit<Proposed, "origin"> & { readonly origin?: Proposed["origin"] | "rollout" };

function proposedFact(
  { spend }: SearchState,
  { id, original, parent }: Candidate,
  { text, tokens, reasoningTokens, logprob, ended, origin = "policy" }: Stated,
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
    ...(parent?.revises !== undefined && { revises: parent.revises }),
    use: spend.use,
  };
}
