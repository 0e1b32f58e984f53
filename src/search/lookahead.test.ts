import fc from "fast-check";
import { expect, test } from "vitest";
import type { Budget } from "../protocol/budget.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { readNodes } from "./log-reading.ts";
import { lookahead } from "./lookahead.ts";
import type { Policy } from "./ports.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { comparable, record } from "./record.ts";
import { tablePolicy, tableVerifier } from "./table-models.ts";

interface Scene {
  n: number;
  m: number;
  k: number;
  steps: Record<string, string[]>;
  likeliest: Record<string, string>;
  scores: Record<string, number>;
  budget?: Budget;
}

async function play({ n, m, k, steps, likeliest, scores, budget = {} }: Scene) {
  const strategy: StrategyOf<"lookahead"> = {
    ...{ name: "lookahead", n, m, k, maxRounds: 40, aggregation: "last" },
    selection: "weighted_majority",
  };
  const { signal } = new AbortController();
  const asks: { prefix: string; temperature: number }[] = [];
  const policy = tablePolicy(steps, likeliest);
  const spy: Policy = {
    ...policy,
    propose(batch, stop) {
      asks.push(
        ...batch.map(({ prefix, sampling }) => ({
          prefix: prefix.join("/"),
          temperature: sampling.temperature,
        })),
      );
      return policy.propose(batch, stop);
    },
  };
  const facts = lookahead(strategy, {
    problem: { family: null, parsed: null, text: "?", level: null },
    policy: spy,
    verifier: tableVerifier(scores),
    sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ seed: 1, budget, signal, producer: "test@0", elapsedMs: () => 0 },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  expect(log.at(-1)).toMatchObject({ type: "finished" });
  return { log, asks, nodes: readNodes(log) };
}

const pruned = ({ log }: { log: RunEvent[] }) =>
  log.flatMap((event) => (event.type === "pruned" ? event.nodes : []));

test("a candidate is worth what its rollout scores at its end, whatever it scores itself", async () => {
  const scene = await play({
    ...{ n: 2, m: 2, k: 2 },
    steps: { "": ["a", "b"], b: ["c=1", "d=2"] },
    likeliest: { a: "x", "a/x": "y", b: "u", "b/u": "v=9" },
    scores: { a: 0.9, x: 0.2, y: 0.1, b: 0.3, u: 0.5, v: 0.8, "v=9": 0.8, "c=1": 0.6, "d=2": 0.4 },
  });
  const { nodes, asks, log } = scene;
  // 1 and 2 are a and b; then both are rolled out step by step.
  expect([1, 2].map((id) => nodes.get(id)!.scored)).toMatchObject([
    { score: 0.1, steps: [0.9], rolledOutTo: 5 },
    { score: 0.8, steps: [0.3], rolledOutTo: 6 },
  ]);
  expect(nodes.get(6)).toMatchObject({ scored: { score: 0.8, steps: [0.3, 0.5, 0.8] }, parent: 4 });
  expect(log.find(({ type }) => type === "kept")).toMatchObject({ nodes: [2] });
  expect(nodes.get(1)!.pruned).toMatchObject({ reason: "not_top_k", cut: 0.8, beatenBy: 2 });
  // What was looked ahead to answers, and has no vote.
  expect(nodes.get(6)).toMatchObject({
    answered: { answer: "9" },
    pruned: { reason: "superseded", beatenBy: 2, rank: null, cut: null },
  });
  expect(log.find(({ type }) => type === "selected")).toMatchObject({ answer: "1" });
  const sampled = new Set(["", "b"]);
  const isAhead = asks.map(({ temperature }) => temperature === 0);
  expect(asks.filter((_, i) => !isAhead[i]).every(({ prefix }) => sampled.has(prefix))).toBe(true);
  expect(asks.filter((_, i) => isAhead[i]).map(({ prefix }) => prefix)).toEqual([
    ...["a", "b", "a/x", "b/u"],
  ]);
});

test("a step that says what was looked ahead to stands there already, with the rest of the rollout", async () => {
  const scene = await play({
    ...{ n: 2, m: 2, k: 2 },
    steps: { "": ["a", "a"], a: ["x", "z=5"], "a/x": ["p=1", "q=1"] },
    likeliest: { a: "x", "a/x": "y", "a/x/y": "w" },
    scores: { a: 0.5, x: 0.6, y: 0.7, w: 0.8, "z=5": 0.2, "p=1": 0.9, "q=1": 0.9 },
  });
  const { nodes, asks } = scene;
  const copy = [...nodes.values()].find(({ proposed, id }) => proposed?.step === "x" && id !== 3)!;
  expect(nodes.get(3)!.proposed).toMatchObject({ origin: "rollout", step: "x" });
  expect(copy.pruned).toMatchObject({ reason: "duplicate", beatenBy: 3 });
  // It was looked ahead to one step further, not two.
  const ahead = asks.filter(({ temperature }) => temperature === 0).map(({ prefix }) => prefix);
  expect(ahead).toEqual(["a", "a/x", "a/x/y"]);
  expect(nodes.get(3)).toMatchObject({ scored: { score: 0.8, rolledOutTo: 7 }, expanded: true });
  expect(pruned(scene).filter(({ node }) => node === 4)).toMatchObject([
    { reason: "superseded", beatenBy: 3 },
  ]);
});

test("every candidate costs k + 1 solutions of the budget", async () => {
  const scene = await play({
    ...{ n: 8, m: 2, k: 3, budget: { solutions: 11 } },
    steps: { "": ["a", "b", "c", "d", "e", "f", "g", "h"], a: ["r=1"], b: ["s=1"] },
    likeliest: { a: "x=1", b: "y=2", c: "z=3" },
    scores: { a: 0.5, b: 0.5, "x=1": 0.5, "y=2": 0.5, "r=1": 0.5, "s=1": 0.5 },
  });
  const sampled = scene.asks.filter(({ temperature }) => temperature === 1);
  expect(sampled.map(({ prefix }) => prefix)).toEqual(["", "", "a", "b"]);
  expect(scene.log.at(-1)).toMatchObject({ why: "budget" });
});

test("what is finished is not looked ahead from", async () => {
  const scene = await play({
    ...{ n: 1, m: 1, k: 3 },
    steps: { "": ["a=1"] },
    likeliest: {},
    scores: { "a=1": 0.5 },
  });
  expect(scene.nodes.get(1)!.scored).not.toHaveProperty("rolledOutTo");
});

test("S9: looking no step ahead is beam search, fact by fact", async () => {
  await fc.assert(
    fc.asyncProperty(anySetup(anyStrategy.beam), async (setup) => {
      const { ms: _, ...budget } = setup.budget;
      const plain = { ...setup, budget };
      const { name: _name, ...options } = setup.strategy as StrategyOf<"beam">;
      const ahead: StrategyOf<"lookahead"> = {
        ...{ ...options, name: "lookahead", k: 0 },
        selection: "weighted_majority",
      };
      const [a, b] = await Promise.all(
        [plain, { ...plain, strategy: ahead }].map((one) => runSearch(one, castOf(one))),
      );
      expect(b!.slice(1).map(comparable)).toEqual(a!.slice(1).map(comparable));
    }),
  );
});

test("in every search a value is the score of the end that it names, and that is at most k steps ahead", async () => {
  await fc.assert(
    fc.asyncProperty(anySetup(anyStrategy.lookahead), async (setup) => {
      const { k } = setup.strategy as StrategyOf<"lookahead">;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      for (const { id, depth, scored, proposed } of nodes.values()) {
        if (scored === undefined) continue;
        const end = nodes.get(scored.rolledOutTo ?? id)!;
        const isWhole = end.depth === depth + k || end.proposed?.ended !== "step";
        const isCut = [...nodes.values()].some(
          (one) => one.parent === end.id && one.proposed?.ended === "length",
        );
        const isShort = Object.keys(setup.budget).length > 0 || isCut;
        if (proposed?.origin !== "rollout") expect(isWhole || isShort).toBe(true);
        expect(end.scored).toBeDefined();
      }
    }),
  );
});
