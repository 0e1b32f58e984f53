import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_USE, type Use } from "./budget.ts";
import { UseTrack } from "./use-track.ts";

const anyCount = fc.oneof(fc.nat({ max: 300 }), fc.nat(), fc.maxSafeNat());
const anyAmount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });

const anyUse: fc.Arbitrary<Use> = fc.record(
  {
    policyTokens: anyCount,
    promptTokens: anyCount,
    policyCalls: anyCount,
    prmTokens: anyCount,
    prmCalls: anyCount,
    flops: fc.oneof(anyCount, anyAmount),
    reasoningTokens: anyCount,
    ms: fc.oneof(
      anyCount,
      anyAmount,
      fc.nat().map((micros) => micros / 1000),
    ),
  },
  { requiredKeys: ["policyTokens", "promptTokens", "policyCalls", "prmTokens", "prmCalls", "ms"] },
);

/** Totals as a run gives them: mostly the same as before, or a little more. */
const anyRun = fc
  .array(
    fc.record({ skip: fc.nat({ max: 300 }), spent: fc.option(fc.nat({ max: 3000 })), use: anyUse }),
    {
      maxLength: 400,
      // Several keyframes long, unlike fast-check's usual lists.
      size: "max",
    },
  )
  .map((steps) => {
    const entries: { seq: number; use: Use }[] = [];
    let seq = -1;
    let use: Use = NO_USE;
    for (const { skip, spent, use: other } of steps) {
      seq += 1 + (skip % 3 === 0 ? skip : 0);
      if (spent === null) use = other;
      else
        use = { ...use, policyTokens: use.policyTokens + (spent % 90), ms: use.ms + spent / 1000 };
      entries.push({ seq, use });
    }
    return entries;
  });

test("a track gives back exactly the totals that held at every moment", () => {
  fc.assert(
    fc.property(anyRun, (entries) => {
      const track = new UseTrack();
      for (const { seq, use } of entries) track.push(seq, use);
      const latest = (at: number) => entries.findLast(({ seq }) => seq <= at)?.use ?? NO_USE;
      for (const { seq } of [{ seq: -1 }, ...entries]) {
        for (const at of [seq, seq + 1, seq + 2]) expect(track.at(at)).toEqual(latest(at));
      }
    }),
    // Lists this long would take minutes to shrink.
    { numRuns: 30, endOnFailure: true },
  );
});

test("totals that did not change take no memory", () => {
  const track = new UseTrack();
  const use = { ...NO_USE, policyTokens: 7, ms: 3 };
  for (let seq = 0; seq < 1_000_000; seq++) track.push(seq, use);
  expect(track.at(999_999)).toEqual(use);
  expect(track.bytes()).toBeLessThan(20_000);
});

test("a change of tokens, operations and time takes about ten bytes", () => {
  const track = new UseTrack();
  let use: Use = { ...NO_USE, flops: 0 };
  for (let seq = 0; seq < 100_000; seq++) {
    use = {
      ...use,
      policyTokens: use.policyTokens + 12,
      flops: use.flops! + 12 * 1_800_000,
      ms: (seq * 1234 + 1234) / 1000,
    };
    track.push(seq, use);
  }
  expect(track.at(99_999)).toEqual(use);
  expect(track.bytes() / 100_000).toBeLessThan(11);
});
