import fc from "fast-check";
import { expect, test } from "vitest";
import { dropMark, dropWords } from "./score-drop.ts";

const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
const ORDER = ["", "?!", "?", "??"];

test.each([
  [0.9, 0.81, ""],
  [0.9, 0.8, "?!"],
  [0.9, 0.7, "?"],
  [0.9, 0.6, "??"],
  [0.9, 0, "??"],
  [0.6, 0.9, ""],
  [Number.NaN, 0, ""],
  [1, Number.NaN, ""],
] as const)("from %d to %d is %j", (before, after, mark) => {
  expect(dropMark(before, after)).toBe(mark);
  expect(dropMark(Math.fround(before), Math.fround(after))).toBe(mark);
});

test("a deeper fall is never marked as less bad", () => {
  fc.assert(
    fc.property(score, score, score, (before, a, b) => {
      if (Number.isNaN(a + b)) return;
      const [less, more] = a > b ? [a, b] : [b, a];
      const better = ORDER.indexOf(dropMark(before, less));
      expect(ORDER.indexOf(dropMark(before, more))).toBeGreaterThanOrEqual(better);
    }),
  );
});

test("there are words exactly where there is a mark", () => {
  fc.assert(
    fc.property(score, score, (before, after) => {
      expect(dropWords(before, after) === "").toBe(dropMark(before, after) === "");
    }),
  );
  expect(dropWords(0.62, 0.5)).toBe("inaccuracy, score falls by 0.12");
});
