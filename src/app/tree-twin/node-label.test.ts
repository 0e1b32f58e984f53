import fc from "fast-check";
import { expect, test } from "vitest";
import { type LabelledNode, nodeLabel } from "./node-label.ts";

const STEP: LabelledNode = {
  depth: 3,
  unit: "step",
  text: "12*9-14*3",
  score: 0.83,
  status: "kept",
  answer: undefined,
  correct: null,
  selected: false,
  folded: null,
  isGroup: false,
};

test("a node is read as its step, its text, its score and its status", () => {
  expect(nodeLabel(STEP)).toBe("step 3, 12*9-14*3, score 0.83, kept");
});

test("the root is the problem", () => {
  expect(nodeLabel({ ...STEP, depth: 0, text: "(7+5)*9-14*3" })).toBe("problem, (7+5)*9-14*3");
});

test("a node that is being sampled has no text and no score yet", () => {
  expect(nodeLabel({ ...STEP, text: "", score: Number.NaN, status: "sampling" })).toBe(
    "step 3, being sampled",
  );
});

test("an answer says whether it is right, and only if somebody knows", () => {
  const answered = { ...STEP, answer: "66" };
  expect(nodeLabel({ ...answered, correct: true })).toMatch(/answer 66, right$/);
  expect(nodeLabel({ ...answered, correct: false })).toMatch(/answer 66, wrong$/);
  expect(nodeLabel(answered)).toMatch(/answer 66$/);
  expect(nodeLabel({ ...STEP, answer: null })).toMatch(/ended without a readable answer$/);
});

test("no step makes a label long, and none is silent", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 600 }), (text) => {
      const label = nodeLabel({ ...STEP, text });
      expect(label.length).toBeLessThan(1200);
      expect(label).not.toMatch(/, ,/);
    }),
  );
});

test("what is folded is read with the node that it is folded into, or alone", () => {
  const folded = { ...STEP, folded: "12 pruned, best 0.41" };
  expect(nodeLabel(folded)).toBe(
    "step 3, 12*9-14*3, score 0.83, kept, folded: 12 pruned, best 0.41",
  );
  expect(nodeLabel({ ...folded, isGroup: true })).toBe("step 3, folded: 12 pruned, best 0.41");
});
