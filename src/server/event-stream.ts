import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { framesAfter } from "../runs/frames-after.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import type { LiveLog } from "../runs/live-log.ts";
import type { LogLine, ReadLimits, RunStore } from "../runs/run-store.ts";
import type { Limits } from "./settings.ts";

/** How long a client waits before it connects again, ms. */
const RETRY_MS = 1_000;

/** What is read from the store at a time. */
const PORTION: ReadLimits = { lines: 200, characters: 64 << 10 };

const HEADERS = {
  "content-type": "text/event-stream",
  // Nothing in between may keep, gather or compress it.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Media type of a log as a file. */
export const NDJSON = "application/x-ndjson";

/** What is written to: a response, as far as it matters here. */
export type Outlet = Writable & Pick<ServerResponse, "writeHead">;

export interface Followed {
  readonly run: string;
  /** Seq of the last event that the reader has, −1 for none. */
  readonly after: number;
  /** `undefined`: the log does not grow any more. */
  readonly log: LiveLog | undefined;
  /** Called when the whole log was sent: the data of the last message. */
  readonly ending: () => Promise<object>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Connections that follow runs by server-sent events. Each is a cursor into
 * the log and holds one message at most: when it cannot take more, nothing is
 * gathered for it, and when it can, it goes on from the store.
 */
export class EventStreams {
  readonly #store: RunStore;
  readonly #limits: Limits;
  readonly #open = new Set<AbortController>();
  #turn: Promise<void> = Promise.resolve();

  constructor(store: RunStore, limits: Limits) {
    this.#store = store;
    this.#limits = limits;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Throws an `HttpProblem` 503 if there is no room for another reader. */
  admit(): void {
    if (this.#open.size < this.#limits.readers) return;
    throw new HttpProblem(
      503,
      `${this.#open.size} connections follow runs already; try again later.`,
    );
  }

  /** Sends the log from a seq on; ends when all of a log that has ended is sent, or when the reader is gone. */
  async serve(out: Outlet, followed: Followed): Promise<void> {
    const gone = new AbortController();
    const leave = () => gone.abort();
    out.on("close", leave);
    out.on("error", leave);
    this.#open.add(gone);
    const heartbeat = setInterval(() => {
      if (!out.writableNeedDrain) out.write(": \n\n");
    }, this.#limits.heartbeatMs);
    try {
      out.writeHead(200, { ...HEADERS, ...followed.headers });
      out.write(`retry: ${RETRY_MS}\n\n`);
      if (await this.#send(out, followed, gone)) {
        out.end(`event: end\ndata: ${JSON.stringify(await followed.ending())}\n\n`);
        await this.#taken(out, "finish", gone);
      }
    } finally {
      clearInterval(heartbeat);
      this.#open.delete(gone);
      if (!out.writableFinished) out.destroy();
    }
  }

  /** Sends what a log has after a seq as a file, an event a line, a portion at a time. */
  async sendFile(
    out: Outlet,
    { run, after, headers }: Pick<Followed, "run" | "after" | "headers">,
  ): Promise<void> {
    out.writeHead(200, { ...headers, "content-type": NDJSON, "cache-control": "no-store" });
    await pipeline(this.#portions(run, after), out);
  }

  /** Lets all readers go; they will ask again. */
  close(): void {
    for (const gone of this.#open) gone.abort();
  }

  /** Whether the reader got the whole of a log that has ended. */
  async #send(out: Outlet, { run, after, log }: Followed, gone: AbortController): Promise<boolean> {
    // Last seq of the log when the reader stopped taking.
    let blockedAt = Number.POSITIVE_INFINITY;
    const unwatch = log?.watch(() => {
      if (log.lastSeq - blockedAt > this.#limits.behind) gone.abort();
    });
    const stored = (cursor: number) => this.#readPortion(run, cursor);
    const frames = framesAfter({ after, log, stored, signal: gone.signal });
    try {
      for (;;) {
        const { done, value } = await frames.next();
        if (done) return value;
        if (out.write(value.bytes)) continue;
        blockedAt = log?.lastSeq ?? blockedAt;
        await this.#taken(out, "drain", gone);
        blockedAt = Number.POSITIVE_INFINITY;
      }
    } finally {
      unwatch?.();
      await frames.return(false);
    }
  }

  async *#portions(run: string, after: number): AsyncGenerator<string> {
    let cursor = after;
    for (;;) {
      const lines = await this.#readPortion(run, cursor);
      if (lines.length === 0) return;
      cursor = lines.at(-1)!.seq;
      yield lines.map(({ data }) => `${data}\n`).join("");
    }
  }

  /** Ends when the reader has taken what was written, or is gone because it did not in time. */
  async #taken(out: Outlet, event: "drain" | "finish", gone: AbortController): Promise<void> {
    const stalled = setTimeout(() => gone.abort(), this.#limits.stallMs);
    try {
      await once(out, event, { signal: gone.signal });
    } catch (error) {
      if (!gone.signal.aborted) throw error;
    } finally {
      clearTimeout(stalled);
    }
  }

  /** One portion of one reader at a time, and everything else in between: no number of readers holds up the rest. */
  async #readPortion(run: string, after: number): Promise<LogLine[]> {
    this.#turn = this.#turn.then(() => setImmediate());
    await this.#turn;
    return this.#store.readAfter(run, after, PORTION);
  }
}
