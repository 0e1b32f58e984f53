import fc from "fast-check";
import { expect, test } from "vitest";
import { ROOT } from "../../../protocol/events.ts";
import { type RandomLogOptions, randomLog, SHAPES } from "../../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../../protocol/tree.ts";
import { BestFew } from "./best-few.ts";
import { bestLines } from "./best-lines.ts";
import { begin, follow } from "./hold.ts";
import { readLine, worstFall } from "./read-line.ts";

const anyOptions: fc.Arbitrary<RandomLogOptions> = fc.record({
  seed: fc.nat(),
  nodes: fc.integer({ min: 2, max: 120 }),
  shape: fc.constantFrom(...SHAPES),
});

/** What is meant, without a thought for time. */
function naiveEnds(tree: Tree, at: number, alsoPruned: boolean): number[] {
  const isThere = (node: number) => tree.proposedSeq[node]! >= 0 && tree.proposedSeq[node]! <= at;
  const ends = Array.from({ length: tree.count }, (_, node) => node)
    .filter((node) => node !== ROOT && isThere(node))
    .filter((node) => ![...tree.children(node)].some(isThere));
  const isPruned = (node: number) => tree.statusAt(node, at) === "pruned";
  const score = (node: number) => {
    const known = isPruned(node)
      ? tree.scoreAt(node, at)
      : tree
          .path(node)
          .slice(1)
          .map((step) => tree.scoreAt(step, at))
          .findLast((one) => !Number.isNaN(one));
    return known === undefined || Number.isNaN(known) ? -1 : known;
  };
  return ends
    .filter((node) => alsoPruned || !isPruned(node))
    .sort((a, b) => Number(isPruned(a)) - Number(isPruned(b)) || score(b) - score(a) || a - b);
}

test("the best lines are those of a naive search, at every moment and whatever came later", () => {
  fc.assert(
    fc.property(
      anyOptions,
      fc.nat(30),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (options, most, alsoPruned, share) => {
        const tree = foldLog(randomLog(options));
        const at = Math.round(share * tree.seq);
        const wanted = { most: most + 1, alsoPruned };
        const { ends, living, pruned } = bestLines(tree, at, wanted);
        const all = naiveEnds(tree, at, true);
        expect(ends).toEqual(naiveEnds(tree, at, alsoPruned).slice(0, most + 1));
        expect(living + pruned).toBe(all.length);
        expect(living).toBe(naiveEnds(tree, at, false).length);
        const live = foldLog([...randomLog(options)].slice(0, at + 1));
        expect(bestLines(live, at, wanted).ends).toEqual(ends);
        for (const end of ends) expect(readLine(tree, end, at)).toEqual(readLine(live, end, at));
      },
    ),
  );
});

test("the best few of many are the first of them in order", () => {
  const entry = fc.tuple(fc.nat(50), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ([id]) => id }),
      fc.integer({ min: 1, max: 9 }),
      (entries, size) => {
        const few = new BestFew(size);
        for (const [id, key] of entries) few.offer(id, key);
        const sorted = entries.toSorted(([a, x], [b, y]) => y - x || a - b);
        expect(few.ids()).toEqual(sorted.slice(0, size).map(([id]) => id));
      },
    ),
  );
});

test("the worst fall is the deepest between steps that are scored", () => {
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(score), (scores) => {
      const scored = scores.filter((one) => !Number.isNaN(one));
      const falls = scored.slice(1).map((after, i) => scored[i]! - after);
      const worst = worstFall(
        scores.map((_, i) => i + 1),
        scores,
      );
      expect(worst === null ? 0 : worst.before - worst.after).toBe(Math.max(0, ...falls));
      if (worst !== null) expect(scores[worst.index]).toBe(worst.after);
    }),
  );
});

test("a held list stands still and counts what changes, and goes on when it is let go", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.boolean())), (steps) => {
      let hold = begin({ value: -1 });
      let waiting = 0;
      for (const [value, isHeld] of steps) {
        const before = hold;
        const next = { value };
        hold = follow(hold, next, isHeld, (a, b) => a.value === b.value);
        waiting = isHeld ? waiting + Number(before.newest.value !== value) : 0;
        expect(hold.shown).toBe(isHeld ? before.shown : next);
        expect(hold.waiting).toBe(waiting);
        expect(follow(hold, hold.newest, isHeld, () => false)).toBe(hold);
      }
    }),
  );
});
