import fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILIES } from "../problems/families.ts";
import type { SearchProblem } from "../search/context.ts";
import type { Ask, Policy, Proposed, ScoreAsk } from "../search/ports.ts";
import { checkerVerifier } from "./checker.ts";
import { scriptedPolicy, scriptedVerifier } from "./scripted.ts";

const SAMPLING = { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 };
const { signal } = new AbortController();

const anyProblem: fc.Arbitrary<SearchProblem> = fc
  .record({ family: fc.constantFrom(...FAMILIES), seed: fc.nat(500) })
  .map(({ family, seed }) => {
    const parsed = family.generate({ level: 3, seed, split: "train" });
    const text = family.render(parsed);
    return { family, parsed, text, level: 3, [fc.toStringMethod]: () => text };
  });
const anySeeds = fc.array(fc.nat(0xffff_ffff), { minLength: 1, maxLength: 8 });

async function proposalsOf(policy: Policy, asks: Ask[]): Promise<Proposed[]> {
  const proposals: Proposed[] = [];
  for await (const proposed of policy.propose(asks, signal)) proposals.push(proposed);
  return proposals;
}

/** One solution, step by step. */
async function solve(policy: Policy, seed: number): Promise<ScoreAsk> {
  const steps: string[] = [];
  for (;;) {
    const [next] = await proposalsOf(policy, [{ prefix: steps, sampling: SAMPLING, seed }]);
    steps.push(next!.text);
    if (next!.ended === "stop") return { steps, ended: true, answer: next!.answer };
  }
}

test("what the policy says to an ask does not depend on the batch", async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, anySeeds, async (problem, seeds) => {
      const policy = scriptedPolicy(1, { problem });
      const asks = seeds.map((seed) => ({ prefix: [], sampling: SAMPLING, seed }));
      const together = await proposalsOf(policy, asks);
      expect(together.map(({ ask }) => ask).toSorted((a, b) => a - b)).toEqual([...asks.keys()]);
      for (const proposed of together) {
        const [alone] = await proposalsOf(scriptedPolicy(1, { problem }), [asks[proposed.ask]!]);
        expect({ ...proposed, ask: 0 }).toEqual(alone);
      }
    }),
    { numRuns: 40 },
  );
});

test("without errors every line is right, and expressions are always solved", async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, fc.nat(1000), async (problem, seed) => {
      const { family, parsed } = problem;
      const { steps, answer } = await solve(scriptedPolicy(1, { problem, errorRate: 0 }), seed);
      const judge = family!.judge(parsed);
      expect(steps.map((step) => judge(step).right)).not.toContain(false);
      const { correct } = family!.grade(parsed, steps, answer);
      if (family!.name === "expressions") expect(correct).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("with errors only, nothing is solved", async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, fc.nat(1000), async (problem, seed) => {
      const { steps, answer } = await solve(scriptedPolicy(1, { problem, errorRate: 1 }), seed);
      expect(problem.family!.grade(problem.parsed, steps, answer).correct).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("at temperature 0 the seed of an ask does not matter", async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, anySeeds, async (problem, seeds) => {
      const sampling = { ...SAMPLING, temperature: 0 };
      const asks = seeds.map((seed) => ({ prefix: [], sampling, seed }));
      const texts = await proposalsOf(scriptedPolicy(1, { problem }), asks);
      expect(new Set(texts.map(({ text }) => text)).size).toBe(1);
    }),
    { numRuns: 40 },
  );
});

test("a step is no longer than it may be, and says that it was cut off", async () => {
  const problem: SearchProblem = { family: null, parsed: null, text: "riddle", level: null };
  const ask = { prefix: [], sampling: { ...SAMPLING, maxStepTokens: 4 }, seed: 1 };
  const [proposed] = await proposalsOf(scriptedPolicy(1, { problem }), [ask]);
  expect(proposed).toMatchObject({ text: "look", tokens: 4, ended: "length", answer: null });
});

test("the checker scores 1 up to the first error or dead end, and 0 from there on", async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, fc.nat(1000), async (problem, seed) => {
      const ask = await solve(scriptedPolicy(1, { problem, errorRate: 0.3 }), seed);
      const { family, parsed } = problem;
      const { scores } = await checkerVerifier(problem).score([ask], signal);
      const alive = ask.steps.map((_, i) => {
        const verdict = family!.checkStep(parsed, ask.steps.slice(0, i), ask.steps[i]!);
        return verdict.right && verdict.reachable ? 1 : 0;
      });
      expect(scores[0]!.slice(0, -1)).toEqual(alive.slice(0, -1));
      const { correct } = family!.grade(parsed, ask.steps, ask.answer);
      expect(scores[0]!.at(-1)).toBe(correct ? alive.at(-1) : 0);
    }),
  );
});

test("right lines with a wrong answer are wrong at their end", async () => {
  const family = FAMILIES[0]!;
  const problem = { family, parsed: family.parse("1+2*3"), text: "1+2*3", level: 2 };
  const steps = ["1+6", "7"];
  const asks = ["7", "8"].map((answer) => ({ steps, ended: true, answer }));
  const { scores } = await checkerVerifier(problem).score(asks, signal);
  expect(scores).toEqual([
    [1, 1],
    [1, 0],
  ]);
});

test("the checker cannot judge what has no family", async () => {
  const problem: SearchProblem = { family: null, parsed: null, text: "riddle", level: null };
  const asks = [{ steps: ["x"], ended: false, answer: null }];
  await expect(checkerVerifier(problem).score(asks, signal)).rejects.toThrow(/without a family/);
});

test("the scripted verifier ranks as the checker does, within its noise", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyProblem,
      fc.nat(1000),
      fc.constantFrom(0, 0.1, 0.9),
      async (problem, seed, noise) => {
        const ask = await solve(scriptedPolicy(1, { problem }), seed);
        const [exact, noisy] = await Promise.all([
          checkerVerifier(problem).score([ask], signal),
          scriptedVerifier(1, { problem, noise }).score([ask], signal),
        ]);
        for (const [i, score] of noisy.scores[0]!.entries()) {
          const sound = 0.1 + 0.8 * exact.scores[0]![i]!;
          expect(score).toBeGreaterThanOrEqual(Math.max(0, sound - noise));
          expect(score).toBeLessThanOrEqual(Math.min(1, sound + noise));
        }
      },
    ),
  );
});

test("both wait as long as their tokens take, and stop when they are told", async () => {
  const controller = new AbortController();
  const problem: SearchProblem = { family: null, parsed: null, text: "riddle", level: null };
  let waited = 0;
  const sleep = async (ms: number) => {
    waited += ms;
    if (waited >= 40) controller.abort("enough");
  };
  const policy = scriptedPolicy(1, { problem, sleep, msPerToken: 2 });
  const asks = [1, 2, 3, 4, 5, 6].map((seed) => ({ prefix: [], sampling: SAMPLING, seed }));
  const seen: Proposed[] = [];
  const all = async () => {
    for await (const proposed of policy.propose(asks, controller.signal)) seen.push(proposed);
  };
  await expect(all()).rejects.toBe("enough");
  expect(seen.every(({ tokens }) => tokens * 2 < 40)).toBe(true);
  expect(policy.spent.policyCalls).toBe(seen.length);
  const verifier = scriptedVerifier(1, { problem });
  await expect(verifier.score([], controller.signal)).rejects.toBe("enough");
  expect(verifier.batches).toBe(0);
});
