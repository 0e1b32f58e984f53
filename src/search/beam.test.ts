import { expect, test } from "vitest";
import type { Budget } from "../protocol/budget.ts";
import type { RunEvent } from "../protocol/events.ts";
import type { Strategy } from "../protocol/strategies.ts";
import { beam } from "./beam.ts";
import { record } from "./record.ts";
import { tablePolicy, tableVerifier } from "./table-models.ts";

interface Scene {
  n: number;
  m: number;
  maxRounds?: number;
  steps: Record<string, string[]>;
  scores: Record<string, number>;
  budget?: Budget;
}

async function play({ n, m, maxRounds = 40, steps, scores, budget = {} }: Scene) {
  const strategy: Extract<Strategy, { name: "beam" }> = {
    ...{ name: "beam", n, m, maxRounds, aggregation: "last" },
  };
  const { signal } = new AbortController();
  const facts = beam(strategy, {
    problem: { family: null, parsed: null, text: "?", level: null },
    policy: tablePolicy(steps),
    verifier: tableVerifier(scores),
    sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ seed: 1, budget, signal, producer: "test@0", elapsedMs: () => 0 },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  return {
    expanded: log.flatMap((event) => (event.type === "expanded" ? [[event.node, event.kids]] : [])),
    kept: log.flatMap((event) => (event.type === "kept" ? [event.nodes] : [])),
    pruned: log.flatMap((event) => (event.type === "pruned" ? event.nodes : [])),
    selected: log.find((event) => event.type === "selected"),
    end: log.at(-1),
  };
}

test("each round keeps the n/m best and expands each of them m times", async () => {
  const { expanded, kept, pruned, selected, end } = await play({
    n: 4,
    m: 2,
    steps: {
      "": ["a", "b", "c", "d"],
      d: ["x=1", "y=2"],
      b: ["z=2", "w=3"],
    },
    scores: { a: 0.1, b: 0.5, c: 0.2, d: 0.9, "x=1": 0.9, "y=2": 0.5, "z=2": 0.6, "w=3": 0.1 },
  });
  expect(expanded).toEqual([
    [0, 4],
    [4, 2],
    [2, 2],
  ]);
  expect(kept[0]).toEqual([4, 2]);
  expect(pruned.slice(0, 2)).toEqual([
    { node: 3, reason: "not_top_k", rank: 3, cut: 0.5, beatenBy: 2 },
    { node: 1, reason: "not_top_k", rank: 4, cut: 0.5, beatenBy: 2 },
  ]);
  // All four vote: 2 has 0.5 + 0.6, more than the best single candidate.
  expect(selected).toMatchObject({ answer: "2", path: [0, 2, 7], method: "weighted_majority" });
  expect(selected?.votes.map(({ answer, weight }) => [answer, weight])).toEqual([
    ["2", 1.1],
    ["1", 0.9],
    ["3", 0.1],
  ]);
  expect(end).toMatchObject({ type: "finished", why: "complete" });
});

test("a finished candidate keeps its place by score, and is not expanded again", async () => {
  const { expanded, kept, selected } = await play({
    n: 4,
    m: 2,
    steps: {
      "": ["done=1", "b", "c", "d"],
      b: ["e", "f"],
      "b/e": ["g=2", "h=2"],
    },
    scores: { "done=1": 0.8, b: 0.9, c: 0, d: 0, e: 0.7, f: 0.1, "g=2": 0.3, "h=2": 0.3 },
  });
  expect(kept.slice(0, 2)).toEqual([
    [2, 1],
    [1, 5],
  ]);
  expect(expanded).toEqual([
    [0, 4],
    [2, 2],
    [5, 2],
  ]);
  expect(selected).toMatchObject({ answer: "1", path: [0, 1] });
});

test("better ones push a finished candidate out, and then it has no vote", async () => {
  const { pruned, selected } = await play({
    n: 4,
    m: 2,
    steps: {
      "": ["done=1", "b", "c", "d"],
      b: ["e", "f"],
      "b/e": ["g=2", "h"],
      "b/f": ["i=2", "j"],
    },
    scores: {
      ...{ "done=1": 0.6, b: 0.9, c: 0, d: 0, e: 0.8, f: 0.7 },
      ...{ "g=2": 0.2, h: 0.1, "i=2": 0.2, j: 0.1 },
    },
  });
  expect(pruned).toContainEqual({
    ...{ node: 1, reason: "not_top_k", rank: 3 },
    ...{ cut: 0.7, beatenBy: 6 },
  });
  expect(selected?.votes.map(({ answer }) => answer)).toEqual(["2"]);
});

test("equal scores are ranked by id", async () => {
  const { kept } = await play({
    n: 4,
    m: 2,
    maxRounds: 2,
    steps: { "": ["a", "b", "c", "d"], a: ["x", "y"], b: ["x", "y"] },
    scores: { a: 0.5, b: 0.5, c: 0.5, d: 0.5, x: 0, y: 0 },
  });
  expect(kept[0]).toEqual([1, 2]);
});

test("a copy is pruned before it is scored, by its original", async () => {
  const { kept, pruned, end } = await play({
    n: 4,
    m: 2,
    maxRounds: 1,
    steps: { "": ["a", "a", "b=1", "a"] },
    scores: { a: 0.5, "b=1": 0.1 },
  });
  const copy = { reason: "duplicate", rank: null, cut: null, beatenBy: 1 };
  expect(pruned.slice(0, 2)).toEqual([
    { node: 2, ...copy },
    { node: 4, ...copy },
  ]);
  expect(end).toMatchObject({ use: { prmCalls: 2 } });
  expect(kept).toEqual([[3]]);
});

test("what is open after the last round is pruned for its depth, and the finished vote", async () => {
  const { pruned, selected, end } = await play({
    n: 2,
    m: 1,
    maxRounds: 1,
    steps: { "": ["a", "b=1"] },
    scores: { a: 0.9, "b=1": 0.1 },
  });
  expect(pruned).toEqual([{ node: 1, reason: "max_depth", rank: null, cut: null, beatenBy: null }]);
  expect(selected).toMatchObject({ answer: "1", path: [0, 2] });
  expect(end).toMatchObject({ why: "max_rounds" });
});

test("a budget that ends prunes what is open, and the finished vote", async () => {
  const { pruned, selected, end } = await play({
    n: 4,
    m: 2,
    steps: { "": ["a", "b=1", "c", "d"] },
    scores: { a: 0.9, "b=1": 0.1, c: 0.2, d: 0.3 },
    budget: { policyTokens: 4 },
  });
  expect(pruned.map(({ node, reason }) => [node, reason])).toEqual([
    [1, "budget"],
    [4, "budget"],
    [3, "not_top_k"],
  ]);
  expect(selected).toMatchObject({ answer: "1" });
  expect(end).toMatchObject({ why: "budget" });
});

test("calls that are left are shared out evenly, the first to the best", async () => {
  const { expanded, pruned } = await play({
    n: 9,
    m: 3,
    steps: {
      "": ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
      c: ["x=1", "y=1"],
      a: ["x=1"],
      b: ["x=1"],
    },
    scores: {
      ...{ a: 0.8, b: 0.7, c: 0.9, d: 0, e: 0, f: 0, g: 0, h: 0, i: 0 },
      ...{ "x=1": 0.5, "y=1": 0.5 },
    },
    budget: { prmCalls: 13 },
  });
  expect(expanded.slice(1)).toEqual([
    [3, 2],
    [1, 1],
    [2, 1],
  ]);
  expect(pruned.every(({ reason }) => reason !== "budget")).toBe(true);
});

test("a survivor for whom no call is left is pruned at once", async () => {
  const { expanded, kept, pruned } = await play({
    n: 4,
    m: 2,
    steps: { "": ["a", "b", "c", "d"], a: ["x=1"] },
    scores: { a: 0.9, b: 0.8, c: 0, d: 0, "x=1": 0.5 },
    budget: { prmCalls: 5 },
  });
  expect(expanded.slice(1)).toEqual([[1, 1]]);
  expect(kept[0]).toEqual([1]);
  expect(pruned[0]).toEqual({ node: 2, reason: "budget", rank: null, cut: null, beatenBy: null });
});
