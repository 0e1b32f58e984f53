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

test("an event changes no node but the one it is about, those within its reach, and those it announces", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      for (let seq = 0; seq <= tree.seq; seq++) {
        const { first, last } = tree.eventReachAt(seq) ?? { first: 0, last: -1 };
        for (let node = 0; node < tree.countAt(seq - 1); node++) {
          if (node === tree.eventNodeAt(seq) || (node >= first && node <= last)) continue;
          expect(tree.statusAt(node, seq)).toBe(tree.statusAt(node, seq - 1));
          expect(tree.scoreAt(node, seq)).toEqual(tree.scoreAt(node, seq - 1));
        }
      }
    }),
  );
});

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
