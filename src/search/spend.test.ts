import { expect, test } from "vitest";
import type { Budget, UseDelta } from "../protocol/budget.ts";
import { Spend } from "./spend.ts";

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
  return new Spend({ budget, scores: true, elapsedMs: () => 0, ...limits });
}

test("what is not limited is granted in full", () => {
  const spend = spendOf({});
  spend.add({ ...NOTHING, policyTokens: 1e9, prmCalls: 1e9, prmTokens: 1e9 });
  expect([spend.grantSteps(16), spend.grantScores(16), spend.isLimited]).toEqual([16, 16, false]);
});

test("solutions limit every batch to their number", () => {
  const spend = spendOf({ solutions: 5 });
  expect([spend.grantSteps(5), spend.isLimited]).toEqual([5, false]);
  expect([spend.grantSteps(6), spend.isLimited]).toEqual([5, true]);
});

test("calls of the verifier are granted to the last, and not one more", () => {
  const spend = spendOf({ prmCalls: 10 });
  spend.add({ ...NOTHING, prmCalls: 7 });
  expect([spend.grantSteps(8), spend.grantScores(8)]).toEqual([3, 3]);
  spend.add({ ...NOTHING, prmCalls: 3 });
  expect([spend.grantSteps(8), spend.grantScores(8)]).toEqual([0, 0]);
});

test("tokens and time end all grants when they are reached, not when they are passed", () => {
  const tokens = spendOf({ policyTokens: 100 });
  tokens.add({ ...NOTHING, policyTokens: 99 });
  expect(tokens.grantSteps(4)).toBe(4);
  tokens.add({ ...NOTHING, policyTokens: 1 });
  expect([tokens.grantSteps(4), tokens.grantScores(4)]).toEqual([0, 4]);

  let now = 99;
  const time = spendOf({ ms: 100 }, { elapsedMs: () => now });
  expect([time.grantSteps(4), time.grantScores(4)]).toEqual([4, 4]);
  now = 100;
  expect([time.grantSteps(4), time.grantScores(4)]).toEqual([0, 0]);
});

test("with a limit on PRM tokens paths are scored one by one", () => {
  const spend = spendOf({ prmTokens: 100 });
  expect([spend.grantSteps(4), spend.grantScores(4), spend.isLimited]).toEqual([4, 1, false]);
  spend.add({ ...NOTHING, prmTokens: 100 });
  expect([spend.grantSteps(4), spend.grantScores(4), spend.isLimited]).toEqual([0, 0, true]);
});

test("limits on the verifier do not bind a strategy that asks none", () => {
  const spend = spendOf({ prmCalls: 1, prmTokens: 1 }, { scores: false });
  expect([spend.grantSteps(4), spend.isLimited]).toEqual([4, false]);
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
