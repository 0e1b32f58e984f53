import { type Fact, Sampling } from "../protocol/events.ts";
import { replayedName } from "../protocol/replayed-name.ts";
import type { Strategy } from "../protocol/strategies.ts";
import type { TraceSpec } from "../protocol/traces.ts";
import type { SearchContext } from "../search/context.ts";
import { search } from "../search/strategies.ts";
import { replayPolicy, replayVerifier } from "./replay.ts";

/** The search that recorded attempts are told as, and the models that stand for who made them. */
export interface Replay {
  readonly strategy: Strategy;
  readonly context: Pick<SearchContext, "policy" | "verifier" | "sampling" | "seed" | "budget">;
}

/**
 * Attempts become as many sampled solutions: a vote between their answers, with
 * weights if all of those that ended were scored. Scores of an attempt that
 * never ended have no place in it, for no search asks for them.
 */
export function replayOf({ attempts, about }: Pick<TraceSpec, "attempts" | "about">): Replay {
  const identity = { name: replayedName(about), revision: "1" };
  const n = attempts.length;
  const ended = attempts.filter(({ answer }) => answer !== null);
  const isScored = ended.length > 0 && ended.every(({ scores }) => scores !== null);
  return {
    strategy: isScored
      ? { name: "bestOfN", n, weighted: true, aggregation: "last" }
      : { name: "majority", n },
    context: {
      policy: replayPolicy(attempts, identity),
      verifier: isScored ? replayVerifier(attempts, { ...identity, name: "replayed" }) : null,
      // Nothing is sampled: what the recorded models were told is not known.
      ...{ sampling: Sampling.parse({}), seed: 0, budget: {} },
    },
  };
}

/** The facts of the search that recorded attempts are told as. */
export function replayFacts(
  { strategy, context }: Replay,
  surroundings: Pick<SearchContext, "problem" | "signal" | "producer" | "elapsedMs">,
): AsyncGenerator<Fact, void, void> {
  return search(strategy, { ...context, ...surroundings });
}
