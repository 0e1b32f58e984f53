import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { RunEvent } from "../protocol/events.ts";
import type { RunSpec } from "../protocol/runs.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import { memoryStore } from "../runs/memory-store.ts";
import type { ModelHost } from "../runs/model-host.ts";
import { searchFacts } from "../runs/search-facts.ts";
import { STRATEGY_NAMES, smallSpec } from "../runs/small-specs.ts";
import { comparable, record } from "../search/record.ts";
import { openModels } from "../server/model-host.ts";
import { LocalRuns } from "./local-runs.ts";
import type { WorkerMessage } from "./messages.ts";
import { PageLink } from "./page-link.ts";

const MODELS = path.join(import.meta.dirname, "../../public/models");
const PRODUCER = "sentei@test";

const opened: LocalRuns[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((runs) => runs.close()));
});

async function openLocalRuns(folder = MODELS): Promise<LocalRuns> {
  const runs = new LocalRuns({
    ...{ store: memoryStore(), host: await openModels(folder) },
    ...{ producer: PRODUCER, breathe: () => setImmediate() },
  });
  opened.push(runs);
  return runs;
}

/** The log of a run, followed to its end by one reader. */
async function logOf(runs: LocalRuns, id: string, after = -1): Promise<RunEvent[]> {
  const { signal } = new AbortController();
  const events: RunEvent[] = [];
  for await (const piece of runs.follow(id, { after, signal })) {
    events.push(...(JSON.parse(piece) as RunEvent[]));
  }
  return events;
}

/** What the server's search thread would put into the log. */
async function serverLog(host: ModelHost, spec: RunSpec): Promise<object[]> {
  const { signal } = new AbortController();
  const clock = () => performance.now();
  const facts = searchFacts(spec, { host, signal, producer: PRODUCER, elapsedMs: clock });
  const lines: object[] = [];
  for await (const event of record(facts, { run: "server", clock, signal })) {
    lines.push(comparable(event));
  }
  return lines;
}

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);
/** Runs that a page starts before it looks at the first. */
const TOGETHER = 5;

test.each(STRATEGY_NAMES)(
  "B1: a browser's log is the server's, byte for byte, whatever runs beside it: %s",
  async (strategy) => {
    const runs = await openLocalRuns();
    const host = await openModels(MODELS);
    for (let first = 0; first < SEEDS.length; first += TOGETHER) {
      const specs = SEEDS.slice(first, first + TOGETHER).map((seed) => smallSpec(strategy, seed));
      const started = await Promise.all(specs.map((spec) => runs.startRun(spec)));
      for (const [i, { id }] of started.entries()) {
        const here = (await logOf(runs, id)).map((event) => JSON.stringify(comparable(event)));
        const there = (await serverLog(host, specs[i]!)).map((line) => JSON.stringify(line));
        expect(here).toEqual(there);
        expect(here.at(-1)).toContain('"type":"finished"');
      }
    }
  },
  600_000,
);

const SPEC = {
  ...{ problem: "(7+5)*9-14*3", strategy: { name: "beam", n: 8 }, seed: 3 },
  ...{ policy: "scripted", verifier: "scripted" },
};

test("a run is listed, followed from any seq, and had as a file", async () => {
  const runs = await openLocalRuns("");
  const { id } = await runs.startRun(SPEC);
  const log = await logOf(runs, id);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i));
  expect(await logOf(runs, id, 9)).toEqual(log.slice(10));
  const file = await (await runs.logFile(id)).text();
  expect(file.trimEnd().split("\n")).toEqual(log.map((event) => JSON.stringify(event)));

  const { runs: listed, total } = await runs.runs({ text: "(7+5)", strategy: "beam", family: "" });
  expect(total).toBe(1);
  expect(listed[0]).toMatchObject({ id, status: "finished", lastSeq: log.length - 1 });
  expect(await runs.runs({ text: "8" })).toMatchObject({ runs: [], total: 0, next: null });
  expect(await runs.run(id)).toEqual(listed[0]);
});

