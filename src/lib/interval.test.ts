import fc from "fast-check";
import { expect, test } from "vitest";
import { bootstrapRatio, pairedDifference, wilson } from "./interval.ts";
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

const anyPairs = fc.array(fc.tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0, 0.5, 1)), {
  minLength: 1,
  maxLength: 60,
});

test("D1: a paired difference is mirrored when the sides are changed, and is nothing against itself", () => {
  fc.assert(
    fc.property(anyPairs, (pairs) => {
      const { value, low, high } = pairedDifference(pairs, 200);
      const mirrored = pairedDifference(
        pairs.map(([a, b]) => [b, a] as const),
        200,
      );
      expect(mirrored.value).toBeCloseTo(-value, 12);
      expect(mirrored.low).toBeCloseTo(-high, 12);
      expect(mirrored.high).toBeCloseTo(-low, 12);
      expect(low).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(-1);
      expect(high).toBeLessThanOrEqual(1);
      expect(pairedDifference(pairs, 200)).toEqual({ value, low, high });
      const same = pairedDifference(pairs.map(([a]) => [a, a] as const));
      expect([same.value, same.low, same.high].map(Math.abs)).toEqual([0, 0, 0]);
    }),
    { numRuns: 50 },
  );
});

test("D1: a paired interval covers the true difference about 19 times in 20, and is narrower than an unpaired one", () => {
  const random = createRandom(8);
  let covered = 0;
  let narrower = 0;
  const TRIALS = 300;
  for (let trial = 0; trial < TRIALS; trial++) {
    // A third are easy for both, a third hard for both; of the rest the first gets 0.7, the second 0.4.
    const pairs = Array.from({ length: 200 }, (_, i) => {
      const [first, second] = (
        [
          [0.95, 0.95],
          [0.05, 0.05],
          [0.7, 0.4],
        ] as const
      )[i % 3]!;
      return [random() < first ? 1 : 0, random() < second ? 1 : 0] as const;
    });
    const truth = (67 * 0 + 67 * 0 + 66 * 0.3) / 200;
    const { low, high } = pairedDifference(pairs, 300);
    if (low <= truth && truth <= high) covered++;
    const [a, b] = [0, 1].map((side) =>
      wilson(pairs.filter((pair) => pair[side as 0 | 1] === 1).length, pairs.length),
    );
    const unpaired = Math.hypot(a!.high - a!.low, b!.high - b!.low);
    if (high - low < unpaired) narrower++;
  }
  expect(covered / TRIALS).toBeGreaterThan(0.92);
  expect(covered / TRIALS).toBeLessThan(0.98);
  expect(narrower / TRIALS).toBeGreaterThan(0.95);
});

test("a difference of nothing is refused", () => {
  expect(() => pairedDifference([])).toThrow("no pairs");
});
