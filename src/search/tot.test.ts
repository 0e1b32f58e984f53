import fc from "fast-check";
import { expect, test } from "vitest";
import { type NodeId, ROOT } from "../protocol/events.ts";
import { Strategy, type StrategyOf } from "../protocol/strategies.ts";
import { readNodes } from "./log-reading.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { runTable } from "./table-models.ts";

const anyRun = anySetup(anyStrategy.totDfs).map((setup) => ({ ...setup, budget: {} }));

test("S20: depth first goes on from the best that was not tried, of the latest family that has any", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { threshold, wanted, expansions, stopAt } = setup.strategy as StrategyOf<"totDfs">;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      const tried = log.flatMap((event) => (event.type === "expanded" ? [event.node] : []));
      const families: NodeId[][] = [];
      let finished = 0;
      for (const [i, node] of tried.entries()) {
        const untried = families.map((family) =>
          family.filter((id) => !tried.slice(0, i).includes(id)),
        );
        const [due = ROOT] = untried.findLast((family) => family.length > 0) ?? [];
        expect(node).toBe(due);
        expect(finished).toBeLessThan(wanted);
        const good = [...nodes.values()]
          .filter(({ parent, scored }) => parent === node && scored && scored.score >= threshold)
          .sort((a, b) => b.scored!.score - a.scored!.score || a.id - b.id);
        finished += good.filter(({ answered }) => answered).length;
        families.push(good.filter(({ answered }) => !answered).map(({ id }) => id));
      }
      expect(tried.length).toBeLessThanOrEqual(expansions);
      const isOver = finished >= wanted || tried.length === expansions || stopAt !== undefined;
      if (!isOver) expect(families.flat().every((id) => tried.includes(id))).toBe(true);
    }),
  );
});

const DFS = Strategy.parse({ name: "totDfs", width: 2, threshold: 0.4 });

test("depth first by hand: it gives up below the threshold and goes back to the nearest that was not tried", async () => {
  const log = await runTable(DFS, {
    steps: {
      "": ["a", "b"],
      ...{ a: ["c", "d"], b: ["i=5", "j"] },
      ...{ "a/d": ["e", "f"], "a/c": ["g=1", "h=2"] },
    },
    scores: {
      ...{ a: 0.8, b: 0.6, c: 0.5, d: 0.7 },
      ...{ e: 0.3, f: 0.1, "g=1": 0.2, "h=2": 0.39, "i=5": 0.4, j: 0.9 },
    },
  });
  const nodes = readNodes(log);
  const tried = log.flatMap((event) => (event.type === "expanded" ? [event.node] : []));
  expect(tried).toEqual([0, 1, 4, 3, 2]);
  const given = [...nodes.values()].flatMap(({ pruned }) =>
    pruned?.reason === "below_threshold" ? [[pruned.node, pruned.cut]] : [],
  );
  expect(given).toEqual([5, 6, 7, 8].map((id) => [id, 0.4]));
  expect(nodes.get(10)!.pruned).toMatchObject({ reason: "superseded", beatenBy: 9, rank: null });
  expect(log.find((event) => event.type === "selected")).toMatchObject({ path: [0, 2, 9] });
  expect(log.at(-1)).toMatchObject({ type: "finished", why: "decided" });
});

test("depth first ends without an answer when everything was tried", async () => {
  const log = await runTable(DFS, {
    steps: { "": ["a", "b=1"], a: ["c", "d"] },
    scores: { a: 0.5, "b=1": 0.1, c: 0.2, d: 0.2 },
  });
  expect(log.at(-1)).toMatchObject({ type: "finished", why: "no_answer" });
});

test("breadth first by hand: k first steps, then k of each of the best b, whatever they come from", async () => {
  const strategy = Strategy.parse({ name: "totBfs", keep: 2, width: 3 });
  const log = await runTable(strategy, {
    steps: {
      "": ["a", "b", "c"],
      a: ["d=1", "e", "f"],
      c: ["g=2", "h=3", "i"],
      "a/f": ["j=4", "k", "l"],
    },
    scores: {
      ...{ a: 0.5, b: 0.1, c: 0.4, "d=1": 0.7, e: 0.2, f: 0.9 },
      ...{ "g=2": 0.3, "h=3": 0.3, i: 0.1, "j=4": 0.8, k: 0.2, l: 0.1 },
    },
  });
  const expanded = log.flatMap((event) =>
    event.type === "expanded" ? [[event.node, event.kids]] : [],
  );
  expect(expanded).toEqual([
    [0, 3],
    [1, 3],
    [3, 3],
    [6, 3],
  ]);
  const kept = log.flatMap((event) => (event.type === "kept" ? [event.nodes] : []));
  expect(kept.slice(0, 2)).toEqual([
    [1, 3],
    [6, 4],
  ]);
  expect(log.find((event) => event.type === "selected")).toMatchObject({
    ...{ method: "argmax", answer: "4", path: [0, 1, 6, 10] },
  });
});
