import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../../protocol/random-log.ts";
import { foldLog, Tree } from "../../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS } from "../../sample-log.ts";
import { readAlternatives, readSolution } from "./read-solution.ts";
import { solutionMarkdown, solutionText } from "./write-solution.ts";

const sample = foldLog(logOf(SAMPLE_FACTS));
const END = sample.seq;

test("with nothing selected the chosen path is read, with its answer and its tokens", () => {
  const solution = readSolution(sample, null, END);
  expect(solution.steps.map(({ node, number }) => [node, number])).toEqual([
    [1, 1],
    [6, 2],
  ]);
  expect(solution).toMatchObject({ isChosen: true, problem: "8-3+2", tokens: 20 });
  expect(solution.answer).toMatchObject({ answer: "7", correct: true });
});

test("a selected node of the chosen path does not cut it off; another one has a line of its own", () => {
  expect(readSolution(sample, 1, END)).toEqual(readSolution(sample, null, END));
  const other = readSolution(sample, 3, END);
  expect(other.isChosen).toBe(false);
  expect(other.steps.map(({ node }) => node)).toEqual([3, 7]);
  expect(other.answer).toMatchObject({ answer: "6", correct: false });
});

test("before anything was chosen the best line of that moment is read", () => {
  const beforeScores = sample.scoredSeq[1]! - 1;
  expect(readSolution(sample, null, beforeScores).steps.map(({ node }) => node)).toEqual([1]);
  const beforeChoice = sample.scoredSeq[6]!;
  expect(readSolution(sample, null, beforeChoice)).toMatchObject({ isChosen: false });
  expect(readSolution(sample, null, 0).steps).toEqual([]);
});

test("there is nothing to read of a run of which nothing has arrived", () => {
  const nothing = { steps: [], isChosen: false, answer: null, tokens: 0 };
  expect(readSolution(new Tree(), null, -1)).toMatchObject(nothing);
  expect(readSolution(new Tree(), 3, -1)).toMatchObject(nothing);
});

test("alternatives are the siblings that were proposed by then, the best first", () => {
  expect(readAlternatives(sample, 1, END)).toEqual([3, 2, 4]);
  expect(readSolution(sample, null, END).steps[0]).toMatchObject({ alternatives: 3 });
  expect(readAlternatives(sample, 1, sample.proposedSeq[2]!)).toEqual([2]);
  expect(readAlternatives(sample, 0, END)).toEqual([]);
});

test("at any moment a solution is a line from the first step on, and says nothing from later", () => {
  const options = fc.record({
    seed: fc.nat(10_000),
    nodes: fc.integer({ min: 2, max: 80 }),
    shape: fc.constantFrom("beam" as const, "bushy" as const, "chain" as const, "wild" as const),
  });
  fc.assert(
    fc.property(
      options,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (made, share, pick) => {
        const tree = foldLog(randomLog(made));
        const at = Math.floor(share * tree.seq);
        const there = Array.from({ length: tree.count }, (_, node) => node).filter(
          (node) => tree.announcedSeq[node]! <= at,
        );
        const selected = pick % 3 === 0 ? null : (there[pick % there.length] ?? null);
        const { steps } = readSolution(tree, selected, at);
        let before = 0;
        for (const { node, text, isSampling, score, alternatives } of steps) {
          expect(tree.parent[node]).toBe(before);
          expect(isSampling).toBe(!(tree.proposedSeq[node]! >= 0 && tree.proposedSeq[node]! <= at));
          expect(text).toBe(isSampling ? "" : tree.step(node));
          expect(score).toEqual(tree.scoreAt(node, at));
          expect(readAlternatives(tree, node, at)).toHaveLength(alternatives);
          before = node;
        }
      },
    ),
  );
});

test("a chain of 50,000 steps is read at once", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 50_000, shape: "chain" }));
  const began = performance.now();
  expect(readSolution(tree, null, tree.seq).steps.length).toBeGreaterThan(40_000);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a copied solution is the problem, the steps as they were written, and the answer", () => {
  const solution = readSolution(sample, null, END);
  expect(solutionText(solution)).toBe("8-3+2\n5+2\n7 \nAnswer: 7 (right)");
  expect(solutionMarkdown(solution)).toBe(
    "**Problem.** 8-3+2\n\n1. 5+2 _(0.90)_\n2. 7  _(0.95)_\n\n**Answer: 7 (right)**",
  );
});

test("in Markdown the lines of a step stay within its item", () => {
  const solution = readSolution(sample, null, END);
  const [step] = solution.steps;
  const long = { ...step!, number: 12, text: "a\n\\[b\\]\r\nc", score: Number.NaN };
  expect(solutionMarkdown({ ...solution, steps: [long], answer: null })).toBe(
    "**Problem.** 8-3+2\n\n12. a\n    \\[b\\]\n    c",
  );
});
