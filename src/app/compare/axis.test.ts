import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import { AXES } from "../state/compared.ts";
import { endOf, lengthOf, seqOn, stepOn, valueAt } from "./axis.ts";

/** Logs as searches write them, and logs that say anything. */
const anyTree = fc
  .record({
    seed: fc.nat(1000),
    nodes: fc.integer({ min: 1, max: 80 }),
    shape: fc.constantFrom("beam", "bushy", "wild"),
  })
  .map((options) => foldLog(randomLog({ ...options, width: 8 })));
const anyAxis = fc.constantFrom(...AXES);
/** Of the way to the end of an axis, and beyond. */
const anyShare = fc.double({ min: 0, max: 1.2, noNaN: true });

test("C1: on every axis the playhead never goes back, and shows everything at the end", () => {
  fc.assert(
    fc.property(anyTree, anyAxis, fc.array(anyShare, { maxLength: 20 }), (tree, axis, shares) => {
      const end = endOf(tree, axis);
      const positions = [0, ...shares.toSorted((a, b) => a - b).map((share) => share * end)];
      const shown = positions.map((position) => seqOn(tree, axis, position));
      expect(shown).toEqual(shown.toSorted((a, b) => a - b));
      expect(seqOn(tree, axis, end)).toBe(tree.seq);
      for (const seq of shown) expect(seq).toBeLessThanOrEqual(tree.seq);
    }),
  );
});

test("C1: at the end of the longest run all runs show everything", () => {
  fc.assert(
    fc.property(fc.array(anyTree, { minLength: 2, maxLength: 4 }), anyAxis, (trees, axis) => {
      const length = lengthOf(trees, axis);
      for (const tree of trees) expect(seqOn(tree, axis, length)).toBe(tree.seq);
    }),
  );
});

test("C1: what is shown was spent by then, and the next event was not", () => {
  const searched = fc
    .record({ seed: fc.nat(1000), nodes: fc.integer({ min: 1, max: 80 }) })
    .map((options) => foldLog(randomLog({ ...options, shape: "beam", width: 8 })));
  fc.assert(
    fc.property(searched, anyAxis, anyShare, (tree, axis, share) => {
      const position = share * endOf(tree, axis);
      const seq = seqOn(tree, axis, position);
      if (seq >= 0) expect(valueAt(tree, axis, seq)).toBeLessThanOrEqual(position);
      if (seq < tree.seq) expect(valueAt(tree, axis, seq + 1)).toBeGreaterThan(position);
    }),
  );
});

test("stepping on from the beginning comes to the end, and back to the beginning, and shows something new each time", () => {
  fc.assert(
    fc.property(fc.array(anyBeam(), { minLength: 1, maxLength: 3 }), anyAxis, (trees, axis) => {
      const length = lengthOf(trees, axis);
      const shownAt = (position: number) => trees.map((tree) => seqOn(tree, axis, position)).join();
      let position = 0;
      for (let steps = 0; position < length; steps++) {
        const next = stepOn(trees, axis, position, 1);
        expect(next).toBeGreaterThan(position);
        expect(shownAt(next)).not.toBe(shownAt(position));
        expect(stepOn(trees, axis, next, -1)).toBe(position);
        position = next;
        expect(steps).toBeLessThan(2000);
      }
      expect(stepOn(trees, axis, 0, -1)).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test("of nothing known nothing is shown", () => {
  for (const axis of AXES) {
    expect(seqOn(new Tree(), axis, 5)).toBe(-1);
    expect(lengthOf([new Tree()], axis)).toBe(0);
  }
});

function anyBeam() {
  return fc
    .record({ seed: fc.nat(1000), nodes: fc.integer({ min: 1, max: 30 }) })
    .map((options) => foldLog(randomLog({ ...options, shape: "beam", width: 4 })));
}
