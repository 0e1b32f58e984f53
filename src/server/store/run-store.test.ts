import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { NO_USE } from "../../protocol/budget.ts";
import { RunQuery, RunSpec } from "../../protocol/runs.ts";
import {
  type LogLine,
  type NewRun,
  type Progress,
  type RunStore,
  StoreError,
} from "../../runs/run-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const folders: string[] = [];
const opened: RunStore[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-store-"));
  folders.push(folder);
  return folder;
}

async function open(folder: string): Promise<RunStore> {
  const store = await openSqliteStore(folder);
  opened.push(store);
  return store;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newRun(id: string, change: Partial<NewRun> = {}): NewRun {
  return {
    id,
    createdAt: "2026-11-22T12:00:00.000Z",
    spec: RunSpec.parse({ problem: "1+2*3", strategy: { name: "greedy" }, seed: 4_294_967_295 }),
    problem: { family: "expressions", text: "1+2*3", level: 2 },
    policy: { name: "scripted", revision: "1" },
    verifier: { name: "checker", revision: "2" },
    ...change,
  };
}

function lines(first: number, count: number, text = "x"): LogLine[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: first + i,
    type: "round",
    t: (first + i) / 4,
    data: JSON.stringify({ seq: first + i, text }),
  }));
}

function progress(change: Partial<Progress> = {}): Progress {
  return {
    ...{ status: "running", nodes: 1, answer: null, correct: null, use: NO_USE, error: null },
    ...change,
  };
}

const ALL = { lines: 1_000_000, characters: 1e9 };
const query = (input: object = {}) => RunQuery.parse(input);

