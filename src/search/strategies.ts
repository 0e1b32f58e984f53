import type { Fact, Strategy } from "../protocol/events.ts";
import { beam } from "./beam.ts";
import { bestOfN } from "./best-of-n.ts";
import type { SearchContext } from "./context.ts";
import { greedy } from "./greedy.ts";
import { majority } from "./majority.ts";
import type { Verifier } from "./ports.ts";

/** Whether this strategy decides by scores, and so cannot run without a verifier. */
export function usesVerifier({ name }: Strategy): boolean {
  return name === "bestOfN" || name === "beam";
}

/**
 * The facts of one search, in order: `started` first; `finished` last, unless
 * the search throws: a `ModelError`, or `signal.reason` on abort. Nothing is
 * computed until a fact is asked for.
 *
 * Throws a `RangeError` at once if the strategy uses a verifier and has none.
 */
export function search(
  strategy: Strategy,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  switch (strategy.name) {
    case "greedy":
      return greedy(strategy, context);
    case "majority":
      return majority(strategy, context);
    case "bestOfN":
      return bestOfN(strategy, withVerifier(strategy, context));
    case "beam":
      return beam(strategy, withVerifier(strategy, context));
  }
}

function withVerifier(
  { name }: Strategy,
  context: SearchContext,
): SearchContext & { verifier: Verifier } {
  const { verifier } = context;
  if (verifier === null) throw new RangeError(`the strategy ${name} needs a verifier`);
  return { ...context, verifier };
}
