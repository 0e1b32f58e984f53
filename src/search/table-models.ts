import { NO_USE } from "../protocol/budget.ts";
import type { Policy, Proposed, Verifier } from "./ports.ts";

const { ms: _, ...NOTHING } = NO_USE;

/**
 * A policy that follows a table from prefix (lines joined by "/") to next
 * lines, in the order of the asks, and at temperature 0 another from prefix to
 * the one next line; "=7" at the end of a line ends the reasoning with the
 * answer 7. For tests.
 */
export function tablePolicy(
  table: Readonly<Record<string, readonly string[]>>,
  likeliest: Readonly<Record<string, string>> = {},
): Policy {
  const asked = new Map<string, number>();
  return {
    name: "table",
    revision: "1",
    async *propose(asks) {
      for (const [ask, { prefix, sampling }] of asks.entries()) {
        const key = prefix.join("/");
        const turn = asked.get(key) ?? 0;
        const isAhead = sampling.temperature === 0;
        if (!isAhead) asked.set(key, turn + 1);
        const text = isAhead ? likeliest[key]! : table[key]![turn]!;
        const [, answer = null] = text.split("=");
        const ended = answer === null ? "step" : "stop";
        const proposed: Omit<Proposed, "spent"> = {
          ask,
          text,
          tokens: 1,
          logprob: null,
          ended,
          answer,
        };
        yield { ...proposed, spent: { ...NOTHING, policyTokens: 1, policyCalls: 1 } };
      }
    },
    dispose() {},
  };
}

/** A verifier that knows the score of every line. For tests. */
export function tableVerifier(table: Readonly<Record<string, number>>): Verifier {
  return {
    name: "table",
    revision: "1",
    async score(asks) {
      const scores = asks.map(({ steps }) => steps.map((step) => table[step]!));
      return { scores, spent: { ...NOTHING, prmCalls: asks.length } };
    },
    dispose() {},
  };
}
