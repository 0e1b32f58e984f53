import { type Budget, NO_USE } from "../protocol/budget.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import type { Policy, Proposed, Verifier } from "./ports.ts";
import { record } from "./record.ts";
import { search } from "./strategies.ts";

const { ms: _, ...NOTHING } = NO_USE;

/**
 * A policy that follows a table from prefix (lines joined by "/") to next
 * lines, in the order of the asks, and at temperature 0 another from prefix to
 * the one next line; "=7" at the end of a line ends the reasoning with the
 * answer 7. Answers of earlier attempts stand before the prefix: "(7)/a". For tests.
 */
export function tablePolicy(
  table: Readonly<Record<string, readonly string[]>>,
  likeliest: Readonly<Record<string, string>> = {},
): Policy {
  const asked = new Map<string, number>();
  return {
    name: "table",
    revision: "1",
    revises: true,
    async *propose(asks) {
      for (const [ask, { attempts = [], prefix, sampling }] of asks.entries()) {
        const key = [...attempts.map((answer) => `(${answer})`), ...prefix].join("/");
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

/** The log of a search by such models, seed 1, for a riddle that nobody can grade. For tests. */
export async function runTable(
  strategy: Strategy,
  {
    steps,
    scores,
    budget = {},
  }: {
    readonly steps: Readonly<Record<string, readonly string[]>>;
    readonly scores: Readonly<Record<string, number>>;
    readonly budget?: Budget;
  },
): Promise<RunEvent[]> {
  const { signal } = new AbortController();
  const facts = search(strategy, {
    problem: { family: null, parsed: null, text: "?", level: null },
    policy: tablePolicy(steps),
    verifier: tableVerifier(scores),
    sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ seed: 1, budget, signal, producer: "test@0", elapsedMs: () => 0 },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  return log;
}
