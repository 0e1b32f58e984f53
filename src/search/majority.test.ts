import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";

const anyRun = anySetup(anyStrategy.majority).map((setup) => ({ ...setup, budget: {} }));

function endOf(log: readonly RunEvent[]) {
  const { canonical } = log.find((event) => event.type === "selected")?.votes[0] ?? {};
  return { canonical, end: log.at(-1) as Extract<RunEvent, { type: "finished" }> };
}

test("S17: stopping when the answer is decided gives the answer of all solutions, for no more", async () => {
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { n } = setup.strategy as StrategyOf<"majority">;
      const [all, some] = await Promise.all(
        [false, true].map(async (stopEarly) => {
          const one = { ...setup, strategy: { name: "majority", n, stopEarly } as const };
          return endOf(await runSearch(one, castOf(one)));
        }),
      );
      expect(some!.canonical).toBe(all!.canonical);
      const [most, least] = [all!.end.use.policyTokens, some!.end.use.policyTokens];
      expect(least).toBeLessThanOrEqual(most);
      expect(least < most).toBe(some!.end.why === "decided");
      saved += most - least;
    }),
  );
  expect(saved).toBeGreaterThan(0);
});
