import fc from "fast-check";
import { expect, test } from "vitest";
import type { Budget, UseDelta } from "../protocol/budget.ts";
import { Spend } from "./spend.ts";

const STEP_TOKENS = 20;

const NOTHING: UseDelta = {
  policyTokens: 0,
  promptTokens: 0,
  policyCalls: 0,
  prmTokens: 0,
  prmCalls: 0,
};

function spendOf(
  budget: Budget,
  limits: { scores?: boolean; elapsedMs?: () => number } = {},
): Spend {
  return new Spend({
    ...{ budget, scores: true, elapsedMs: () => 0, stepTokens: STEP_TOKENS },
    ...limits,
  });
}

/** Steps granted at the first depth. */
function steps(spend: Spend, wanted: number): number {
  return spend.grantSteps(wanted, { depth: 0 });
}

test("what is not limited is granted in full", () => {
  const spend = spendOf({});
  spend.add({ ...NOTHING, policyTokens: 1e9, prmCalls: 1e9, prmTokens: 1e9 });
  expect([steps(spend, 16), spend.grantScores(16), spend.isLimited]).toEqual([16, 16, false]);
});

test("solutions limit the steps at every depth, however often they are planned", () => {
  const spend = spendOf({ solutions: 5 });
  expect([steps(spend, 3), steps(spend, 2), spend.isLimited]).toEqual([3, 2, false]);
  expect([steps(spend, 1), spend.isLimited]).toEqual([0, true]);
  expect(spend.grantSteps(6, { depth: 1 })).toBe(5);
});

test("a step that is looked ahead from is worth as many solutions as it takes steps", () => {
  const spend = spendOf({ solutions: 11 });
  expect(spend.grantSteps(8, { depth: 0, each: 4 })).toBe(2);
  expect(spend.grantSteps(8, { depth: 0, each: 4 })).toBe(0);
  expect(spend.grantSteps(8, { depth: 0 })).toBe(3);
});

test("so many steps begin at once that the last would begin below the limit, were all others the longest", () => {
  const limits = fc.integer({ min: 1, max: 3000 });
  fc.assert(
    fc.property(limits, limits, fc.integer({ min: 1, max: 64 }), (limit, spent, wanted) => {
      const spend = spendOf({ policyTokens: limit });
      spend.add({ ...NOTHING, policyTokens: spent });
      const granted = spend.grantBatch(wanted);
      expect(granted === 0).toBe(spent >= limit);
      if (granted > 0) expect(spent + (granted - 1) * STEP_TOKENS).toBeLessThan(limit);
      // And no fewer than that allows.
      if (granted > 0 && granted < wanted) {
        expect(spent + granted * STEP_TOKENS).toBeGreaterThanOrEqual(limit);
      }
      expect(spend.isLimited).toBe(spent >= limit);
    }),
  );
});

test("calls of the verifier are granted to the last, and not one more", () => {
  const spend = spendOf({ prmCalls: 10 });
  spend.add({ ...NOTHING, prmCalls: 7 });
  expect([steps(spend, 8), spend.grantScores(8)]).toEqual([3, 3]);
  spend.add({ ...NOTHING, prmCalls: 3 });
  expect([steps(spend, 8), spend.grantScores(8)]).toEqual([0, 0]);
});

test("tokens and time end all grants when they are reached, not when they are passed", () => {
  const tokens = spendOf({ policyTokens: 100 });
  tokens.add({ ...NOTHING, policyTokens: 99 });
  expect(steps(tokens, 4)).toBe(4);
  tokens.add({ ...NOTHING, policyTokens: 1 });
  expect([steps(tokens, 4), tokens.grantScores(4)]).toEqual([0, 4]);

  let now = 99;
  const time = spendOf({ ms: 100 }, { elapsedMs: () => now });
  expect([steps(time, 4), time.grantScores(4)]).toEqual([4, 4]);
  now = 100;
  expect([steps(time, 4), time.grantScores(4)]).toEqual([0, 0]);
});

test("with a limit on PRM tokens paths are scored one by one", () => {
  const spend = spendOf({ prmTokens: 100 });
  expect([steps(spend, 4), spend.grantScores(4), spend.isLimited]).toEqual([4, 1, false]);
  spend.add({ ...NOTHING, prmTokens: 100 });
  expect([steps(spend, 4), spend.grantScores(4), spend.isLimited]).toEqual([0, 0, true]);
});

test("limits on the verifier do not bind a strategy that asks none", () => {
  const spend = spendOf({ prmCalls: 1, prmTokens: 1 }, { scores: false });
  expect([steps(spend, 4), spend.isLimited]).toEqual([4, false]);
});

test("totals add up in every unit, with the time of now", () => {
  const spend = spendOf({}, { elapsedMs: () => 42 });
  const spent = {
    policyTokens: 1,
    promptTokens: 2,
    policyCalls: 3,
    prmTokens: 4,
    prmCalls: 5,
    flops: 6,
  };
  spend.add(spent);
  spend.add({ ...spent, flops: 10 });
  expect(spend.use).toEqual({
    policyTokens: 2,
    promptTokens: 4,
    policyCalls: 6,
    prmTokens: 8,
    prmCalls: 10,
    flops: 16,
    ms: 42,
  });
});

test("tokens of reasoning add up until a policy does not tell; a verifier has none to tell", () => {
  const spend = spendOf({});
  expect(spend.use.reasoningTokens).toBe(0);
  spend.add({ ...NOTHING, policyTokens: 9, reasoningTokens: 7 });
  spend.add({ ...NOTHING, prmTokens: 20 });
  spend.add({ ...NOTHING, policyTokens: 4, reasoningTokens: 4 });
  expect(spend.use.reasoningTokens).toBe(11);
  spend.add({ ...NOTHING, policyTokens: 4 });
  spend.add({ ...NOTHING, policyTokens: 4, reasoningTokens: 4 });
  expect(spend.use).not.toHaveProperty("reasoningTokens");
});

test("operations are unknown as soon as one model does not count them", () => {
  const spend = spendOf({});
  spend.add({ ...NOTHING, flops: 6 });
  expect(spend.use.flops).toBe(6);
  spend.add(NOTHING);
  spend.add({ ...NOTHING, flops: 6 });
  expect(spend.use).not.toHaveProperty("flops");
});
