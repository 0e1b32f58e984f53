import { type RunEvent, TERMINAL, type UnknownEvent } from "../../protocol/events.ts";
import { WireError } from "../../protocol/wire.ts";
import { ApiError, type Backend, backend } from "../backend/backend.ts";
import type { Connection } from "./view.ts";

/** First wait after a lost connection, ms; doubled with every failure in a row. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

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
  /** The backend's, unless told. */
  readonly openLog?: Backend["openLog"];
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1): spreads the retries of many pages. */
  readonly random?: () => number;
}

/**
 * Reads a run's events from its first one on, and goes on after a lost
 * connection where it was. Resolves when the log is
 * complete, when there is no point in trying again, or when `signal` aborts; it
 * never rejects for what a backend or a network does.
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
  { runId, signal, onEvents, openLog = backend().openLog }: FollowOptions,
  cursor: Cursor,
  report: (connection: Connection) => void,
): Promise<boolean> {
  const pieces = await openLog(runId, { after: cursor.seq, signal });
  report({ state: "live" });

  for await (const piece of pieces) {
    if (signal.aborted) return false;
    if (piece === "end") return true;
    const events = piece.filter(({ seq }) => seq > cursor.seq);
    const last = events.at(-1);
    if (last === undefined) continue;
    cursor.seq = last.seq;
    cursor.failures = 0;
    await onEvents(events);
    if (TERMINAL.has(last.type)) return true;
  }
  return false;
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

function delay(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
