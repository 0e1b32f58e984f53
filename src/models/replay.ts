import { NO_USE } from "../protocol/budget.ts";
import type { RecordedAttempt } from "../protocol/traces.ts";
import { ModelError, type Policy, type Proposed, type Verifier } from "../search/ports.ts";

const { ms: _, ...NOTHING } = NO_USE;

/** A name and a revision, as ports have them. */
interface Identity {
  readonly name: string;
  readonly revision: string;
}

/**
 * A policy that gives recorded attempts back, step by step, each exactly once.
 * Attempts that begin alike are given in their order. An attempt without an
 * answer is cut off where its record ends. Nothing is computed and so nothing
 * spent. Throws a `ModelError` when it is asked for more than was recorded.
 */
export function replayPolicy(attempts: readonly RecordedAttempt[], identity: Identity): Policy {
  const waiting = new Lines<RecordedAttempt>();
  for (const attempt of attempts) waiting.add([], attempt);
  return {
    ...identity,
    async *propose(asks, signal) {
      for (const [ask, { prefix }] of asks.entries()) {
        signal.throwIfAborted();
        const attempt = waiting.take(prefix);
        if (attempt === undefined) {
          throw new ModelError(
            `${identity.name} has no further recorded step after ${prefix.length} steps`,
          );
        }
        const proposed = stepOf(attempt, prefix.length, ask);
        if (proposed.ended === "step") waiting.add([...prefix, proposed.text], attempt);
        yield proposed;
      }
    },
    dispose() {},
  };
}

function stepOf({ steps, answer }: RecordedAttempt, index: number, ask: number): Proposed {
  const isLast = index === steps.length - 1;
  const ending = answer === null ? "length" : "stop";
  return {
    ...{ ask, text: steps[index]!, tokens: 0, logprob: null, origin: "replay", spent: NOTHING },
    ended: isLast ? ending : "step",
    answer: isLast ? answer : null,
  };
}

/**
 * A verifier that gives recorded scores back, those of each attempt exactly
 * once. Throws a `ModelError` for what was not recorded.
 */
export function replayVerifier(attempts: readonly RecordedAttempt[], identity: Identity): Verifier {
  const waiting = new Lines<readonly number[]>();
  for (const { steps, answer, scores } of attempts) {
    if (scores !== null) waiting.add([...steps, answer], scores);
  }
  return {
    ...identity,
    async score(asks, signal) {
      signal.throwIfAborted();
      const scores = asks.map(({ steps, answer }) => {
        const recorded = waiting.take([...steps, answer]);
        if (recorded) return recorded;
        throw new ModelError(`${identity.name} has no recorded scores for ${steps.length} steps`);
      });
      return { scores, spent: NOTHING };
    },
    dispose() {},
  };
}

/** Things that wait in line, a line for every sequence of texts. */
class Lines<T> {
  readonly #lines = new Map<string, T[]>();

  add(texts: readonly (string | null)[], thing: T): void {
    const key = JSON.stringify(texts);
    const line = this.#lines.get(key);
    if (line) line.push(thing);
    else this.#lines.set(key, [thing]);
  }

  /** The first in that line, which leaves it; `undefined` if there is none. */
  take(texts: readonly (string | null)[]): T | undefined {
    return this.#lines.get(JSON.stringify(texts))?.shift();
  }
}
