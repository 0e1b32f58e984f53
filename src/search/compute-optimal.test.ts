import fc from "fast-check";
import { expect, test } from "vitest";
import { Strategy, type StrategyOf, type WAYS } from "../protocol/strategies.ts";
import { readNodes } from "./log-reading.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { runTable } from "./table-models.ts";

type ComputeOptimal = StrategyOf<"computeOptimal">;

const anyRun = anySetup(anyStrategy.computeOptimal).map((setup) => ({ ...setup, budget: {} }));

/** What was done with a problem that looked so easy. */
function wayOf(strategy: ComputeOptimal, ease: number): (typeof WAYS)[number] {
  const { n, first, hardBelow, easyFrom, hard, medium, easy } = strategy;
  if (first >= n) return "stop";
  if (ease < hardBelow) return hard;
  return ease >= easyFrom ? easy : medium;
}

test("S22: it begins as best of the first ones, whose mean score decides; more solutions make it best of all", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const strategy = setup.strategy as ComputeOptimal;
      const { n, first, aggregation } = strategy;
      const log = await runSearch(setup, castOf(setup));
      const estimate = log.find((event) => event.type === "round" && event.phase === "estimate");
      if (estimate?.type !== "round") throw new Error("nothing was estimated");

      const bestOf = async (size: number) => {
        const other: Strategy = { name: "bestOfN", n: size, weighted: true, aggregation };
        const of = { ...setup, strategy: other };
        return runSearch(of, castOf(of));
      };
      const trial = await bestOf(Math.min(first, n));
      const began = log.slice(0, log.indexOf(estimate));
      const said = (events: typeof log) =>
        events.flatMap((event) => (event.type === "proposed" ? [event.step] : []));
      expect(said(began)).toEqual(said(trial));
      const scores = [...readNodes(trial).values()].flatMap(({ answered, scored }) =>
        answered && scored ? [scored.score] : [],
      );
      const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
      expect(estimate.ease).toBeCloseTo(mean, 9);

      const way = wayOf(strategy, estimate.ease!);
      const selected = (events: typeof log) => events.findLast(({ type }) => type === "selected");
      if (way === "stop") expect(selected(log)).toMatchObject({ votes: votesIn(trial) });
      if (way !== "bestOfN") return;
      // The same solutions, some of them sampled later, so the nodes have other ids.
      const whole = await bestOf(n);
      expect(said(log).toSorted()).toEqual(said(whole).toSorted());
    }),
    { numRuns: 60 },
  );

  function votesIn(log: Awaited<ReturnType<typeof runSearch>>) {
    const event = log.findLast(({ type }) => type === "selected");
    return event?.type === "selected" ? event.votes : [];
  }
});

const STEPS = {
  "": ["a", "b", "a", "c"],
  a: ["x=1", "y=2"],
  b: ["z=3"],
  c: ["w=4"],
};
const SCORES = { a: 0.5, b: 0.4, c: 0.3, "x=1": 0.2, "y=2": 0.9, "z=3": 0.1, "w=4": 0.6 };

test("what was sampled first competes in the beam, and what it said may be thought again", async () => {
  const strategy = Strategy.parse({
    ...{ name: "computeOptimal", n: 4, first: 2, m: 1, hard: "beam", hardBelow: 1 },
  });
  const log = await runTable(strategy, { steps: STEPS, scores: SCORES });
  const nodes = readNodes(log);
  const estimate = log.find((event) => event.type === "round" && event.phase === "estimate");
  expect(estimate).toMatchObject({ ease: expect.closeTo(0.15, 9), round: 2 });
  // Two solutions first; then a beam of two first steps, one of which was thought before.
  const again = [...nodes.values()].find(({ proposed }) => proposed?.duplicateOf !== undefined);
  expect(again?.proposed?.step).toBe("a");
  expect(again?.pruned?.reason).not.toBe("duplicate");
  const selected = log.findLast((event) => event.type === "selected");
  expect(selected).toMatchObject({ answer: "2" });
});
