import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog } from "../../protocol/random-log.ts";
import { writeBatch, writeLine } from "../../protocol/wire.ts";
import { streamOf } from "../backend/byte-stream.ts";
import { serverBackend } from "../backend/server-backend.ts";
import { followRun } from "./follow-run.ts";
import type { Connection } from "./view.ts";

type Log = readonly (RunEvent | UnknownEvent)[];

/** What a server does with one connection. */
interface Fault {
  /** Share of the bytes that still arrive before the connection is lost. */
  readonly share: number;
  readonly batch: number;
  readonly cut: number;
  readonly refuse: boolean;
}

/** A server that has a log and loses connections as told; after that it is well. */
function serverOf(log: Log, faults: Fault[], asked: (string | null)[] = []): typeof fetch {
  return async (_input, init) => {
    const from = new Headers(init?.headers).get("last-event-id");
    asked.push(from);
    const fault = faults.shift();
    if (fault?.refuse) throw new TypeError("network");
    const rest = log.slice(Number(from ?? -1) + 1);
    const text = streamText(rest, fault?.batch ?? 50);
    const end = fault ? Math.floor(text.length * fault.share) : text.length;
    return new Response(streamOf(text.slice(0, end), [fault?.cut ?? 0]));
  };
}

function streamText(events: Log, batch: number): string {
  let text = "retry: 1000\n\n";
  for (let start = 0; start < events.length; start += batch) {
    const lines = events.slice(start, start + batch);
    text += `id: ${lines.at(-1)!.seq}\ndata: ${writeBatch(lines.map(writeLine))}\n\n`;
  }
  return `${text}event: end\ndata: {"status":"finished"}\n\n`;
}

async function follow(fetch: typeof globalThis.fetch, signal = new AbortController().signal) {
  const events: (RunEvent | UnknownEvent)[] = [];
  const connections: Connection[] = [];
  await followRun({
    runId: "run",
    signal,
    openLog: serverBackend({ fetch }).openLog,
    onEvents: (batch) => void events.push(...batch),
    onConnection: (connection) => connections.push(connection),
    wait: async () => {},
    random: () => 0.5,
  });
  return { events, connections };
}

const anyFault: fc.Arbitrary<Fault> = fc.record({
  share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  batch: fc.integer({ min: 1, max: 40 }),
  cut: fc.nat(5000),
  refuse: fc.boolean(),
});

test("R2: every event arrives exactly once and in order, wherever connections are lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 2, max: 60 }),
      fc.array(anyFault, { maxLength: 6 }),
      async (seed, nodes, faults) => {
        const log = [...randomLog({ seed, nodes, shape: "bushy" })];
        const { events, connections } = await follow(serverOf(log, [...faults]));
        expect(events.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
        expect(connections.at(-1)).toEqual({ state: "ended" });
      },
    ),
    { numRuns: 60 },
  );
});

test("events that a server sends again are not told again", async () => {
  const log = [...randomLog({ seed: 1, nodes: 20, shape: "bushy" })];
  const lossy = { share: 0.6, batch: 3, cut: 0, refuse: false };
  const inner = serverOf(log, [lossy]);
  // It starts over, whatever it is asked for.
  const forgetful: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete("last-event-id");
    return inner(input, { ...init, headers });
  };
  const { events } = await follow(forgetful);
  expect(events.map(({ seq }) => seq)).toEqual(log.map(({ seq }) => seq));
});

test("the first connection asks for everything, the next for what is missing", async () => {
  const log = [...randomLog({ seed: 1, nodes: 20, shape: "bushy" })];
  const asked: (string | null)[] = [];
  await follow(serverOf(log, [{ share: 0.6, batch: 1, cut: 0, refuse: false }], asked));
  expect(asked).toEqual([null, expect.stringMatching(/^\d+$/)]);
});