test("a run is paused, stepped, resumed and cancelled at its source", async () => {
  const runs = await openLocalRuns("");
  const { id } = await runs.startRun({ ...SPEC, paused: true });
  const stop = new AbortController();
  const pieces = runs.follow(id, { after: -1, signal: stop.signal });
  const seen: RunEvent[] = [];
  const until = async (type: string) => {
    while (seen.at(-1)?.type !== type) {
      const { value } = await pieces.next();
      if (value === undefined) throw new Error(`the log ended before ${type}`);
      seen.push(...(JSON.parse(value) as RunEvent[]));
    }
  };
  await until("paused");
  await runs.command(id, { command: "step" });
  await until("round");
  expect(seen.map(({ type }) => type)).toEqual(["started", "paused", "steered", "round"]);
  expect(await runs.run(id)).toMatchObject({ status: "paused" });
  await runs.command(id, { command: "cancel" });
  await until("cancelled");
  await expect(runs.command(id, { command: "resume" })).rejects.toThrow(/cancelled/);
});

test("recorded attempts are a finished run", async () => {
  const runs = await openLocalRuns("");
  const attempts = [{ steps: ["1+6", "7"], answer: "7", scores: null }];
  const { id } = await runs.keepTrace({ problem: "1+2*3", about: "a test", attempts });
  expect((await logOf(runs, id)).at(-1)?.type).toBe("finished");
});

test("what is wrong is refused with its field, as by the server", async () => {
  const runs = await openLocalRuns("");
  const refusal = async (promise: Promise<unknown>) => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpProblem);
    return (error as HttpProblem).errors[0]?.field;
  };
  expect(await refusal(runs.startRun({ ...SPEC, problem: "7+" }))).toBe("problem");
  expect(await refusal(runs.startRun({ ...SPEC, policy: "gpt" }))).toBe("policy");
  expect(await refusal(runs.startRun({ ...SPEC, seed: -1 }))).toBe("seed");
  expect(await refusal(runs.problems({ family: "riddles" }))).toBe("family");
  expect(await refusal(runs.command("x", { command: "dance" }))).toBe("command");
  await expect(runs.run("x")).rejects.toMatchObject({ status: 404 });
});

/** A page that talks to a worker's half in this thread. */
function pageOver(runs: Promise<LocalRuns>) {
  const heard: WorkerMessage[] = [];
  const link = new PageLink(runs, (message) => heard.push(message));
  return { heard, link };
}

test("a page is sent a piece for every one that it asks for, and none after it leaves", async () => {
  const { heard, link } = pageOver(openLocalRuns(""));
  await link.receive({ kind: "call", id: 1, method: "startRun", args: [SPEC] });
  const [started] = heard.splice(0);
  const run = (started as { value: { id: string } }).value.id;
  await link.receive({ kind: "follow", id: 2, run, after: -1 });
  await link.receive({ kind: "more", id: 2 });
  expect(heard.map(({ kind }) => kind)).toEqual(["answer", "piece"]);
  await link.receive({ kind: "leave", id: 2 });
  await link.receive({ kind: "more", id: 2 });
  expect(heard).toHaveLength(2);
});

test("a page hears why, whatever goes wrong", async () => {
  const lost = pageOver(Promise.reject(new Error("no weights")));
  await lost.link.receive({ kind: "call", id: 1, method: "models", args: [] });
  expect(lost.heard[0]).toMatchObject({
    id: 1,
    details: { status: 500, detail: expect.stringContaining("no weights") },
  });
  const here = pageOver(openLocalRuns(""));
  await here.link.receive({ kind: "follow", id: 4, run: "nobody", after: -1 });
  expect(here.heard[0]).toMatchObject({ kind: "refused", id: 4, details: { status: 404 } });
});
