import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunSpec } from "../protocol/runs.ts";
import { LiveLog } from "../runs/live-log.ts";
import { NO_PROGRESS } from "../runs/progress.ts";
import type { LogLine, RunStore } from "../runs/run-store.ts";
import { EventStreams } from "./event-stream.ts";
import { DEFAULT_LIMITS } from "./settings.ts";
import type { RunningServer } from "./start-server.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import {
  follow,
  getRun,
  rawRequest,
  readAll,
  readLog,
  type SeenEvent,
  specOf,
  startRun,
  startTestServer,
  testFolder,
} from "./test-server.ts";

const folder = testFolder();
let server: RunningServer;
let url: string;

beforeAll(async () => {
  server = await startTestServer(folder);
  url = server.url;
}, 60_000);
afterAll(async () => {
  await server.close();
  folder.remove();
});

function seqs(events: readonly SeenEvent[]): number[] {
  return events.map(({ seq }) => seq);
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, seq) => seq);
}

/** Follows a run over connections that are cut after so many messages each. */
async function followWithCuts(id: string, cuts: readonly number[]): Promise<SeenEvent[]> {
  const events: SeenEvent[] = [];
  for (const messages of [...cuts, Number.POSITIVE_INFINITY]) {
    const cut = new AbortController();
    const lastEventId = events.at(-1)?.seq;
    const options = { signal: cut.signal, ...(lastEventId !== undefined && { lastEventId }) };
    let seen = 0;
    for await (const { event, id: last, data } of follow(url, id, options)) {
      if (event === "end") return events;
      const batch = JSON.parse(data) as SeenEvent[];
      expect(Number(last)).toBe(batch.at(-1)?.seq);
      expect(batch.length).toBeLessThanOrEqual(200);
      events.push(...batch);
      if (++seen > messages) break;
    }
    cut.abort();
  }
  throw new Error("unreachable: the last connection is never cut");
}

test("R1: reconnecting at any points with Last-Event-ID yields the whole log once, in order, also of a live run", async () => {
  const anyCuts = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 });
  const anyRun = fc.record({
    readers: fc.array(anyCuts, { minLength: 1, maxLength: 4 }),
    seed: fc.nat(1000),
    policy: fc.constantFrom("scripted", "scripted-slow"),
    strategy: fc.constantFrom(
      { name: "beam", n: 16 } as const,
      { name: "majority", n: 128 } as const,
      { name: "bestOfN", n: 64 } as const,
    ),
  });
  await fc.assert(
    fc.asyncProperty(anyRun, async ({ readers, ...spec }) => {
      const { id } = await startRun(url, spec);
      const live = await Promise.all(readers.map((cuts) => followWithCuts(id, cuts)));
      const log = await readLog(url, id);
      expect(seqs(log)).toEqual(upTo(log.length));
      expect(log.at(-1)?.type).toBe("finished");
      for (const events of live) expect(events).toEqual(log);
      for (const cuts of readers) expect(await followWithCuts(id, cuts)).toEqual(log);
    }),
    { numRuns: 8 },
  );
});

test("a reader may name its place in the header or in the query; the header is the later word", async () => {
  const { id } = await startRun(url);
  const { events, ending } = await readAll(url, id);
  expect(ending).toBe("finished");
  const last = events.length - 1;
  for (const [options, from] of [
    [{ query: "?after=-1" }, 0],
    [{ query: "?after=10" }, 11],
    [{ lastEventId: 10 }, 11],
    [{ query: "?after=3", lastEventId: 20 }, 21],
    [{ lastEventId: last }, last + 1],
  ] as const) {
    expect((await readAll(url, id, options)).events).toEqual(events.slice(from));
  }
});

test("a place that the log has not reached, or that is none, is refused", async () => {
  const { id } = await startRun(url, { strategy: { name: "greedy" } });
  await readAll(url, id);
  const ask = (query: string) => fetch(`${url}/api/runs/${id}/events${query}`);
  const ahead = await ask("?after=99999");
  expect(ahead.status).toBe(409);
  expect(await ahead.text()).toContain("before 99999");
  for (const query of ["?after=x", "?after=-2", "?after=1.5", "?after=", "?before=3"]) {
    expect((await ask(query)).status).toBe(422);
  }
  const header = await fetch(`${url}/api/runs/${id}/events`, { headers: { "last-event-id": "x" } });
  expect(header.status).toBe(422);
  expect((await fetch(`${url}/api/runs/nobody/events`)).status).toBe(404);
});

