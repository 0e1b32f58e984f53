import fc from "fast-check";
import { expect, test } from "vitest";
import { checkerVerifier } from "../models/checker.ts";
import { familyOf } from "../problems/families.ts";
import { type NodeId, ROOT, type RunEvent } from "../protocol/events.ts";
import type { Strategy, StrategyOf } from "../protocol/strategies.ts";
import { type NodeReading, readNodes } from "./log-reading.ts";
import { mcts } from "./mcts.ts";
import { anySetup, anyStrategy, castOf, runSearch } from "./random-search.ts";
import { record } from "./record.ts";
import { tablePolicy, tableVerifier } from "./table-models.ts";

type Mcts = StrategyOf<"mcts">;
type Row = Extract<RunEvent, { type: "visited" }>["nodes"][number];

const anyRun = anySetup(anyStrategy.mcts).map((setup) => ({ ...setup, budget: {} }));

interface Simulation {
  /** Events of each phase. */
  readonly phases: ReadonlyMap<string, readonly RunEvent[]>;
  /** Statistics of all nodes when it began. */
  readonly before: ReadonlyMap<NodeId, Row>;
}

/** The simulations of a log, without the final choice. */
function simulationsIn(log: readonly RunEvent[]): Simulation[] {
  const simulations: Simulation[] = [];
  const known = new Map<NodeId, Row>();
  let phases = new Map<string, RunEvent[]>();
  let events: RunEvent[] = [];
  const choice = log.findLastIndex((event) => event.type === "round");
  for (const event of log.slice(0, choice)) {
    if (event.type === "round") {
      if (event.phase === "select") {
        phases = new Map();
        simulations.push({ phases, before: new Map(known) });
      }
      events = [];
      phases.set(event.phase, events);
    } else events.push(event);
    if (event.type === "visited") for (const row of event.nodes) known.set(row.node, row);
  }
  return simulations;
}

function rowsOf(events: readonly RunEvent[] = []): Row[] {
  return events.flatMap((event) => (event.type === "visited" ? event.nodes : []));
}

/** Siblings that were compared, a list for each time. */
function comparedIn({ phases }: Simulation, nodes: Map<NodeId, NodeReading>): Row[][] {
  const rows = [...rowsOf(phases.get("select")), ...rowsOf(phases.get("simulate"))];
  return [...Map.groupBy(rows, ({ node }) => nodes.get(node)!.parent).values()];
}

test("S15: of the siblings compared the simulation goes on from the one whose terms add up to most", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      for (const simulation of simulationsIn(log)) {
        const path = new Set(pathOf(simulation));
        for (const siblings of comparedIn(simulation, nodes)) {
          const taken = siblings.filter(({ node }) => path.has(node));
          const sums = siblings.map(({ exploit, explore }) => exploit! + explore!);
          const isDead = (row: Row) =>
            nodes.get(row.node)!.expanded && row.visits > 0 && row.value === 0;
          expect(taken).toHaveLength(1);
          const best = siblings.filter((row) => !isDead(row) || row === taken[0]);
          const most = Math.max(...best.map(({ exploit, explore }) => exploit! + explore!));
          expect(sums[siblings.indexOf(taken[0]!)]).toBe(most);
        }
      }
    }),
  );
});

/** The nodes that a simulation was counted at. */
function pathOf({ phases, before }: Simulation): NodeId[] {
  const rows = rowsOf(phases.get("backup"));
  return rows
    .filter(({ node, visits }) => visits > (before.get(node)?.visits ?? 0))
    .map(({ node }) => node);
}

test("S15: both terms are those of the rule, from what is known at that moment", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { rule, exploration, value } = setup.strategy as Mcts;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      for (const simulation of simulationsIn(log)) {
        for (const siblings of comparedIn(simulation, nodes)) {
          const parent = nodes.get(siblings[0]!.node)!.parent;
          const under = (simulation.before.get(parent)?.visits ?? 0) + 1;
          const priors = siblings.map(({ prior }) => prior!);
          expect(priors.reduce((sum, prior) => sum + prior)).toBeCloseTo(1, 9);
          for (const { node, visits, prior, exploit, explore, value: mean } of siblings) {
            const unknown =
              rule === "puct"
                ? (prior! * Math.sqrt(under)) / (1 + visits)
                : Math.sqrt(Math.log(under) / Math.max(1, visits));
            expect(explore).toBeCloseTo(exploration * unknown, 9);
            expect(exploit).toBe(mean);
            if (visits === 0 && value === "leaf")
              expect(exploit).toBe(nodes.get(node)!.scored!.score);
          }
        }
      }
    }),
  );
});

test("S16: a node has the visits of its children and its own, and the mean of what its simulations were worth", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const { value: kind } = setup.strategy as Mcts;
      const log = await runSearch(setup, castOf(setup));
      const nodes = readNodes(log);
      const worths = new Map<NodeId, number[]>();
      const ownVisits = new Map<NodeId, number>();
      for (const simulation of simulationsIn(log)) {
        const path = pathOf(simulation);
        const leaf = nodes.get(path.at(-1)!)!;
        const root = rowsOf(simulation.phases.get("backup"))[0]!;
        const { visits = 0, value = 0 } = simulation.before.get(ROOT) ?? {};
        const worth = root.visits * root.value - visits * value;
        const isDead = [...nodes.values()].filter(({ parent }) => parent === leaf.id);
        const scores = [leaf.scored?.score ?? 0, ...(isDead.length > 0 ? [0] : [])];
        if (kind === "leaf")
          expect(Math.min(...scores.map((one) => Math.abs(one - worth)))).toBeCloseTo(0, 9);
        ownVisits.set(leaf.id, (ownVisits.get(leaf.id) ?? 0) + 1);
        for (const node of path) worths.set(node, [...(worths.get(node) ?? []), worth]);
      }
      const known = new Map(
        log
          .flatMap((event) => (event.type === "visited" ? event.nodes : []))
          .map((row) => [row.node, row]),
      );
      for (const { node, visits, value } of known.values()) {
        const own = worths.get(node) ?? [];
        expect(visits).toBe(own.length);
        if (visits > 0)
          expect(value).toBeCloseTo(own.reduce((sum, worth) => sum + worth) / visits, 9);
        const below = [...known.values()].filter((row) => nodes.get(row.node)!.parent === node);
        const through = below.reduce((sum, row) => sum + row.visits, 0);
        expect(visits).toBe(through + (ownVisits.get(node) ?? 0));
      }
    }),
  );
});

