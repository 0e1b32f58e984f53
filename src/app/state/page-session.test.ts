import { beforeEach, expect, test } from "vitest";
import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import { randomLog } from "../../protocol/random-log.ts";
import { writeBatch, writeLine } from "../../protocol/wire.ts";
import { serverBackend } from "../backend/server-backend.ts";
import { closeSession, currentSession, openSession, selectWhenKnown } from "./page-session.ts";
import { useView } from "./view.ts";

type Log = readonly (RunEvent | UnknownEvent)[];

const LOGS: Record<string, Log> = {
  a: [...randomLog({ seed: 1, nodes: 40, shape: "bushy" })],
  b: [...randomLog({ seed: 2, nodes: 25, shape: "chain" })],
};

/** A server that sends what a test lets it, and a screen that shows frames when a test says so. */
function surroundings() {
  const frames: ((time: number) => void)[] = [];
  const streams = new Map<string, ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>>();
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    signals.push(init?.signal);
    const run = String(input).split("/").at(-2)!;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        streams.set(run, controller);
      },
    });
    return new Response(body);
  };
  return {
    signals,
    outside: {
      openLog: serverBackend({ fetch }).openLog,
      requestFrame: (callback: (time: number) => void) => frames.push(callback),
    },
    /** Sends events of a run, also on a stream that nobody should read any more. */
    async send(run: string, from: number, to: number): Promise<void> {
      const text = `data: ${writeBatch(LOGS[run]!.slice(from, to).map(writeLine))}\n\n`;
      streams.get(run)!.enqueue(new TextEncoder().encode(text));
      await settled();
    },
    show(): void {
      for (const frame of frames.splice(0)) frame(0);
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
async function settled(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  closeSession();
  return () => closeSession();
});

test("V6: nothing of a run reaches the page once another is open", async () => {
  const { outside, send, show, signals } = surroundings();
  openSession("a", { from: "newest" }, outside);
  await settled();
  await send("a", 0, 10);
  show();
  expect(useView.getState()).toMatchObject({ runId: "a", at: 9 });
  await send("a", 10, 20);

  const seen: (string | null)[] = [];
  openSession("b", { from: "newest" }, outside);
  const unsubscribe = useView.subscribe((view) => seen.push(view.runId));
  expect(signals[0]?.aborted).toBe(true);
  await settled();
  await send("b", 0, 5);
  await send("a", 20, 30).catch(() => {});
  show();
  const { runId, at, tree } = useView.getState();
  expect({ runId, at, seq: tree.seq }).toEqual({ runId: "b", at: 4, seq: 4 });
  expect(new Set(seen)).toEqual(new Set(["b"]));
  unsubscribe();
});

test("opening the same run again starts from its first event", async () => {
  const { outside, send, show } = surroundings();
  openSession("a", { from: "newest" }, outside);
  await settled();
  await send("a", 0, 10);
  openSession("a", { from: "newest" }, outside);
  await settled();
  show();
  expect(useView.getState().tree.seq).toBe(-1);
  await send("a", 0, 7);
  show();
  expect(useView.getState().tree.seq).toBe(6);
});

test("a node that a link names is selected as soon as it is announced", async () => {
  const { outside, send, show } = surroundings();
  openSession("a", { from: "newest" }, outside);
  selectWhenKnown(8);
  await settled();
  await send("a", 0, 4);
  show();
  expect(useView.getState().selected).toBeNull();
  show();
  await send("a", 4, LOGS["a"]!.length);
  show();
  expect(useView.getState().selected).toBe(8);
});

test("a selection of one's own is not replaced by one that a link named before", async () => {
  const { outside, send, show } = surroundings();
  openSession("a", { from: "newest" }, outside);
  await settled();
  await send("a", 0, 6);
  show();
  selectWhenKnown(39);
  selectWhenKnown(0);
  await send("a", 6, LOGS["a"]!.length);
  show();
  expect(useView.getState().selected).toBe(0);
});

test("a closed run leaves nothing but theme, speed and colours", async () => {
  const { outside, send, show } = surroundings();
  useView.setState({ theme: "dark", speed: 4, domain: [0.5, 1] });
  openSession("a", { from: "newest" }, outside);
  await settled();
  await send("a", 0, 6);
  show();
  closeSession();
  show();
  expect(currentSession()).toBeNull();
  expect(useView.getState()).toMatchObject({
    ...{ runId: null, selected: null, at: -1, connection: { state: "idle" } },
    ...{ theme: "dark", speed: 4, domain: [0.5, 1] },
  });
  useView.setState(useView.getInitialState());
});
