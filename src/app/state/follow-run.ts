import { type RunEvent, TERMINAL, type UnknownEvent } from "../../protocol/events.ts";
import { parseBatch, WireError } from "../../protocol/wire.ts";
import { ApiError, apiError } from "./api.ts";
import { readSse } from "./read-sse.ts";
import type { Connection } from "./view.ts";

/** First wait after a lost connection, ms; doubled with every failure in a row. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;
/** The server sends a heartbeat every 15 s; after this much silence it is gone, ms. */
const SILENCE_MS = 40_000;

export interface FollowOptions {
  readonly runId: string;
  /** Stops it at once; nothing is reported afterwards. */
  readonly signal: AbortSignal;
  /**
   * Gets every event of the run exactly once, in the order of seq. If it returns a
   * promise, nothing more is read before that is settled.
   */
  readonly onEvents: (events: (RunEvent | UnknownEvent)[]) => Promise<void> | undefined;
  readonly onConnection: (connection: Connection) => void;
  readonly fetch?: typeof fetch;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1): spreads the retries of many pages. */
  readonly random?: () => number;
}

/**
 * Reads a run's events from its first one on, and goes on after a lost
 * connection where it was, with `Last-Event-ID`. Resolves when the log is
 * complete, when there is no point in trying again, or when `signal` aborts; it
 * never rejects for what a server or a network does.
 */
export async function followRun(options: FollowOptions): Promise<void> {
  const { signal, wait = delay, random = Math.random } = options;
  const report = (connection: Connection) => {
    if (!signal.aborted) options.onConnection(connection);
  };
  const cursor = { seq: -1, failures: 0 };
  while (!signal.aborted) {
    try {
      if (await readOnce(options, cursor, report)) {
        report({ state: "ended" });
        return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isHopeless(error)) {
        report({ state: "failed", message: (error as Error).message });
        return;
      }
    }
    const attempt = ++cursor.failures;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
    const inMs = Math.round(longest * (0.5 + random() / 2));
    report({ state: "retrying", attempt, inMs });
    await wait(inMs, signal);
  }
}

interface Cursor {
  /** Seq of the last event handed on. */
  seq: number;
  /** Failed connections in a row. */
  failures: number;
}

/** One connection. Resolves to whether the log is complete; rejects if it is lost. */
async function readOnce(
  options: FollowOptions,
  cursor: Cursor,
  report: (connection: Connection) => void,
): Promise<boolean> {
  const { signal, onEvents } = options;
  using silence = silenceAlarm(SILENCE_MS);
  const body = await openStream(options, cursor, AbortSignal.any([signal, silence.signal]));
  report({ state: "live" });

  for await (const { type, data } of readSse(body, silence.reset)) {
    if (signal.aborted) return false;
    // The server's last message says that it has sent all there will be.
    if (type === "end") return true;
    if (type !== "message") continue;
    const events = parseBatch(data).filter(({ seq }) => seq > cursor.seq);
    const last = events.at(-1);
    if (last === undefined) continue;
    cursor.seq = last.seq;
    cursor.failures = 0;
    const room = onEvents(events);
    if (room !== undefined) await silence.excuse(room);
    if (TERMINAL.has(last.type)) return true;
  }
  return false;
}

/** The events after the cursor. Rejects with an `ApiError` if there are none to be had. */
async function openStream(
  { runId, fetch = globalThis.fetch }: FollowOptions,
  cursor: Cursor,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await fetch(`/api/runs/${encodeURIComponent(runId)}/events`, {
    headers: {
      accept: "text/event-stream",
      ...(cursor.seq >= 0 && { "last-event-id": String(cursor.seq) }),
    },
    cache: "no-store",
    signal,
  });
  if (!response.ok) throw await apiError(response);
  if (response.body === null) throw new TypeError("an answer without a body");
  return response.body;
}

/** Whether trying again cannot help: the server said no, or says what nobody here understands. */
function isHopeless(error: unknown): boolean {
  if (error instanceof ApiError) {
    return (
      error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429
    );
  }
  return error instanceof WireError;
}

/** Aborts its signal once nothing was heard for so long. */
function silenceAlarm(ms: number) {
  const controller = new AbortController();
  const ring = () => controller.abort(new Error(`nothing was heard for ${ms} ms`));
  let timer = setTimeout(ring, ms);
  const stop = () => clearTimeout(timer);
  const reset = () => {
    stop();
    timer = setTimeout(ring, ms);
  };
  return {
    signal: controller.signal,
    reset,
    /** Until `pause` is over nobody listens: that is no silence. */
    excuse: async (pause: Promise<void>) => {
      stop();
      await pause;
      reset();
    },
    [Symbol.dispose]: stop,
  };
}

function delay(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
