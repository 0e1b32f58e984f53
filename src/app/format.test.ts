import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount, formatDuration, formatScore, formatScoresApart } from "./format.ts";

const millionths = fc.integer({ min: 1, max: 1_000_000 }).map((count) => count / 1_000_000);
const scores = fc.double({ min: 0, max: 1, noNaN: true });

test("no score that is not certain is shown as 1.00", () => {
  fc.assert(
    fc.property(scores, (score) => {
      if (formatScore(score) === "1.00") expect(score).toBe(1);
    }),
  );
  expect([0, 0.83, 0.999, 1, Number.NaN].map(formatScore)).toEqual([
    "0.00",
    "0.83",
    "0.99+",
    "1.00",
    "–",
  ]);
});

test("scores that differ by a millionth are told apart, in their order, and small ones are not 0", () => {
  fc.assert(
    fc.property(millionths, millionths, (a, b) => {
      fc.pre(a !== b);
      const [first, second] = formatScoresApart(a, b);
      expect(first).not.toBe(second);
      expect(Number(first) < Number(second)).toBe(a < b);
      expect(Math.min(Number(first), Number(second))).toBeGreaterThan(0);
    }),
  );
  expect(formatScoresApart(0.0004, 0.0012)).toEqual(["0.0004", "0.0012"]);
  expect(formatScoresApart(0.5, 0.5)).toEqual(["0.50", "0.50"]);
});

test("durations are in the unit that a person would use", () => {
  expect([0, 85.4, 1234, 184_000, 3_599_900, 16_310_000].map(formatDuration)).toEqual([
    "0 ms",
    "85 ms",
    "1.2 s",
    "3 min 4 s",
    "1 h 0 min",
    "4 h 32 min",
  ]);
});

test("counts have their thousands apart", () => {
  expect(formatCount(12_345)).toBe("12,345");
});
