import { expect, test } from "vitest";
import { NO_USE } from "../../protocol/budget.ts";
import type { Fact, PruneReason, RunEvent } from "../../protocol/events.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { pruneNote, TopKs } from "./prune-note.ts";
import { sceneOf } from "./random-scene.ts";

const SCORES = [0.9, 0.2, 0.7, 0.4];

/** One round of a beam: four steps, of which the best two are kept. */
function logOf(reason: PruneReason = "not_top_k"): RunEvent[] {
  const facts: Fact[] = [
    {
      type: "started",
      problem: { family: null, text: "1+1", level: null },
      strategy: { name: "greedy" },
      policy: { name: "p", revision: "1" },
      verifier: null,
      sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 9 },
      seed: 1,
      budget: {},
      producer: "test@1",
    },
    { type: "round", round: 1, phase: "expand" },
    { type: "expanded", node: 0, first: 1, kids: 4 },
    ...SCORES.map((_, i) => proposed(i + 1)),
    { type: "round", round: 1, phase: "score" },
    ...SCORES.map((score, i) => scored(i + 1, score)),
    { type: "kept", nodes: [1, 3] },
    { type: "pruned", nodes: [pruned(4, 3, reason), pruned(2, 4, reason)] },
  ];
  return facts.map((fact, seq) => ({ v: 1, run: "r", seq, t: seq, ...fact }));
}

function proposed(node: number): Fact {
  return {
    ...{ type: "proposed", node, step: "2", tokens: 1, logprob: null },
    ...{ ended: "step", origin: "policy", use: NO_USE },
  };
}

function scored(node: number, score: number): Fact {
  return { type: "scored", node, score, scorer: "v", steps: [score], use: NO_USE };
}

function pruned(node: number, rank: number, reason: PruneReason) {
  return { node, reason, rank, cut: 0.7, beatenBy: 3 };
}

function topKs(tree: Tree) {
  const found = new TopKs();
  found.update(tree);
  return found.topK;
}

test("a note says how many were kept, and at which score the line was drawn", () => {
  const tree = foldLog(logOf());
  const topK = topKs(tree);
  expect(pruneNote(tree, 2, tree.seq, topK)).toBe("not in top 2 · cut 0.70");
  expect(pruneNote(tree, 4, tree.seq, topK)).toBe("not in top 2 · cut 0.70");
});

test("there is no note for what is not pruned, or not yet", () => {
  const tree = foldLog(logOf());
  expect(pruneNote(tree, 1, tree.seq, topKs(tree))).toBeNull();
  expect(pruneNote(tree, 2, tree.seq - 1, topKs(tree))).toBeNull();
});

test("a copy names what it is a copy of", () => {
  const tree = foldLog(logOf("duplicate"));
  expect(pruneNote(tree, 2, tree.seq, topKs(tree))).toBe("same as #3");
});

test("the header of a column follows its round", () => {
  const log = logOf();
  const tree = foldLog(log);
  const summaryAfter = (type: string) => {
    const at = log.findLastIndex((event) => event.type === type);
    return sceneOf(tree, at).summaryOf(1);
  };
  const none = { round: 1, shown: 4, sampling: 0, scored: 0, kept: 0, pruned: 0, cut: Number.NaN };
  expect(summaryAfter("started")).toBeNull();
  expect(summaryAfter("expanded")).toEqual({ ...none, sampling: 4 });
  expect(summaryAfter("proposed")).toEqual(none);
  expect(summaryAfter("scored")).toEqual({ ...none, scored: 4 });
  expect(summaryAfter("kept")).toEqual({ ...none, scored: 4, kept: 2 });
  const end = summaryAfter("pruned")!;
  expect(end).toMatchObject({ scored: 4, kept: 2, pruned: 2 });
  expect(end.cut).toBeCloseTo(0.7, 6);
});
