import { expect, test } from "vitest";
import { scriptedPolicy, scriptedVerifier } from "../models/scripted.ts";
import { expressions } from "../problems/expressions/expressions.ts";
import type { Budget } from "../protocol/budget.ts";
import type { Fact } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { MAX_STEPS } from "./chains.ts";
import type { SearchContext, SearchProblem } from "./context.ts";
import type { Ask, Policy, ScoreAsk, Verifier } from "./ports.ts";
import { search } from "./strategies.ts";

const problem: SearchProblem = {
  family: expressions,
  parsed: expressions.parse(expressions.example),
  text: expressions.example,
  level: 4,
};

function contextOf({
  budget = {},
  seed = 7,
}: {
  budget?: Budget;
  seed?: number;
} = {}): SearchContext {
  return {
    problem,
    policy: scriptedPolicy(3, { problem }),
    verifier: scriptedVerifier(3, { problem }),
    sampling: { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ seed, budget, signal: new AbortController().signal, producer: "test@0" },
    elapsedMs: () => 0,
  };
}

async function factsOf(strategy: Strategy, context = contextOf()): Promise<Fact[]> {
  const facts: Fact[] = [];
  for await (const fact of search(strategy, context)) facts.push(fact);
  return facts;
}

const MAJORITY: Strategy = { name: "majority", n: 8 };
const BEST: Strategy = { name: "bestOfN", n: 8, weighted: true, aggregation: "last" };

test("greedy is one solution at temperature 0, whatever the seed", async () => {
  const logs = await Promise.all(
    [1, 2].map((seed) => factsOf({ name: "greedy" }, contextOf({ seed }))),
  );
  const [a, b] = logs.map((facts) =>
    facts.flatMap((fact) => (fact.type === "proposed" ? [fact.step] : [])),
  );
  expect(a).toEqual(b);
  const [started] = logs[0]!;
  expect(started).toMatchObject({ sampling: { temperature: 0 }, verifier: null });
  expect(logs[0]).toContainEqual({ type: "expanded", node: 0, first: 1, kids: 1 });
});

test("majority and greedy never ask the verifier, and do not claim to", async () => {
  for (const strategy of [MAJORITY, { name: "greedy" } as const]) {
    const verifier = scriptedVerifier(3, { problem });
    const [started] = await factsOf(strategy, { ...contextOf(), verifier });
    expect(verifier.batches).toBe(0);
    expect(started).toMatchObject({ verifier: null });
  }
});

test("solutions grow in lock-step: every round is one batch of all that are unfinished", async () => {
  const batches: Ask[][] = [];
  const { policy, ...others } = contextOf();
  const spy: Policy = {
    ...policy,
    propose(asks, signal) {
      batches.push([...asks]);
      return policy.propose(asks, signal);
    },
  };
  await factsOf(MAJORITY, { ...others, policy: spy });
  expect(batches.map((asks) => asks.length)).toEqual([8, 8, 8, 8]);
  expect(batches.map((asks) => asks[0]!.prefix.length)).toEqual([0, 1, 2, 3]);
});

test("best-of-N scores each solution in one pass of all its steps", async () => {
  const verifier = scriptedVerifier(3, { problem });
  const facts = await factsOf(BEST, { ...contextOf(), verifier });
  expect([verifier.batches, verifier.spent.prmCalls]).toEqual([1, 8]);
  const proposed = facts.filter(({ type }) => type === "proposed");
  expect(facts.filter(({ type }) => type === "scored")).toHaveLength(proposed.length);
});

test("the verifier hears that a solution has ended, and what it stated", async () => {
  const { verifier, ...others } = contextOf();
  const asked: ScoreAsk[] = [];
  const spy: Verifier = {
    ...verifier!,
    score(asks, signal) {
      asked.push(...asks);
      return verifier!.score(asks, signal);
    },
  };
  await factsOf(BEST, { ...others, verifier: spy });
  expect(asked.map(({ ended }) => ended)).toEqual(Array(8).fill(true));
  expect(asked.some(({ answer }) => answer !== null)).toBe(true);
});

test("a budget of solutions is used up to the last", async () => {
  for (const strategy of [MAJORITY, BEST]) {
    const facts = await factsOf(strategy, contextOf({ budget: { solutions: 5 } }));
    expect(facts).toContainEqual({ type: "expanded", node: 0, first: 1, kids: 5 });
    expect(facts.at(-1)).toMatchObject({ type: "finished", why: "budget" });
  }
});

test("a budget that is enough to the last unit does not show", async () => {
  const facts = await factsOf(BEST, contextOf({ budget: { solutions: 8, prmCalls: 8 } }));
  expect(facts.at(-1)).toMatchObject({ type: "finished", why: "complete" });
});

test("tokens that run out in mid-solution prune what is open, and the finished still vote", async () => {
  const facts = await factsOf(MAJORITY, contextOf({ budget: { policyTokens: 150 } }));
  const pruned = facts.flatMap((fact) => (fact.type === "pruned" ? fact.nodes : []));
  expect(pruned.map(({ reason }) => reason)).toEqual(Array(8).fill("budget"));
  expect(facts.at(-1)).toMatchObject({ why: "no_answer" });
});

test("a solution that never ends is given up after the longest that is allowed", async () => {
  const { policy, ...others } = contextOf();
  const endless: Policy = {
    ...policy,
    async *propose(asks, signal) {
      for await (const proposed of policy.propose(asks, signal)) {
        yield { ...proposed, ended: "step", answer: null };
      }
    },
  };
  const facts = await factsOf({ name: "greedy" }, { ...others, policy: endless });
  expect(facts.filter(({ type }) => type === "proposed")).toHaveLength(MAX_STEPS);
  expect(facts).toContainEqual({
    type: "pruned",
    nodes: [{ node: MAX_STEPS, reason: "max_depth", rank: null, cut: null, beatenBy: null }],
  });
});

test("a strategy that scores does not start without a verifier", () => {
  expect(() => search(BEST, { ...contextOf(), verifier: null })).toThrow(
    /bestOfN needs a verifier/,
  );
});

/** What every solution says, by the order in which they were begun. */
function solutionsIn(facts: readonly Fact[]): string[][] {
  const steps = new Map<number, string[]>([[0, []]]);
  const parents = new Map<number, number>();
  for (const fact of facts) {
    if (fact.type === "expanded") {
      for (let i = 0; i < fact.kids; i++) parents.set(fact.first + i, fact.node);
    } else if (fact.type === "proposed") {
      steps.set(fact.node, [...steps.get(parents.get(fact.node)!)!, fact.step]);
    }
  }
  const inner = new Set(parents.values());
  const first = (node: number): number => {
    let at = node;
    while (parents.get(at) !== 0) at = parents.get(at)!;
    return at;
  };
  return [...steps.keys()]
    .filter((node) => !inner.has(node))
    .toSorted((a, b) => first(a) - first(b))
    .map((node) => steps.get(node)!);
}

test("S15: the solutions of a small sample are the first ones of a large one, whoever chooses among them", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const large = solutionsIn(await factsOf({ ...BEST, n: 64 }, contextOf({ seed })));
    expect(large).toHaveLength(64);
    for (const n of [1, 4, 16]) {
      for (const strategy of [
        { ...BEST, n },
        { ...MAJORITY, n },
      ]) {
        const small = solutionsIn(await factsOf(strategy, contextOf({ seed })));
        expect(small).toEqual(large.slice(0, n));
      }
    }
  }
});