test("a simulation has its four phases in order, and none costs anything that reaches a finished node", async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (setup) => {
      const log = await runSearch(setup, castOf(setup));
      for (const { phases } of simulationsIn(log)) {
        const order = ["select", "expand", "simulate", "backup"];
        const isShort = phases.size === 2;
        expect([...phases.keys()]).toEqual(isShort ? ["select", "backup"] : order);
        const spends = [...phases.values()].flat().some((event) => "use" in event);
        expect(spends).toBe(!isShort);
      }
    }),
  );
});

async function play(options: Partial<Mcts>) {
  const strategy: Mcts = {
    ...{ name: "mcts", simulations: 3, width: 2, rule: "puct", exploration: 1, value: "leaf" },
    ...{ aggregation: "last", selection: "weighted_majority" },
    ...options,
  };
  const { signal } = new AbortController();
  const facts = mcts(strategy, {
    problem: { family: null, parsed: null, text: "?", level: null },
    policy: tablePolicy({
      "": ["a", "b"],
      a: ["c", "d=1"],
      b: ["e=2", "f=3"],
      "a/c": ["g=4", "h=4"],
    }),
    verifier: tableVerifier({
      ...{ a: 0.8, b: 0.5, c: 0.1, "d=1": 0.2, "e=2": 0.9, "f=3": 0.4, "g=4": 0.3, "h=4": 0.3 },
    }),
    sampling: { temperature: 1, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ seed: 1, budget: {}, signal, producer: "test@0", elapsedMs: () => 0 },
  });
  const log: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock: () => 0, signal })) log.push(event);
  return log;
}

test("three simulations worked out by hand", async () => {
  // 1: a and b, a is the better. 2: from a, N = 2, Q(a) = 0.8 + ½·√2/2, against 0.5 + ½·√2;
  // a is 1.15, b is 1.21: b, whose e is 0.9. 3: N = 3: a is 0.8 + ½·√3/2 = 1.23, b is
  // 0.9 + ½·√3/2 = 1.33: b, then e again, which is finished.
  const log = await play({});
  const expanded = log.flatMap((event) => (event.type === "expanded" ? [event.node] : []));
  expect(expanded).toEqual([ROOT, 2]);
  const visited = log.findLast((event) => event.type === "visited")!;
  const root = visited.nodes.find(({ node }) => node === ROOT)!;
  expect(root).toMatchObject({ visits: 3, value: expect.closeTo((0.8 + 0.9 + 0.9) / 3, 9) });
  expect(log.find(({ type }) => type === "selected")).toMatchObject({ answer: "2" });
  expect(readNodes(log).get(1)!.pruned).toMatchObject({
    reason: "superseded",
    beatenBy: 3,
    rank: null,
  });
});

test("a score that is good enough ends it, and the log says that it was decided", async () => {
  const log = await play({ simulations: 50, stopAt: 0.9 });
  expect(log.at(-1)).toMatchObject({ type: "finished", why: "decided" });
  expect(simulationsIn(log)).toHaveLength(2);
});

test.each(["puct", "uct"] as const)(
  "S12: %s with the exact checker is right more often than a majority of as many steps",
  async (rule) => {
    const right = { majority: 0, mcts: 0 };
    const tokens = { majority: 0, mcts: 0 };
    for (let seed = 0; seed < 120; seed++) {
      const family = familyOf(seed % 2 === 0 ? "expressions" : "countdown");
      const parsed = family.generate({ level: 4, seed, split: "train" });
      const problem = { family, parsed, text: family.render(parsed), level: 4 };
      const sampling = { temperature: 0.8, topK: 0, topP: 1, maxStepTokens: 96 };
      const setup = { problem, seed, budget: {}, sampling, errorRate: 0.4, noise: 0 };
      const strategies: Strategy[] = [
        { name: "majority", n: 8 },
        {
          ...{ name: "mcts", simulations: 8, width: 4, rule, exploration: 1, value: "leaf" },
          ...{ aggregation: "last", selection: "weighted_majority" },
        },
      ];
      for (const strategy of strategies) {
        const cast = { ...castOf({ ...setup, strategy }), verifier: checkerVerifier(problem) };
        const log = await runSearch({ ...setup, strategy }, cast);
        const end = log.at(-1) as Extract<RunEvent, { type: "finished" }>;
        const name = strategy.name as keyof typeof right;
        tokens[name] += end.use.policyTokens;
        if (log.find((event) => event.type === "selected")?.correct) right[name]++;
      }
    }
    expect(tokens.mcts).toBeLessThan(tokens.majority * 1.1);
    expect(right.mcts).toBeGreaterThan(right.majority * 1.2);
  },
);
