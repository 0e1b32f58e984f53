import type { Fact } from "../protocol/events.ts";
import type { Aggregation } from "../protocol/strategies.ts";
import { aggregate } from "./aggregate.ts";
import { ModelError, type Verdicts, type Verifier } from "./ports.ts";
import { pruned } from "./prune.ts";
import { type Candidate, pathOf, type SearchState } from "./state.ts";

/** A candidate with the score of its whole path, in [0, 1]. */
export interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

export interface Scorer {
  readonly verifier: Verifier;
  readonly aggregation: Aggregation;
  /** The end of the path that a candidate is judged by, if that is further than itself. */
  readonly endOf?: (candidate: Candidate) => Candidate;
}

export function isFinished({ candidate }: Scored): boolean {
  return candidate.ended === "stop";
}

/** Best first; of equal scores the older. */
export function bestFirst(a: Scored, b: Scored): number {
  return b.score - a.score || a.candidate.id - b.candidate.id;
}

/** Whether a search may stop here: finished, with an answer, and scored at least `stopAt`, if that is given. */
export function isGoodEnough({ candidate, score }: Scored, stopAt: number | undefined): boolean {
  return stopAt !== undefined && score >= stopAt && typeof candidate.answer?.canonical === "string";
}

/**
 * Scores whole paths, each in one pass, and states the score of every candidate
 * and of every node on its path that had none. What the budget does not grant is pruned. Returns the
 * others in the order of `candidates`.
 *
 * Throws a `ModelError` unless the verifier gives exactly one finite score in
 * [0, 1] for every step.
 */
export async function* score(
  state: SearchState,
  candidates: readonly Candidate[],
  { verifier, aggregation, endOf = (candidate) => candidate }: Scorer,
): AsyncGenerator<Fact, Scored[], void> {
  const { signal } = state.context;
  const scored: Scored[] = [];
  while (scored.length < candidates.length) {
    const granted = state.spend.grantScores(candidates.length - scored.length);
    if (granted === 0) break;
    const batch = candidates.slice(scored.length, scored.length + granted);
    const ends = batch.map(endOf);
    const asks = ends.map(({ steps, ended, stated }) => ({
      steps,
      ended: ended === "stop",
      answer: stated,
    }));
    signal.throwIfAborted();
    const verdicts = await verifier.score(asks, signal);
    checkVerdicts(verdicts, ends, verifier.name);
    state.spend.add(verdicts.spent);
    for (const [i, candidate] of batch.entries()) {
      const steps = verdicts.scores[i]!;
      scored.push({ candidate, score: aggregate(steps, aggregation) });
      const end = ends[i]!;
      yield* stateScores(state, { candidate, end }, { steps, scorer: verifier.name, aggregation });
    }
  }
  yield* pruned(candidates.slice(scored.length), "budget");
  return scored;
}

/** Throws a `ModelError` unless there is exactly one finite score in [0, 1] for every step that was asked about. */
export function checkVerdicts(
  { scores }: Verdicts,
  asked: readonly Pick<Candidate, "id" | "steps">[],
  name: string,
): void {
  if (scores.length !== asked.length) {
    throw new ModelError(`${name} scored ${scores.length} of ${asked.length} paths`);
  }
  for (const [i, { id, steps }] of asked.entries()) {
    const given = scores[i]!;
    if (given.length !== steps.length) {
      throw new ModelError(
        `${name} gave ${given.length} scores for the ${steps.length} steps up to node ${id}`,
      );
    }
    const wrong = given.find((value) => !(value >= 0 && value <= 1));
    if (wrong !== undefined) {
      throw new ModelError(`${name} gave node ${id} the score ${wrong}, which is not in [0, 1]`);
    }
  }
}

function* stateScores(
  { scored, spend }: SearchState,
  { candidate, end }: { candidate: Candidate; end: Candidate },
  {
    steps,
    scorer,
    aggregation,
  }: { steps: readonly number[]; scorer: string; aggregation: Aggregation },
): Generator<Fact> {
  for (const [i, node] of pathOf(end).entries()) {
    const isJudged = node === candidate;
    if (scored.has(node.id) && !isJudged) continue;
    scored.add(node.id);
    const upToHere = steps.slice(0, i + 1);
    yield {
      type: "scored",
      node: node.id,
      score: aggregate(isJudged ? steps : upToHere, aggregation),
      scorer,
      steps: upToHere,
      ...(isJudged && end !== candidate && { rolledOutTo: end.id }),
      use: spend.use,
    };
  }
}
