import { expect, test } from "vitest";
import { NO_USE } from "./budget.ts";
import { EVENT_VERSION, type Fact, RunEvent } from "./events.ts";
import { foldLog } from "./tree.ts";

const STARTED: Fact = {
  ...{ type: "started", problem: { family: null, text: "?", level: null }, unit: "token" },
  strategy: { name: "tokenGreedy", alternatives: 3, maxTokens: 512 },
  ...{ policy: { name: "p", revision: "1" }, verifier: null, seed: 0, budget: {} },
  sampling: { temperature: 0, topK: 0, topP: 1, maxStepTokens: 96 },
  producer: "test@0",
};
const PROBABILITIES = [0.5, 0.9, 0.25];

function chain(): RunEvent[] {
  const facts = PROBABILITIES.flatMap((probability, i): Fact[] => {
    const node = i + 1;
    return [
      { type: "expanded", node: i, first: node, kids: 1 },
      {
        ...{ type: "proposed", node, step: node === 3 ? "<end>" : "\n", tokens: 1 },
        ...{ reasoningTokens: 1, logprob: Math.log(probability), origin: "policy", use: NO_USE },
        ended: node === 3 ? "stop" : "step",
        ...(node === 3 && { control: true }),
        ...(node === 2 && { others: [{ text: "b", logprob: -3 }] }),
      },
      {
        ...{ type: "scored", node, score: 0.8 - i / 10, scorer: "likelihood" },
        ...{ steps: [probability], use: NO_USE },
      },
    ];
  });
  return [STARTED, ...facts].map((fact, seq) =>
    RunEvent.parse({ v: EVENT_VERSION, run: "r", seq, t: 0, ...fact }),
  );
}

test("a log says what its nodes are; one that does not has steps", () => {
  const [started, ...rest] = chain();
  expect(foldLog([started!, ...rest]).unit).toBe("token");
  const { unit: _, ...unsaid } = started as Extract<RunEvent, { type: "started" }>;
  expect(foldLog([unsaid]).unit).toBe("step");
});

test("a token tells what it is, and what else might have stood there", () => {
  const tree = foldLog(chain());
  expect([1, 2, 3].map((node) => tree.isControl(node))).toEqual([false, false, true]);
  expect(tree.others(2)).toEqual([{ text: "b", logprob: -3 }]);
  expect(tree.others(1)).toEqual([]);
  expect(tree.endedBy(3)).toBe("stop");
});

test("of tokens every event tells its own probability alone, and the tree those of the path", () => {
  const log = chain();
  const tree = foldLog(log);
  expect(tree.stepScores(3)).toEqual(PROBABILITIES.map(Math.fround));
  expect(tree.stepScores(2)).toEqual(PROBABILITIES.slice(0, 2).map(Math.fround));
  expect(tree.score[3]).toBeCloseTo(0.6);
  const scored = log.findIndex((event) => event.type === "scored" && event.node === 3);
  expect(tree.stepScores(3, scored - 1)).toBeNull();
});
