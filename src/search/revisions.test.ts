import fc from "fast-check";
import { expect, test } from "vitest";
import { ROOT, type RunEvent } from "../protocol/events.ts";
import { revisionOutcomes } from "../protocol/revision-outcomes.ts";
import { Strategy, type StrategyOf } from "../protocol/strategies.ts";
import { type NodeReading, readNodes } from "./log-reading.ts";
import type { Policy } from "./ports.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { runTable } from "./table-models.ts";

type Revisions = StrategyOf<"revisions">;

const anyRun = anySetup(anyStrategy.revisions).map((setup) => ({ ...setup, budget: {} }));

/** The attempts of every chain, oldest first: their nodes from the first step on. */
function chainsOf(nodes: ReadonlyMap<number, NodeReading>): NodeReading[][][] {
  const chains: NodeReading[][][] = [];
  for (const first of nodes.values()) {
    if (first.parent !== ROOT) continue;
    const attempt = [first];
    for (const node of nodes.values()) if (node.parent === attempt.at(-1)!.id) attempt.push(node);
    const { revises } = first.proposed!;
    const chain = chains.find((each) => each.at(-1)!.at(-1)!.id === revises);
    if (chain === undefined) chains.push([attempt]);
    else chain.push(attempt);
  }
  return chains;
}

test("S21: every attempt goes on from the one before it in its chain, and sees the latest answers of it", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { chains: most, attempts, seen, stopAt } = setup.strategy as Revisions;
      const shown: (readonly string[])[] = [];
      const { policy, ...others } = castOf(setup);
      const spy: Policy = {
        ...policy,
        propose(asks, signal) {
          shown.push(...asks.map((ask) => ask.attempts ?? []));
          return policy.propose(asks, signal);
        },
      };
      const log = await runSearch(setup, { policy: spy, ...others });
      const chains = chainsOf(readNodes(log));
      expect(chains).toHaveLength(most);
      for (const chain of chains) {
        if (stopAt === undefined) expect(chain).toHaveLength(attempts);
        expect(chain.length).toBeLessThanOrEqual(attempts);
        for (const [i, attempt] of chain.entries()) {
          const answers = chain
            .slice(0, i)
            .flatMap((before) => before.at(-1)!.answered?.answer ?? []);
          // Asks are in the order of ids, from 1.
          for (const { id } of attempt) {
            expect(shown[id - 1]).toEqual(seen === 0 ? [] : answers.slice(-seen));
          }
        }
      }
    }),
  );
});

test("S21: the best attempt of each chain stands for it; by majority all attempts do", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { selection } = setup.strategy as Revisions;
      const log = await runSearch(setup, castOf(setup));
      const { votes } = log.find((event) => event.type === "selected")!;
      const voters = votes.flatMap(({ nodes }) => nodes).sort((a, b) => a - b);
      const expected = chainsOf(readNodes(log)).flatMap((chain) => {
        const readable = chain
          .map((attempt) => attempt.at(-1)!)
          .filter(({ answered }) => typeof answered?.canonical === "string");
        if (selection === "majority") return readable.map(({ id }) => id);
        const [best] = readable.sort((a, b) => b.scored!.score - a.scored!.score || a.id - b.id);
        return best ? [best.id] : [];
      });
      expect(voters).toEqual(expected.sort((a, b) => a - b));
    }),
  );
});

test("with one attempt it is best of as many as there are chains", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.boolean(), async (setup, weighted) => {
      const { chains: n, aggregation } = setup.strategy as Revisions;
      const selection = weighted ? "weighted_majority" : "argmax";
      const stated = (log: readonly RunEvent[]) =>
        log.flatMap<unknown>((event) => {
          if (event.type === "proposed") return [event.node, event.step];
          return event.type === "selected" ? [event.path, event.votes] : [];
        });
      const play = async (strategy: Strategy) =>
        stated(await runSearch({ ...setup, strategy }, castOf({ ...setup, strategy })));
      const once = Strategy.parse({
        name: "revisions",
        chains: n,
        attempts: 1,
        aggregation,
        selection,
      });
      expect(await play(once)).toEqual(await play({ name: "bestOfN", n, weighted, aggregation }));
    }),
    { numRuns: 30 },
  );
});

test("two chains by hand: each attempt sees what came before it, and the best of each chain votes", async () => {
  const strategy = Strategy.parse({ name: "revisions", chains: 2, attempts: 3, seen: 1 });
  const log = await runTable(strategy, {
    steps: {
      "": ["a", "b=1"],
      ...{
        a: ["c=2"],
        "(1)": ["d=3", "e"],
        "(1)/e": ["f=3"],
        "(3)": ["g=1", "h=4"],
        "(2)": ["i=1"],
      },
    },
    scores: {
      ...{ a: 0.9, "b=1": 0.6, "c=2": 0.3, "d=3": 0.2, e: 0.9, "f=3": 0.5, "g=1": 0.7 },
      ...{ "h=4": 0.1, "i=1": 0.4 },
    },
  });
  const proposed = log.flatMap((event) =>
    event.type === "proposed" ? [[event.node, event.step, event.revises]] : [],
  );
  expect(proposed).toEqual([
    [1, "a", undefined],
    [2, "b=1", undefined],
    [3, "c=2", undefined],
    [4, "d=3", 2],
    [5, "i=1", 3],
    [6, "g=1", 4],
    [7, "e", 5],
    [8, "f=3", undefined],
  ]);
  const { votes } = log.find((event) => event.type === "selected")!;
  expect(votes.map(({ canonical, weight, nodes }) => [canonical, weight, nodes])).toEqual([
    ["1", 0.7, [6]],
    ["3", 0.5, [8]],
  ]);
  const nodes = readNodes(log);
  expect(nodes.get(2)!.pruned).toEqual({
    ...{ node: 2, reason: "not_top_k", rank: 2, cut: 0.7, beatenBy: 6 },
  });
  expect(nodes.get(3)!.pruned).toMatchObject({ rank: 3, cut: 0.5, beatenBy: 8 });
});

test("what revisions spoil and mend is counted chain by chain", async () => {
  const line = (facts: object[]) => facts.map((fact, seq) => ({ seq, ...fact })) as RunEvent[];
  const attempt = (node: number, correct: boolean | null, revises?: number) => [
    { type: "expanded", node: ROOT, first: node, kids: 1 },
    { type: "proposed", node, ...(revises !== undefined && { revises }) },
    { type: "answered", node, correct },
  ];
  const log = line([
    ...attempt(1, true),
    ...attempt(2, false),
    ...attempt(3, true),
    ...attempt(4, true, 1),
    ...attempt(5, true, 2),
    ...attempt(6, false, 4),
    ...attempt(7, null, 5),
    ...attempt(8, true, 7),
  ]);
  expect(revisionOutcomes(log)).toEqual({
    ...{ firstRight: 1, spoiled: 1, firstWrong: 1, mended: 1, afterRight: 3, turnedWrong: 2 },
  });
});