test("waits double with every failure in a row up to a limit, and are told", async () => {
  const log = [...randomLog({ seed: 1, nodes: 5, shape: "bushy" })];
  const refusals = Array.from({ length: 8 }, () => ({ share: 0, batch: 1, cut: 0, refuse: true }));
  const { connections } = await follow(serverOf(log, refusals));
  const waits = connections.flatMap((c) => (c.state === "retrying" ? [c.inMs] : []));
  expect(waits).toEqual([375, 750, 1500, 3000, 3750, 3750, 3750, 3750]);
});

test("a connection that brought events makes the next wait short again", async () => {
  const log = [...randomLog({ seed: 1, nodes: 20, shape: "bushy" })];
  const refused = { share: 0, batch: 1, cut: 0, refuse: true };
  const lost = { share: 0.5, batch: 1, cut: 0, refuse: false };
  const { connections } = await follow(serverOf(log, [refused, refused, lost, refused]));
  const attempts = connections.flatMap((c) => (c.state === "retrying" ? [c.attempt] : []));
  expect(attempts).toEqual([1, 2, 1, 2]);
});

test("a log that was interrupted ends where the server says that it ends", async () => {
  const log = [...randomLog({ seed: 1, nodes: 20, shape: "bushy" })].slice(0, 12);
  const { events, connections } = await follow(serverOf(log, []));
  expect(events).toHaveLength(12);
  expect(connections.at(-1)).toEqual({ state: "ended" });
});

test("a run that is not there is told once, in the server's words", async () => {
  const details = { type: "about:blank", title: "Not found", status: 404, detail: "No run x." };
  let asked = 0;
  const { connections } = await follow(async () => {
    asked++;
    return Response.json(details, { status: 404 });
  });
  expect(connections).toEqual([{ state: "failed", message: "No run x." }]);
  expect(asked).toBe(1);
});

test("a busy server is tried again", async () => {
  const log = [...randomLog({ seed: 1, nodes: 5, shape: "bushy" })];
  const well = serverOf(log, []);
  let asked = 0;
  const { events } = await follow((input, init) =>
    asked++ === 0 ? Promise.resolve(new Response("", { status: 503 })) : well(input, init),
  );
  expect(events).toHaveLength(log.length);
});

test("a message that is no event ends it, and says why", async () => {
  const { connections } = await follow(
    async () => new Response(streamOf('data: [{"type":"scored"}]\n\n')),
  );
  expect(connections.at(-1)).toMatchObject({
    state: "failed",
    message: expect.stringMatching(/scored/),
  });
});

test("nothing more is read before there is room for it", async () => {
  const log = [...randomLog({ seed: 1, nodes: 60, shape: "bushy" })];
  let batches = 0;
  let busy = 0;
  await followRun({
    runId: "run",
    signal: new AbortController().signal,
    openLog: serverBackend({ fetch: serverOf(log, []) }).openLog,
    onEvents: async () => {
      expect(busy).toBe(0);
      batches++;
      busy++;
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      busy--;
    },
    onConnection: () => {},
  });
  expect(batches).toBeGreaterThan(2);
});

test("after an abort nothing is told any more", async () => {
  const log = [...randomLog({ seed: 1, nodes: 200, shape: "bushy" })];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (after) => {
      const stop = new AbortController();
      const told: string[] = [];
      let batches = 0;
      let late = 0;
      const tell = (what: string) => {
        told.push(what);
        if (stop.signal.aborted) late++;
      };
      await followRun({
        runId: "run",
        signal: stop.signal,
        openLog: serverBackend({
          fetch: serverOf(log, [{ share: 0.99, batch: 4, cut: 0, refuse: false }]),
        }).openLog,
        onEvents: () => {
          tell("events");
          if (++batches === after) stop.abort();
          return undefined;
        },
        onConnection: ({ state }) => tell(state),
        wait: async () => {},
      });
      expect(late).toBe(0);
      expect(told.filter((what) => what === "events")).toHaveLength(after);
    }),
  );
});
