import fc from "fast-check";
import { expect, test } from "vitest";
import { bootstrapRatio, wilson } from "./interval.ts";
import { createRandom } from "./random.ts";

test("Wilson's interval is that of the textbook", () => {
  // Newcombe 1998, table I: 81 of 263, and 0 of 20.
  const some = wilson(81, 263);
  expect([some.value, some.low, some.high].map((x) => x.toFixed(4))).toEqual([
    "0.3080",
    "0.2553",
    "0.3662",
  ]);
  const none = wilson(0, 20);
  expect([none.low, none.high].map((x) => x.toFixed(4))).toEqual(["0.0000", "0.1611"]);
});

test("an interval holds its value, narrows with n, and mirrors", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, share) => {
        const hits = Math.round(share * n);
        const { value, low, high } = wilson(hits, n);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        const larger = wilson(hits * 4, n * 4);
        expect(larger.high - larger.low).toBeLessThan(high - low);
        const mirrored = wilson(n - hits, n);
        expect(mirrored.low).toBeCloseTo(1 - high, 12);
      },
    ),
  );
});

test("a share of nothing is refused", () => {
  expect(() => wilson(0, 0)).toThrow("no trials");
});

test("the bootstrap interval agrees with Wilson's where both apply", () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 800 }, () => ({
    numerator: random() < 0.3 ? 1 : 0,
    denominator: 1,
  }));
  const hits = rows.filter(({ numerator }) => numerator === 1).length;
  const exact = wilson(hits, rows.length);
  const drawn = bootstrapRatio(rows);
  expect(drawn.value).toBeCloseTo(exact.value, 12);
  expect(drawn.low).toBeCloseTo(exact.low, 1.5);
  expect(drawn.high).toBeCloseTo(exact.high, 1.5);
  expect(bootstrapRatio(rows)).toEqual(drawn);
});
