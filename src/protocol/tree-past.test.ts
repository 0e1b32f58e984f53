import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "./random-log.ts";
import { foldLog } from "./tree.ts";

const anyTree = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 60 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map((options) => foldLog(randomLog(options)));

test("of nodes that did not change often, the columns tell the past", () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), (tree, pick) => {
      const at = pick % (tree.seq + 1);
      const often = new Set(tree.changedOften());
      for (let node = 0; node < tree.count; node++) {
        if (often.has(node)) continue;
        const { prunedSeq, keptSeq, scoredSeq, score } = tree;
        const isPruned = prunedSeq[node]! >= 0 && prunedSeq[node]! <= at;
        const isKept = keptSeq[node]! >= 0 && keptSeq[node]! <= at;
        expect(tree.statusAt(node, at) === "pruned").toBe(isPruned);
        expect(tree.statusAt(node, at) === "kept").toBe(isKept && !isPruned);
        const isScored = scoredSeq[node]! >= 0 && scoredSeq[node]! <= at;
        expect(tree.scoreAt(node, at)).toEqual(isScored ? score[node]! : Number.NaN);
      }
    }),
  );
});

test("whether an answer was right is told as the answer tells it", () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), (tree, pick) => {
      const at = pick % (tree.seq + 1);
      for (let node = 0; node < tree.count; node++) {
        const answer = tree.answer(node, at);
        expect(tree.correctAt(node, at)).toBe(answer === null ? undefined : answer.correct);
      }
    }),
  );
});
