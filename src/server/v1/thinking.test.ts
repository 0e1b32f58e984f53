import fc from "fast-check";
import { expect, test } from "vitest";
import { scriptedPolicy, scriptedVerifier } from "../../models/scripted.ts";
import { familyOf } from "../../problems/families.ts";
import { ROOT, type RunEvent, Sampling } from "../../protocol/events.ts";
import type { Strategy } from "../../protocol/strategies.ts";
import { readProblem } from "../../runs/read-problem.ts";
import { record } from "../../search/record.ts";
import { search } from "../../search/strategies.ts";
import { Thinking } from "./thinking.ts";
import type { Thought } from "./thinking-end.ts";

const STRATEGIES: readonly Strategy[] = [
  { name: "greedy" },
  { name: "majority", n: 4 },
  { name: "bestOfN", n: 4, weighted: true, aggregation: "last" },
  { name: "beam", n: 8, m: 4, maxRounds: 40, aggregation: "last" },
  { name: "beam", n: 2, m: 2, maxRounds: 40, aggregation: "min" },
];

const anyRun = fc.record({
  seed: fc.nat(10_000),
  strategy: fc.constantFrom(...STRATEGIES),
  policyTokens: fc.constantFrom(undefined, 20, 60),
});

async function logOf({
  seed,
  strategy,
  policyTokens,
}: typeof anyRun extends fc.Arbitrary<infer T> ? T : never) {
  const family = familyOf("expressions");
  const problem = readProblem(family.render(family.generate({ level: 4, seed, split: "train" })));
  const { signal } = new AbortController();
  const facts = search(strategy, {
    ...{ problem, seed, signal, producer: "test@1", elapsedMs: () => 0 },
    policy: scriptedPolicy(seed, { problem }),
    verifier: scriptedVerifier(seed, { problem }),
    sampling: Sampling.parse({}),
    budget: policyTokens === undefined ? {} : { policyTokens },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  return log;
}

test("H1: what is told of a search is the selected path, step by step, and ends once", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (run) => {
      const log = await logOf(run);
      const thinking = new Thinking();
      const thoughts = log.flatMap((event) => thinking.hear(event));
      const stepOf = new Map(
        log.flatMap((event) => (event.type === "proposed" ? [[event.node, event.step]] : [])),
      );
      const selected = log.find((event) => event.type === "selected")!;
      const steps = selected.path.filter((id) => id !== ROOT).map((id) => stepOf.get(id)!);
      const told = thoughts.flatMap((thought) => (thought.kind === "step" ? [thought.text] : []));
      if (steps.length > 0) expect(told.slice(-steps.length)).toEqual(steps);
      // Only a line that was given up can stand before it, and it is said so.
      if (told.length > steps.length && steps.length > 0) {
        expect(told.at(-steps.length - 1)).toMatch(/better/);
      }
      const { kind } = thoughts.at(-1)!;
      expect(kind).toBe("end");
      expect(thoughts.filter((thought) => thought.kind === "end")).toHaveLength(1);
    }),
  );
});

test("a greedy search is told step by step, a vote at its end", async () => {
  const heard = async (strategy: Strategy) => {
    const log = await logOf({ seed: 3, strategy, policyTokens: undefined });
    const thinking = new Thinking();
    return log.map((event) => thinking.hear(event).filter(({ kind }) => kind === "step").length);
  };
  expect(Math.max(...(await heard({ name: "greedy" })))).toBe(1);
  const told = await heard({ name: "majority", n: 4 });
  expect(told.filter((count) => count > 0)).toHaveLength(1);
});

test("a search that fails or is cancelled says so", () => {
  const use = {
    policyTokens: 1,
    promptTokens: 2,
    policyCalls: 1,
    prmTokens: 0,
    prmCalls: 0,
    ms: 0,
  };
  const base = { v: 1, run: "r", seq: 0, t: 0, use };
  const end = (event: RunEvent): Thought => new Thinking().hear(event)[0]!;
  expect(end({ ...base, type: "failed", error: "out of memory" })).toMatchObject({
    end: { why: "failed", error: "out of memory" },
  });
  expect(end({ ...base, type: "cancelled", by: "client" })).toMatchObject({
    end: { why: "cancelled", answer: null },
  });
});
