import fc from "fast-check";
import { expect, test } from "vitest";
import { AGGREGATIONS } from "../protocol/strategies.ts";
import { aggregate } from "./aggregate.ts";

test.each([
  ["last", 0.5],
  ["min", 0.2],
  ["product", 0.08],
  ["mean", 0.5],
] as const)("%s of 0.8, 0.2 and 0.5 is %d", (aggregation, expected) => {
  expect(aggregate([0.8, 0.2, 0.5], aggregation)).toBeCloseTo(expected, 12);
});

test("scores in [0, 1] stay in [0, 1]", () => {
  const anyScores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(anyScores, fc.constantFrom(...AGGREGATIONS), (scores, aggregation) => {
      const score = aggregate(scores, aggregation);
      expect(score >= 0 && score <= 1).toBe(true);
    }),
  );
});
