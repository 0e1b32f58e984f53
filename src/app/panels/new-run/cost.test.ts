import fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILIES } from "../../../problems/families.ts";
import type { Strategy } from "../../../protocol/strategies.ts";
import { estimateCost, estimateTime, roundEstimate, shapeOf } from "./cost.ts";

const greedy: Strategy = { name: "greedy" };
const beam = (n: number): Strategy => ({
  name: "beam",
  n,
  m: 4,
  maxRounds: 40,
  aggregation: "last",
});
const majority = (n: number): Strategy => ({ name: "majority", n });
const bestOf = (n: number): Strategy => ({
  name: "bestOfN",
  n,
  weighted: true,
  aggregation: "last",
});

const strategies = fc
  .integer({ min: 1, max: 1024 })
  .chain((n) => fc.constantFrom(greedy, majority(n), bestOf(n), beam(n)));
const shapes = fc.oneof(
  fc.string({ minLength: 1 }).map((text) => shapeOf(null, text)),
  fc.tuple(fc.constantFrom(...FAMILIES), fc.nat()).map(([family, seed]) => {
    const level = family.levels[seed % family.levels.length]!;
    const problem = family.generate({ level, seed, split: "held-out" });
    return shapeOf(family.name, family.render(problem));
  }),
);

test("a solution of an expression has a step for every operation, signs not counted", () => {
  expect(shapeOf("expressions", "(7+5)*9-14*3").steps.low).toBe(4);
  expect(shapeOf("expressions", "-7*(-3) + 2").steps.low).toBe(2);
});

test("a solution of a countdown uses every number once", () => {
  expect(shapeOf("countdown", "4 14 9 -> 50").steps).toEqual({ low: 2, high: 3 });
});

test("a solution of an equation has a line for every move", () => {
  expect(shapeOf("equations", "3(x-4)+5=2x+7").steps).toEqual({ low: 4, high: 5 });
});

test("every estimate is a range of whole numbers, never negative", () => {
  fc.assert(
    fc.property(strategies, shapes, (strategy, shape) => {
      const { policyTokens, prmCalls, prmTokens } = estimateCost(strategy, shape);
      for (const { low, high } of [policyTokens, prmCalls, prmTokens]) {
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeGreaterThanOrEqual(low);
        expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
      }
    }),
  );
});

test("n solutions cost n times what one costs", () => {
  const shape = shapeOf("expressions", "(7+5)*9-14*3");
  const one = estimateCost(greedy, shape).policyTokens;
  const many = estimateCost(majority(16), shape).policyTokens;
  expect(many.high / one.high).toBeCloseTo(16, 0);
});

test("only strategies with a verifier pay for one, and beam asks it at every step", () => {
  const shape = shapeOf("countdown", "4 14 9 -> 50");
  expect(estimateCost(majority(16), shape).prmCalls.high).toBe(0);
  expect(estimateCost(bestOf(16), shape).prmCalls).toEqual({ low: 16, high: 16 });
  expect(estimateCost(beam(16), shape).prmCalls).toEqual({ low: 32, high: 48 });
});

test("no estimate exceeds a limit that is set", () => {
  fc.assert(
    fc.property(strategies, shapes, fc.integer({ min: 1, max: 500 }), (strategy, shape, limit) => {
      const limits = { solutions: limit, policyTokens: limit, prmCalls: limit, prmTokens: limit };
      const cost = estimateCost(strategy, shape, limits);
      const highs = [cost.policyTokens.high, cost.prmCalls.high, cost.prmTokens.high];
      expect(Math.max(cost.solutions, ...highs)).toBeLessThanOrEqual(limit);
    }),
  );
});

test("no estimate claims more than two figures", () => {
  expect([64, 832, 3461, 0].map(roundEstimate)).toEqual([64, 830, 3500, 0]);
});

test("time is told from the median pace of earlier runs, and not told without any", () => {
  const tokens = { low: 100, high: 200 };
  expect(estimateTime(tokens, [])).toBeNull();
  expect(estimateTime(tokens, [{ policyTokens: 0, ms: 5 }])).toBeNull();
  const past = [1, 2, 900].map((ms) => ({ policyTokens: 1, ms }));
  expect(estimateTime(tokens, past)).toEqual({ low: 200, high: 400 });
});