test("the head of a stream keeps it from being kept, gathered or compressed, and says when to come back", async () => {
  const { id } = await startRun(url, { strategy: { name: "greedy" } });
  const response = await fetch(`${url}/api/runs/${id}/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(await response.text()).toMatch(/^retry: 1000\n\n/);
});

test("a quiet stream gives signs of life", async () => {
  const quiet = testFolder();
  const other = await startTestServer(quiet, { heartbeatMs: 20 });
  try {
    const { id } = await startRun(other.url, { paused: true });
    const response = await fetch(`${other.url}/api/runs/${id}/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("\n: \n\n: \n\n")) text += (await reader.read()).value;
    await reader.cancel();
  } finally {
    await other.close();
    quiet.remove();
  }
});

/** A connection that asks for a stream and takes no byte of it. */
function deafReader(target: string, id: string): Promise<unknown> {
  const { hostname, port, host } = new URL(target);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  socket.pause();
  socket.write(`GET /api/runs/${id}/events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return once(socket, "connect");
}

test("deaf readers do not hold up a search or other readers, and are let go after a while", async () => {
  const noisy = testFolder();
  await writeLongRun(noisy.data, "long");
  const other = await startTestServer(noisy, { stallMs: 1_500 });
  try {
    await Promise.all(Array.from({ length: 20 }, () => deafReader(other.url, "long")));
    await until(async () => (await readers(other.url)) === 20);
    const { id } = await startRun(other.url);
    await readAll(other.url, id);
    expect((await readAll(other.url, "long")).events.length).toBe(LONG);
    await until(async () => (await readers(other.url)) === 0);
  } finally {
    await other.close();
    noisy.remove();
  }
});

/** Events of a log that is larger than what the system keeps for a connection. */
const LONG = 60_000;

async function writeLongRun(data: string, id: string): Promise<void> {
  mkdirSync(data);
  const store = await openSqliteStore(data);
  const spec = RunSpec.parse(specOf());
  const problem = { family: null, text: spec.problem, level: null };
  const policy = { name: "scripted", revision: "1" };
  const createdAt = new Date(0).toISOString();
  await store.create({ id, createdAt, spec, problem, policy, verifier: null });
  const text = "x".repeat(400);
  const lines = upTo(LONG).map((seq) => ({
    ...{ seq, type: "note", t: seq },
    data: JSON.stringify({ seq, type: "note", text }),
  }));
  await store.append(id, lines, { ...NO_PROGRESS, status: "finished" });
  await store.close();
}

/** A response whose reader takes one write at a time, when it is told to. */
class SlowResponse extends Writable {
  readonly taken: string[] = [];
  /** Messages that were written and not yet taken. */
  kept = 0;
  pending: (() => void) | null = null;

  constructor() {
    super({ highWaterMark: 1 });
  }

  writeHead() {
    return this as never;
  }

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.taken.push(chunk.toString());
    this.pending = () => {
      this.pending = null;
      this.kept--;
      done();
    };
  }

  override write(...message: unknown[]): boolean {
    this.kept++;
    return Reflect.apply(super.write, this, message) as boolean;
  }
}

/** A store in memory of one log, all of it durable. */
function logStore(lines: LogLine[]) {
  return {
    readAfter: async (_: string, after: number, limits: { lines: number }) =>
      lines.slice(after + 1, after + 1 + limits.lines),
  } as Pick<RunStore, "readAfter"> as RunStore;
}

function linesFrom(first: number, count: number): LogLine[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ seq: first + i, type: "note", t: 0 },
    data: JSON.stringify({ seq: first + i }),
  }));
}

test("R4: whatever a reader's pace, it gets every event once, and never is more than one message kept for it", async () => {
  const anyStory = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ publish: fc.integer({ min: 1, max: 30 }) }) },
      { weight: 2, arbitrary: fc.constant({ take: true }) },
      { weight: 1, arbitrary: fc.constant({ wait: true }) },
    ),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(anyStory, fc.integer({ min: -1, max: 40 }), async (story, after) => {
      const stored: LogLine[] = [];
      const log = new LiveLog();
      const out = new SlowResponse();
      const publish = (lines: LogLine[]) => {
        stored.push(...lines);
        log.publish(lines);
      };
      publish(linesFrom(0, after + 2));
      const streams = new EventStreams(logStore(stored), DEFAULT_LIMITS);
      const ending = async () => ({ status: "finished" });
      const serving = streams.serve(out, { run: "run", after, log, ending, headers: {} });
      const settle = async () => {
        for (let i = 0; i < 5; i++) await setImmediate();
        // What is being taken, and the first message behind the head of the stream.
        expect(out.kept).toBeLessThanOrEqual(out.taken.length === 1 ? 2 : 1);
      };
      for (const act of story) {
        if ("publish" in act) publish(linesFrom(stored.length, act.publish));
        else if ("take" in act) out.pending?.();
        else await settle();
      }
      await settle();
      log.end("complete");
      while (!out.writableFinished) {
        await setImmediate();
        out.pending?.();
      }
      await serving;
      const seen = out.taken
        .filter((message) => message.startsWith("id: "))
        .flatMap((message) => JSON.parse(message.slice(message.indexOf("data: ") + 6)));
      expect(seen.map(({ seq }) => seq)).toEqual(upTo(stored.length).slice(after + 1));
      expect(out.taken.at(-1)).toContain("event: end");
    }),
    { numRuns: 200 },
  );
});

test("a reader that takes nothing while the log goes far ahead is let go before its time", async () => {
  const stored = linesFrom(0, 1);
  const log = new LiveLog();
  log.publish(stored);
  const out = new SlowResponse();
  const streams = new EventStreams(logStore(stored), { ...DEFAULT_LIMITS, behind: 100 });
  const ending = () => Promise.reject(new Error("the log has not ended"));
  const serving = streams.serve(out, { run: "run", after: -1, log, ending, headers: {} });
  await setImmediate();
  log.publish(linesFrom(1, 100));
  await setImmediate();
  expect(streams.count).toBe(1);
  log.publish(linesFrom(101, 1));
  await serving;
  expect(out.destroyed).toBe(true);
  expect(streams.count).toBe(0);
  expect(out.taken.length).toBe(1);
});

test("there is room for so many readers; one more is told to come back, and may when one has left", async () => {
  const small = testFolder();
  const other = await startTestServer(small, { readers: 2 });
  try {
    const { id } = await startRun(other.url, { paused: true });
    const leave = new AbortController();
    const open = () => fetch(`${other.url}/api/runs/${id}/events`, { signal: leave.signal });
    await open();
    await open();
    const third = await fetch(`${other.url}/api/runs/${id}/events`);
    expect(third.status).toBe(503);
    expect(third.headers.get("content-type")).toContain("application/problem+json");
    leave.abort();
    await until(async () => (await readers(other.url)) === 0);
    expect((await rawRequest(`${other.url}/api/runs/${id}/events`)).status).toBe(200);
  } finally {
    await other.close();
    small.remove();
  }
});

test("an interrupted run's stream gives what is there, and ends saying so", async () => {
  const kept = testFolder();
  const first = await startTestServer(kept);
  const { id } = await startRun(first.url, { policy: "scripted-slow" });
  const seen: SeenEvent[] = [];
  for await (const { data } of follow(first.url, id)) {
    seen.push(...(JSON.parse(data) as SeenEvent[]));
    if (seen.length > 20) break;
  }
  await first.close();

  const second = await startTestServer(kept);
  try {
    const { events, ending } = await readAll(second.url, id);
    expect(ending).toBe("interrupted");
    expect(events.slice(0, seen.length)).toEqual(seen);
    expect(seqs(events)).toEqual(upTo(events.length));
    expect(await readLog(second.url, id)).toEqual(events);
    expect(await getRun(second.url, id)).toMatchObject({
      status: "interrupted",
      lastSeq: events.length - 1,
    });
  } finally {
    await second.close();
    kept.remove();
  }
});

async function readers(target: string): Promise<number> {
  const health = (await (await fetch(`${target}/api/health`)).json()) as { readers: number };
  return health.readers;
}

/** Asks until it is so; the test's time limit is the only other end. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { interval: 10, timeout: 20_000 }).toBe(true);
}
