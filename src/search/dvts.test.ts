import fc from "fast-check";
import { expect, test } from "vitest";
import { type NodeId, ROOT, type RunEvent } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { dvts } from "./dvts.ts";
import { type NodeReading, readNodes } from "./log-reading.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { record } from "./record.ts";
import { tablePolicy, tableVerifier } from "./table-models.ts";

const anyRun = anySetup(anyStrategy.dvts).map((setup) => ({ ...setup, budget: {} }));

/** The children of every expansion, in the subtrees that they are of. */
function familiesOf(nodes: Map<NodeId, NodeReading>, kids: number): NodeReading[][] {
  const byParent = Map.groupBy(
    [...nodes.values()].filter(({ id }) => id !== ROOT),
    ({ parent }) => parent,
  );
  return [...byParent.values()].flatMap((children) =>
    Array.from({ length: Math.ceil(children.length / kids) }, (_, i) =>
      children.slice(i * kids, (i + 1) * kids),
    ),
  );
}

test("S9: every subtree goes on from its best child alone, and only children of a last expansion vote", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { n, m, maxRounds, stopAt } = setup.strategy as StrategyOf<"dvts">;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      const voters = new Set(
        log.flatMap((event) =>
          event.type === "selected" ? event.votes.flatMap((vote) => vote.nodes) : [],
        ),
      );
      const families = familiesOf(nodes, Math.min(m, n));
      const firsts = families.filter(([child]) => child!.parent === ROOT);
      expect(firsts).toHaveLength(Math.max(1, Math.floor(n / m)));
      for (const family of families) {
        const ranked = family
          .filter(({ scored }) => scored)
          .sort((a, b) => b.scored!.score - a.scored!.score || a.id - b.id);
        const expanded = family.filter((child) => child.expanded);
        const votes = family.filter(({ id }) => voters.has(id));
        const [best] = ranked;
        expect(expanded.every((child) => child === best)).toBe(true);
        if (expanded.length > 0) expect(votes).toEqual([]);
        else {
          const finished = ranked.filter(({ answered }) => answered);
          const readable = finished.filter(({ answered }) => answered!.canonical !== null);
          expect(votes.map(({ id }) => id)).toEqual(
            readable.map(({ id }) => id).sort((a, b) => a - b),
          );
          const isOver =
            best === undefined || best.answered !== undefined || best.depth === maxRounds;
          expect(isOver || stopAt !== undefined).toBe(true);
        }
      }
    }),
  );
});

test("with n = m it is one greedy walk, and its copies are pruned among siblings only", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { n, m } = setup.strategy as StrategyOf<"dvts">;
      const nodes = readNodes(await runSearch(setup, castOf(setup)));
      const expanded = [...nodes.values()].filter((node) => node.expanded);
      const perDepth = Map.groupBy(expanded, ({ depth }) => depth);
      for (const [depth, row] of perDepth) {
        const most = depth === 0 ? 1 : Math.max(1, Math.floor(n / m));
        expect(row.length).toBeLessThanOrEqual(most);
      }
      for (const family of familiesOf(nodes, Math.min(m, n))) {
        const ids = new Set(family.map(({ id }) => id));
        for (const { pruned } of family) {
          if (pruned?.reason === "duplicate") expect(ids).toContain(pruned.beatenBy);
          if (pruned?.reason === "not_top_k") expect(ids).toContain(pruned.beatenBy);
        }
      }
    }),
  );
});

test("a finished child is pruned where its subtree goes on from a better one, and votes where that is the last", async () => {
  const play = async (maxRounds: number) => {
    const { signal } = new AbortController();
    const facts = dvts(
      {
        ...{ name: "dvts", n: 2, m: 2, maxRounds, aggregation: "last" },
        selection: "weighted_majority",
      },
      {
        problem: { family: null, parsed: null, text: "?", level: null },
        policy: tablePolicy({ "": ["a", "b=1"], a: ["c=2", "d"] }),
        verifier: tableVerifier({ a: 0.8, "b=1": 0.5, "c=2": 0.3, d: 0.6 }),
        sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
        ...{ seed: 1, budget: {}, signal, producer: "test@0", elapsedMs: () => 0 },
      },
    );
    const log: RunEvent[] = [];
    for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
    const votes = log.flatMap((event) =>
      event.type === "selected" ? event.votes.flatMap(({ nodes }) => nodes) : [],
    );
    return { votes, nodes: readNodes(log) };
  };
  const one = await play(1);
  expect(one.votes).toEqual([2]);
  expect(one.nodes.get(1)!.pruned).toMatchObject({ reason: "max_depth" });
  const two = await play(2);
  expect(two.votes).toEqual([3]);
  expect(two.nodes.get(2)!.pruned).toMatchObject({ reason: "not_top_k", rank: 2, beatenBy: 1 });
  expect(two.nodes.get(4)!.pruned).toMatchObject({ reason: "max_depth" });
});
