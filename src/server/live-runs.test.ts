import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { RunSpec } from "../protocol/runs.ts";
import { type AcceptedRun, LiveRuns } from "../runs/live-runs.ts";
import { type LogLine, type RunStore, StoreError } from "../runs/run-store.ts";
import { SearchThreads, type SearchThreadsOptions } from "./search-threads.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";

const ALL = { lines: 100_000, characters: 1e9 };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

async function openStore(): Promise<RunStore> {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-runs-"));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const store = await openSqliteStore(folder);
  cleanups.push(() => store.close());
  return store;
}

function openRuns(store: RunStore, threads: Partial<SearchThreadsOptions> = {}): LiveRuns {
  const runs = new LiveRuns({
    store,
    limits: { running: 4, waiting: 4 },
    openPlace: (listener) =>
      new SearchThreads({
        ...listener,
        ...{ threads: 1, data: { models: "", data: "", producer: "test@1" }, ...threads },
      }),
  });
  cleanups.push(() => runs.close());
  return runs;
}

const ACCEPTED: AcceptedRun = {
  spec: RunSpec.parse({
    ...{ problem: "1+2*3", strategy: { name: "beam" } },
    ...{ policy: "scripted", verifier: "scripted" },
  }),
  problem: { family: "expressions", text: "1+2*3", level: 2 },
  policy: { name: "scripted", revision: "1" },
  verifier: { name: "scripted", revision: "1" },
};

/** A search thread of its own: `respond` is a function body that is given `request` and `post`. */
function threadThat(respond: string): URL {
  const source = `
    import { parentPort } from "node:worker_threads";
    const post = (report) => parentPort.postMessage(report);
    const line = (seq) => ({ seq, type: "round", t: seq, data: JSON.stringify({ seq, type: "round" }) });
    const progress = { status: "running", nodes: 1, answer: null, correct: null, error: null,
      use: { policyTokens: 5, promptTokens: 0, policyCalls: 1, prmTokens: 0, prmCalls: 0, ms: 1 } };
    parentPort.on("message", (request) => {
      if (request.kind === "stop") post({ kind: "stopped" });
      ${respond}
    });
    post({ kind: "ready" });`;
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

/** Ends when the run's log does; gives the log as it is stored then. */
async function ended(runs: LiveRuns, store: RunStore, id: string): Promise<LogLine[]> {
  const log = runs.logOf(id);
  await new Promise<void>((resolve) => {
    const look = () => log?.ending !== null && resolve();
    log?.watch(look);
    look();
  });
  return store.readAfter(id, -1, ALL);
}

test("a crashed search thread fails its runs after their last event, and a new thread serves the next", async () => {
  const store = await openStore();
  const runs = openRuns(store, {
    entry: threadThat(`if (request.kind === "start") {
      post({ kind: "events", run: request.run, lines: [line(0), line(1)], progress });
      if (request.spec.seed === 1) throw new Error("out of luck");
      const end = { seq: 2, type: "finished", t: 2, data: "{}" };
      post({ kind: "events", run: request.run, lines: [end], progress: { ...progress, status: "finished" } });
    }`),
  });
  const spec = { ...ACCEPTED.spec, seed: 1 };
  const { id } = await runs.start({ ...ACCEPTED, spec });
  const log = await ended(runs, store, id);
  expect(log.map(({ type }) => type)).toEqual(["round", "round", "failed"]);
  const why = "the search thread crashed: out of luck";
  expect(JSON.parse(log[2]!.data)).toMatchObject({
    ...{ seq: 2, run: id, type: "failed", error: why, use: { policyTokens: 5 } },
  });
  expect(await runs.get(id)).toMatchObject({ status: "failed", error: why, lastSeq: 2 });

  const next = await runs.start(ACCEPTED);
  await ended(runs, store, next.id);
  expect((await runs.get(next.id)).status).toBe("finished");
});

test("threads that cannot even start fail the runs that they are given, and nothing else", async () => {
  const store = await openStore();
  const runs = openRuns(store, {
    entry: new URL("data:text/javascript,throw new Error('no models here')"),
  });
  for (let round = 0; round < 2; round++) {
    const { id } = await runs.start(ACCEPTED);
    const [line, ...others] = await ended(runs, store, id);
    expect(others).toEqual([]);
    expect(JSON.parse(line!.data)).toMatchObject({
      ...{ seq: 0, type: "failed", error: "the search thread crashed: no models here" },
    });
  }
});

test("a run whose events cannot be stored fails after those that were, and says why", async () => {
  const store = await openStore();
  let appends = 0;
  const full: RunStore = {
    ...store,
    append: (...args) =>
      ++appends === 3
        ? Promise.reject(new StoreError("database or disk is full"))
        : store.append(...args),
  };
  const runs = openRuns(full);
  const { id } = await runs.start({
    ...ACCEPTED,
    policy: { name: "scripted-slow", revision: "1" },
    spec: { ...ACCEPTED.spec, policy: "scripted-slow" },
  });
  const log = await ended(runs, store, id);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i));
  expect(log.at(-1)?.type).toBe("failed");
  expect((await runs.get(id)).error).toContain("database or disk is full");
});

test("a run whose failure cannot be stored either is lost, and shown as interrupted", async () => {
  const store = await openStore();
  const runs = openRuns({
    ...store,
    append: () => Promise.reject(new StoreError("database or disk is full")),
  });
  const { id } = await runs.start(ACCEPTED);
  const log = runs.logOf(id);
  expect(await ended(runs, store, id)).toEqual([]);
  expect(log?.ending).toBe("lost");
  expect((await runs.get(id)).status).toBe("interrupted");
  expect((await store.get(id))?.status).toBe("queued");
});

test("a search waits while the store is behind, with a bounded number of events on their way", async () => {
  const store = await openStore();
  const held: (() => void)[] = [];
  let waiting = 0;
  let most = 0;
  let isHeld = true;
  const slow: RunStore = {
    ...store,
    append: async (run, lines, progress) => {
      waiting += lines.length;
      most = Math.max(most, waiting);
      // Opened when nothing more has come for a while: the search stands still.
      if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
      await store.append(run, lines, progress);
      waiting -= lines.length;
    },
  };
  const runs = openRuns(slow);
  const spec: RunSpec = { ...ACCEPTED.spec, strategy: { name: "majority", n: 1024 } };
  const { id } = await runs.start({ ...ACCEPTED, spec });
  await expect.poll(() => waiting, { timeout: 20_000 }).toBeGreaterThanOrEqual(2_000);
  isHeld = false;
  for (const release of held) release();
  const log = await ended(runs, store, id);
  expect(log.length).toBeGreaterThan(4_000);
  expect(most).toBeLessThanOrEqual(2_000);
  expect((await runs.get(id)).status).toBe("finished");
});
