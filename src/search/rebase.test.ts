import fc from "fast-check";
import { expect, test } from "vitest";
import { Strategy, type StrategyOf } from "../protocol/strategies.ts";
import { readNodes, roundsIn } from "./log-reading.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { widths } from "./rebase.ts";
import type { Scored } from "./score.ts";
import { runTable } from "./table-models.ts";

type Rebase = StrategyOf<"rebase">;

const anyRun = anySetup(anyStrategy.rebase).map((setup) => ({ ...setup, budget: {} }));

test("S19: what is left of n is shared out by softmax of the scores, best first, and all of it", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { n, scoreTemperature } = setup.strategy as Rebase;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      let finished = 0;
      for (const { start, end } of roundsIn(log)) {
        const inRound = log.slice(start, end);
        finished += inRound.filter(
          ({ type, ...event }) =>
            type === "scored" && nodes.get(Reflect.get(event, "node"))!.answered,
        ).length;
        const rows = inRound.flatMap((event) => (event.type === "visited" ? event.nodes : []));
        if (rows.length === 0) continue;
        const scores = rows.map(({ node }) => nodes.get(node)!.scored!.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        const left = n - finished;
        const parts = scores.map((score) => Math.exp((score - scores[0]!) / scoreTemperature));
        const whole = parts.reduce((a, b) => a + b);
        let given = 0;
        for (const [i, { node, value, visits }] of rows.entries()) {
          expect(value).toBeCloseTo(parts[i]! / whole, 9);
          expect(Math.abs(visits - left * value)).toBeLessThan(1);
          expect(visits).toBeLessThanOrEqual(rows[i - 1]?.visits ?? left);
          given += visits;
          const kids = log.flatMap((event) =>
            event.type === "expanded" && event.node === node ? [event.kids] : [],
          );
          expect(kids).toEqual(visits > 0 ? [visits] : []);
        }
        expect(given).toBe(left);
      }
    }),
  );
});

test("next steps by hand: shares rounded, and all of what is left given out", () => {
  const open = [0.9, 0.7, 0.5, 0.1].map((score) => ({ score }) as Scored);
  const counts = (left: number, temperature = 0.2) =>
    widths(open, { left, temperature }).map(({ count }) => count);
  // e^0, e^-1, e^-2, e^-4 of 1.5215: 0.6572, 0.2418, 0.0890, 0.0120.
  expect(counts(16)).toEqual([11, 4, 1, 0]);
  expect(counts(100)).toEqual([66, 24, 9, 1]);
  expect(counts(4)).toEqual([3, 1, 0, 0]);
  expect(counts(4, 10)).toEqual([1, 1, 1, 1]);
  const alike = Array.from({ length: 49 }, () => ({ score: 0.3 }) as Scored);
  expect(widths(alike, { left: 50, temperature: 1 }).map(({ count }) => count)).toEqual([
    2,
    ...Array<number>(48).fill(1),
  ]);
});

test("a search by hand: a finished solution takes one away, and all that are finished vote", async () => {
  const strategy = Strategy.parse({ name: "rebase", n: 4 });
  const log = await runTable(strategy, {
    steps: { "": ["a", "b=1", "c", "a"], a: ["d=2", "e", "d=2"], "a/e": ["f=2", "g=3"] },
    scores: { a: 0.9, "b=1": 0.3, c: 0.1, "d=2": 0.5, e: 0.4, "f=2": 0.6, "g=3": 0.2 },
  });
  const nodes = readNodes(log);
  const expanded = log.flatMap((event) =>
    event.type === "expanded" ? [[event.node, event.kids]] : [],
  );
  // 4, of which one is finished; then 3, of which two are.
  expect(expanded).toEqual([
    [0, 4],
    [1, 3],
    [6, 2],
  ]);
  expect(nodes.get(3)!.pruned).toEqual({
    ...{ node: 3, reason: "not_top_k", rank: 2, cut: 0.9, beatenBy: 1 },
  });
  expect(nodes.get(4)!.pruned).toMatchObject({ reason: "duplicate", beatenBy: 1 });
  const { votes } = log.find((event) => event.type === "selected")!;
  expect(votes.map(({ canonical, nodes }) => [canonical, nodes])).toEqual([
    ["2", [5, 8]],
    ["1", [2]],
    ["3", [9]],
  ]);
});