/** Every implementation of `RunStore` passes this. */
describe.each([{ name: "SQLite", create: () => open(newFolder()) }])("a store in $name", (on) => {
  test("gives back every line that was appended, once, in order, from any cursor and in any portions", async () => {
    const store = await on.create();
    const anyBatches = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(
        anyBatches,
        fc.integer({ min: -1, max: 100 }),
        fc.record({
          lines: fc.integer({ min: 1, max: 50 }),
          characters: fc.integer({ min: 1, max: 2_000 }),
        }),
        async (batches, after, limits) => {
          const run = `run-${made++}`;
          await store.create(newRun(run));
          let written: LogLine[] = [];
          const appends = batches.map((count) => {
            const batch = lines(written.length, count);
            written = [...written, ...batch];
            return store.append(run, batch, progress());
          });
          await Promise.all(appends);

          const read: LogLine[] = [];
          for (let cursor = after; ; cursor = read.at(-1)!.seq) {
            const portion = await store.readAfter(run, cursor, limits);
            if (portion.length === 0) break;
            expect(portion.length).toBeLessThanOrEqual(limits.lines);
            const all_but_last = portion.slice(0, -1).reduce((sum, l) => sum + l.data.length, 0);
            expect(all_but_last).toBeLessThan(limits.characters);
            read.push(...portion);
          }
          expect(read).toEqual(written.slice(after + 1));
          expect((await store.get(run))?.lastSeq).toBe(written.length - 1);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("keeps the logs of runs that are written at the same time apart", async () => {
    const store = await on.create();
    const runs = ["a", "b", "c"];
    await Promise.all(runs.map((run) => store.create(newRun(run))));
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const run = runs[i % 3]!;
        return store.append(run, lines(Math.floor(i / 3) * 5, 5, run), progress());
      }),
    );
    for (const run of runs) {
      expect(await store.readAfter(run, -1, ALL)).toEqual(lines(0, 100, run));
    }
  });

  test.each([
    { what: "a gap before it", first: 4 },
    { what: "seqs that are there", first: 2 },
    { what: "seqs that are there, all of them", first: 0 },
  ])("refuses lines with $what and keeps log and progress as they were", async ({ first }) => {
    const store = await on.create();
    await store.create(newRun("run"));
    await store.append("run", lines(0, 3), progress({ nodes: 7 }));
    const bad = store.append("run", lines(first, 3), progress({ nodes: 9 }));
    await expect(bad).rejects.toThrow(StoreError);
    expect(await store.readAfter("run", -1, ALL)).toEqual(lines(0, 3));
    expect(await store.get("run")).toMatchObject({ lastSeq: 2, nodes: 7 });
  });

  test("refuses lines with a gap among them, and lines of no run", async () => {
    const store = await on.create();
    await store.create(newRun("run"));
    const torn = [...lines(0, 2), ...lines(3, 1)];
    await expect(store.append("run", torn, progress())).rejects.toThrow(StoreError);
    await expect(store.append("nobody", lines(0, 1), progress())).rejects.toThrow(StoreError);
    expect(await store.readAfter("run", -1, ALL)).toEqual([]);
    expect(await store.readAfter("nobody", -1, ALL)).toEqual([]);
  });

  test("a write that is refused takes nothing with it that was asked at the same time", async () => {
    const store = await on.create();
    await store.create(newRun("good"));
    await store.create(newRun("bad"));
    const outcomes = await Promise.allSettled([
      store.append("good", lines(0, 2), progress()),
      store.append("bad", lines(5, 2), progress()),
      store.create(newRun("good")),
      store.append("good", lines(2, 2), progress()),
      store.create(newRun("other")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(await store.readAfter("good", -1, ALL)).toEqual(lines(0, 4));
    expect(await store.get("other")).not.toBeNull();
  });

  test("shows a run as it was created, and then its latest progress", async () => {
    const store = await on.create();
    const run = newRun("run");
    await store.create(run);
    expect(await store.get("run")).toEqual({
      ...{ id: "run", status: "queued", createdAt: run.createdAt, problem: run.problem },
      ...{ strategy: run.spec.strategy, policy: run.policy, verifier: run.verifier },
      ...{ seed: run.spec.seed, lastSeq: -1, nodes: 0, answer: null, correct: null },
      ...{ use: NO_USE, error: null },
    });
    const use = { ...NO_USE, policyTokens: 12, ms: 3.5 };
    const now = progress({
      status: "failed",
      nodes: 5,
      answer: "7",
      correct: false,
      use,
      error: "why",
    });
    await store.append("run", lines(0, 2), now);
    expect(await store.get("run")).toMatchObject({ ...now, lastSeq: 1 });
    await store.append("run", lines(2, 1), progress({ correct: true }));
    expect(await store.get("run")).toMatchObject({ correct: true, error: null });
    expect(await store.get("nobody")).toBeNull();
  });

  test("lists a run without verifier, family and level as such", async () => {
    const store = await on.create();
    const problem = { family: null, text: "why?", level: null };
    await store.create(newRun("run", { verifier: null, problem }));
    expect((await store.list(query())).runs[0]).toMatchObject({ verifier: null, problem });
  });

  test("pages through all matching runs, newest first, each once, and counts them", async () => {
    const store = await on.create();
    const all = Array.from({ length: 23 }, (_, i) => `run-${String(i).padStart(2, "0")}`);
    for (const [i, id] of all.entries()) {
      const strategy = i % 2 === 0 ? { name: "greedy" } : { name: "beam" };
      const spec = RunSpec.parse({ problem: "x", strategy });
      const text = i % 3 === 0 ? "100%_Of 3*4" : "(1+2)*3";
      await store.create(newRun(id, { spec, problem: { family: "expressions", text, level: 2 } }));
      if (i < 5) await store.append(id, lines(0, 1), progress({ status: "finished" }));
    }
    const pages = async (filter: object) => {
      const ids: string[] = [];
      let before: string | null = null;
      do {
        const page = await store.list(query({ ...filter, limit: 4, ...(before && { before }) }));
        expect(page.runs.length).toBeLessThanOrEqual(4);
        ids.push(...page.runs.map(({ id }) => id));
        before = page.next;
        if (before === null) expect(page.total).toBe(ids.length);
      } while (before !== null);
      return ids;
    };
    const newestFirst = all.toReversed();
    const index = (id: string) => all.indexOf(id);
    expect(await pages({})).toEqual(newestFirst);
    expect(await pages({ strategy: "beam" })).toEqual(
      newestFirst.filter((id) => index(id) % 2 === 1),
    );
    expect(await pages({ status: "finished" })).toEqual(newestFirst.slice(-5));
    expect(await pages({ family: "countdown" })).toEqual([]);
    const thirds = newestFirst.filter((id) => index(id) % 3 === 0);
    expect(await pages({ text: "100%_of" })).toEqual(thirds);
    expect(await pages({ text: "100%" })).toEqual(thirds);
    expect(await pages({ text: "0%f" })).toEqual([]);
    expect(await pages({ text: "1_2" })).toEqual([]);
    expect(await pages({ text: "\\" })).toEqual([]);
    expect(await pages({ text: "3*4", strategy: "greedy", status: "finished" })).toEqual([
      "run-00",
    ]);
  });

  test("marks runs that nobody works on any more as interrupted, and leaves their logs and all others alone", async () => {
    const store = await on.create();
    const statuses = ["queued", "running", "paused", "finished", "failed", "cancelled"] as const;
    for (const status of statuses) {
      await store.create(newRun(status));
      if (status !== "queued")
        await store.append(status, lines(0, 3), progress({ status, nodes: 2 }));
    }
    await store.interruptOpenRuns();
    for (const status of statuses) {
      const open = ["queued", "running", "paused"].includes(status);
      const before = status === "queued" ? 0 : 3;
      expect(await store.get(status)).toMatchObject({
        status: open ? "interrupted" : status,
        lastSeq: before - 1,
      });
      expect(await store.readAfter(status, -1, ALL)).toEqual(lines(0, before));
    }
  });
});

test("everything is there when the file is opened again, also what was not awaited before closing", async () => {
  const folder = newFolder();
  const store = await openSqliteStore(folder);
  void store.create(newRun("run"));
  void store.append("run", lines(0, 100), progress({ nodes: 3 }));
  await store.close();
  const again = await open(folder);
  expect(await again.get("run")).toMatchObject({ lastSeq: 99, nodes: 3 });
  expect(await again.readAfter("run", -1, ALL)).toEqual(lines(0, 100));
});

test("a file that is no database, or that a newer version wrote, is refused in words", async () => {
  const folder = newFolder();
  await (await openSqliteStore(folder)).close();
  const file = path.join(folder, "runs.sqlite");
  const database = new DatabaseSync(file);
  database.exec("insert into schema_version (version) values (99)");
  database.close();
  await expect(openSqliteStore(folder)).rejects.toThrow(/schema version 99.*newer Sentei/);
});
