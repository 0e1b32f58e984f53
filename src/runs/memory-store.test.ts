import { expect, test } from "vitest";
import { RunQuery } from "../protocol/runs.ts";
import { memoryStore } from "./memory-store.ts";
import { NO_PROGRESS } from "./progress.ts";
import { type LogLine, type NewRun, StoreError } from "./run-store.ts";
import { smallSpec } from "./small-specs.ts";

function newRun(id: string): NewRun {
  const spec = smallSpec("greedy", 2);
  const problem = { family: "expressions", text: spec.problem, level: 2 };
  const createdAt = "2026-11-22T12:00:00.000Z";
  return { id, createdAt, spec, problem, policy: { name: "p", revision: "1" }, verifier: null };
}

function lines(first: number, count: number): LogLine[] {
  return Array.from({ length: count }, (_, i) => {
    const seq = first + i;
    return { seq, type: "round", t: seq, data: `{"seq":${seq}}` };
  });
}

const progress = { ...NO_PROGRESS, status: "running" } as const;

test("a log gets no gap, and no line twice", async () => {
  const store = memoryStore();
  await store.create(newRun("a"));
  await expect(store.create(newRun("a"))).rejects.toThrow(StoreError);
  await store.append("a", lines(0, 3), progress);
  for (const first of [0, 2, 4]) {
    await expect(store.append("a", lines(first, 2), progress)).rejects.toThrow(StoreError);
  }
  await expect(store.append("b", lines(0, 1), progress)).rejects.toThrow(StoreError);
  await store.append("a", lines(3, 2), progress);
  expect(await store.get("a")).toMatchObject({ status: "running", lastSeq: 4 });
});

test("lines are read after a seq, within limits, and one at least", async () => {
  const store = memoryStore();
  await store.create(newRun("a"));
  await store.append("a", lines(0, 9), progress);
  const read = async (after: number, limits: { lines: number; characters: number }) =>
    (await store.readAfter("a", after, limits)).map(({ seq }) => seq);
  expect(await read(-1, { lines: 100, characters: 1e6 })).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await read(3, { lines: 2, characters: 1e6 })).toEqual([4, 5]);
  expect(await read(3, { lines: 9, characters: 10 })).toEqual([4, 5]);
  expect(await read(3, { lines: 9, characters: 1 })).toEqual([4]);
  expect(await read(8, { lines: 9, characters: 1 })).toEqual([]);
});

test("runs are listed newest first, page by page, and those that were left are interrupted", async () => {
  const store = memoryStore();
  for (const id of ["a", "b", "c"]) await store.create(newRun(id));
  const first = await store.list(RunQuery.parse({ limit: 2 }));
  expect(first).toMatchObject({ total: 3, next: "b", runs: [{ id: "c" }, { id: "b" }] });
  const rest = await store.list(RunQuery.parse({ limit: 2, before: "b" }));
  expect(rest).toMatchObject({ total: 3, next: null, runs: [{ id: "a" }] });
  await store.interruptOpenRuns();
  expect((await store.get("a"))?.status).toBe("interrupted");
});
