import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import { RunSpec, type RunSpecInput } from "../protocol/runs.ts";
import { defaultStrategy } from "../protocol/strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "../protocol/strategy-facts/table.ts";
import { foldLog } from "../protocol/tree.ts";
import { comparable, record } from "../search/record.ts";
import { acceptRun } from "./accept-run.ts";
import { HttpProblem } from "./http-problem.ts";
import { modelHost } from "./model-host.ts";
import { readRunProblem } from "./read-problem.ts";
import { searchFacts } from "./search-facts.ts";

const host = modelHost({
  cards: () => [],
  kernel: {} as WebAssembly.Module,
  load() {
    throw new Error("no weights are needed");
  },
  breathe: () => setImmediate(),
});
const { signal } = new AbortController();

async function logOf(change: Partial<RunSpecInput>): Promise<RunEvent[]> {
  const spec = specOf(change);
  let now = 0;
  const clock = () => now++;
  const facts = searchFacts(spec, { host, signal, producer: "sentei@test", elapsedMs: clock });
  const events: RunEvent[] = [];
  for await (const event of record(facts, { run: "r", clock, signal })) events.push(event);
  return events;
}

const specOf = (change: Partial<RunSpecInput>) =>
  RunSpec.parse({
    ...{ problem: "4 14 9 3 -> 50", policy: "scripted", verifier: "checker", seed: 5 },
    ...{ strategy: { name: "beam" }, ...change },
  });

const withoutSeq = (event: RunEvent) => {
  const { seq: _, second: __, ...rest } = comparable(event) as Record<string, unknown>;
  return rest;
};

const steps = STRATEGY_NAMES.filter((name) => factsOf({ name }).unit !== "token");

describe.each(steps)("%s", (name) => {
  test("S24: a second verifier changes nothing but that it is heard", async () => {
    const strategy = defaultStrategy(name);
    const [alone, both] = await Promise.all([
      logOf({ strategy }),
      logOf({ strategy, second: "scripted" }),
    ]);
    expect(both[0]).toMatchObject({ second: { name: "scripted" } });
    expect(both.filter(({ type }) => type !== "judged").map(withoutSeq)).toEqual(
      alone.map(withoutSeq),
    );
  });

  test("S25: it scores every node once, as it would alone, and its spending is its own", async () => {
    const strategy = defaultStrategy(name);
    const log = await logOf({ strategy, second: "checker", verifier: "scripted" });
    const tree = foldLog(log);
    const judged = log.flatMap((event) => (event.type === "judged" ? [event] : []));
    const proposed = log.flatMap((event) => (event.type === "proposed" ? [event.node] : []));
    expect(judged.map(({ node }) => node).toSorted((a, b) => a - b)).toEqual(
      proposed.toSorted((a, b) => a - b),
    );
    const { second } = await host.open(specOf({ second: "checker" }), readRunProblem(specOf({})));
    for (const { node, steps: scores } of judged) {
      const ask = { steps: tree.steps(node), ended: false, answer: null };
      // How it ended may change the last score, and no other.
      const { scores: asked } = await second!.score([ask], signal);
      expect(scores.slice(0, -1)).toEqual(asked[0]!.slice(0, -1));
      expect(scores).toHaveLength(tree.depth[node]!);
      expect(tree.secondScoreAt(node)).toBe(scores.at(-1));
    }
    for (const leaf of tree.selectedAt()?.path.slice(-1) ?? []) {
      const right = tree.answer(leaf)?.correct;
      if (right != null) expect(tree.secondScoreAt(leaf)).toBe(right ? 1 : 0);
    }
    const spent = judged.map((event) => event.spent.prmCalls);
    expect(spent).toEqual(spent.toSorted((a, b) => a - b));
    expect(spent.at(-1)).toBeGreaterThan(0);
  });
});

test("a second verifier has to be there, and has nothing to say about tokens", () => {
  const accept = (change: Partial<RunSpecInput>) => () =>
    acceptRun(specOf(change), { models: host.list(), limits: { nodes: 1e6 } });
  const refused = (accepting: () => unknown) => {
    try {
      accepting();
    } catch (error) {
      return error instanceof HttpProblem ? error.errors[0] : error;
    }
    return null;
  };
  expect(refused(accept({ second: "checker" }))).toBeNull();
  expect(refused(accept({ second: "gpt" }))).toMatchObject({ field: "second", value: "gpt" });
  expect(
    refused(accept({ second: "checker", strategy: { name: "tokenGreedy" }, verifier: null })),
  ).toMatchObject({ field: "second", message: expect.stringContaining("tokens") });
});
