import type { HttpClock } from "./http-clock.ts";
import { readBody } from "./read-body.ts";
import { RequestWindow } from "./request-window.ts";
import { faultOfFetch, faultOfStatus, ServerFault } from "./server-fault.ts";

/** As the global one; a server puts one in its place that looks at addresses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ModelServerOptions {
  /** For messages. */
  readonly name: string;
  /** What paths are under, with or without a slash at its end. */
  readonly url: string;
  /** Sent as a bearer token, and nowhere else; taken out of every message. */
  readonly key: string | null;
  readonly fetch: Fetch;
  readonly clock: HttpClock;
  /** Longest that one request may take, ms. */
  readonly timeoutMs: number;
  readonly maxInFlight: number;
}

/** What is asked. */
export interface ServerRequest<T> {
  /** Under the server's URL, or beside its `/v1` if it begins with a slash: `chat/completions`, `/tokenize`. */
  readonly path: string;
  /** Sent as JSON by POST; without it the request is a GET. */
  readonly body?: object;
  /** Reads the reply; throws a `ServerFault` for one that it cannot use. */
  readonly read: (reply: unknown) => T;
}

export interface ServerReply<T> {
  readonly value: T;
  /** Attempts before this one that the server may have worked for, though no reply came. */
  readonly lost: number;
}

/** Attempts for which nobody worked, and for which somebody may have. */
const MOST_TRIES: Tries = { free: 6, costly: 2 };

/** Waits between attempts, ms: doubled each time, at most so long, unless the server says how long. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Longest that a server may ask to be left alone before it counts as an error, ms. */
const LONGEST_PAUSE = 120_000;

/** Why a request ends; errors in their place would be made for every one of them. */
const LATE = Symbol("late");
const DONE = Symbol("done");

/**
 * One server of models. Requests wait for a place in its window, are cut off
 * when they take too long, and are tried again when that can help: up to five
 * times where nothing was computed, once where something may have been, and the
 * reply says so, so that it is counted. Every failure is a `ServerFault` that
 * names the server and never its key.
 */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly window: RequestWindow;

  constructor(options: ModelServerOptions) {
    this.#options = options;
    this.window = new RequestWindow(options.maxInFlight, options.clock);
  }

  get name(): string {
    return this.#options.name;
  }

  get clock(): HttpClock {
    return this.#options.clock;
  }

  /** Rejects with a `ServerFault`, or with the signal's reason on abort. `beforeSending` can call it off until then. */
  async ask<T>(
    request: ServerRequest<T>,
    signal: AbortSignal,
    beforeSending: AbortSignal = signal,
  ): Promise<ServerReply<T>> {
    const tries = { free: 0, costly: 0 };
    const waiting = AbortSignal.any([signal, beforeSending]);
    for (;;) {
      const pass = await this.window.enter(waiting);
      const outcome = await this.#attempt(request, signal);
      if (!("fault" in outcome)) {
        this.window.leave(pass, "well");
        return { value: outcome.value, lost: tries.costly };
      }
      const { fault } = outcome;
      tries[fault.mayHaveCost ? "costly" : "free"]++;
      const wait = this.#waitAfter(fault, tries.free + tries.costly);
      const goesOn = fault.isPassing && wait <= LONGEST_PAUSE && isUnder(tries, MOST_TRIES);
      const rests = isOverload(fault);
      if (goesOn && rests) this.window.pause(wait);
      this.window.leave(pass, rests ? "overloaded" : "otherwise");
      signal.throwIfAborted();
      if (!goesOn) throw this.#told(fault, tries);
      if (!rests) await this.clock.sleep(wait, waiting);
    }
  }

  /** A reply, or what was wrong with it. Never rejects with anything else than defects of this program. */
  async #attempt<T>(
    request: ServerRequest<T>,
    signal: AbortSignal,
  ): Promise<{ readonly value: T } | { readonly fault: ServerFault }> {
    try {
      return { value: await this.#send(request, signal) };
    } catch (error) {
      if (error instanceof ServerFault) return { fault: error };
      if (signal.aborted) return { fault: faultOfFetch(error) };
      throw error;
    }
  }

  async #send<T>({ path, body, read }: ServerRequest<T>, signal: AbortSignal): Promise<T> {
    const { fetch, clock, timeoutMs, key, url } = this.#options;
    const stop = new AbortController();
    clock.sleep(timeoutMs, stop.signal).then(
      () => stop.abort(LATE),
      () => {},
    );
    try {
      const response = await fetch(urlUnder(url, path), {
        method: body === undefined ? "GET" : "POST",
        headers: {
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(key !== null && { authorization: `Bearer ${key}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: "manual",
        signal: AbortSignal.any([signal, stop.signal]),
      }).catch((error: unknown) => {
        throw faultOfFetch(error);
      });
      this.#heed(response.headers);
      // Servers repeat what they were sent, and a key must not get into a log by them.
      const text = this.#redacted(await readBody(response));
      if (!response.ok) throw faultOfStatus(response, text);
      return read(parseReply(text));
    } catch (error) {
      signal.throwIfAborted();
      if (stop.signal.reason !== LATE) throw error;
      throw new ServerFault("timeout", `gave no whole reply in ${timeoutMs / 1000} s`, {
        mayHaveCost: true,
      });
    } finally {
      stop.abort(DONE);
    }
  }

  /** Waits where the server says that the next request would be one too many. */
  #heed(headers: Headers): void {
    if (headers.get("x-ratelimit-remaining-requests") !== "0") return;
    const ms = readDuration(headers.get("x-ratelimit-reset-requests") ?? "");
    if (ms !== null) this.window.pause(Math.min(ms, LONGEST_PAUSE));
  }

  /** Full jitter (M. Brooker, "Exponential Backoff And Jitter", 2015); never sooner than the server says. */
  #waitAfter({ retryAfter }: ServerFault, attempt: number): number {
    const random = this.clock.random();
    const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
    return retryAfter === null ? most * random : retryAfter + FIRST_WAIT * random;
  }

  #told(fault: ServerFault, { free, costly }: Tries): ServerFault {
    const attempts = free + costly;
    const times = attempts > 1 ? `, after ${attempts} attempts` : "";
    const cost =
      costly > 1 ? `; it may have worked for ${costly} of them, which is counted nowhere` : "";
    const { fault: kind, isPassing, mayHaveCost, retryAfter, cause } = fault;
    return new ServerFault(kind, this.#redacted(`${this.name}: ${fault.message}${times}${cost}`), {
      ...{ isPassing, mayHaveCost, retryAfter, cause },
    });
  }

  #redacted(text: string): string {
    const { key } = this.#options;
    return key === null ? text : text.replaceAll(key, "•••");
  }
}

type Tries = Readonly<Record<"free" | "costly", number>>;

function isUnder(tries: Tries, most: Tries): boolean {
  return tries.free < most.free && tries.costly < most.costly;
}

function isOverload({ fault, retryAfter }: ServerFault): boolean {
  return fault === "rate_limited" || fault === "timeout" || retryAfter !== null;
}

function urlUnder(base: string, path: string): string {
  const root = base.replace(/\/+$/, "");
  return path.startsWith("/") ? root.replace(/\/v1$/, "") + path : `${root}/${path}`;
}

/** Where a value stands in JSON, and what Python writes there for what is no number. */
const NO_NUMBER = /[[:,]\s*-?(?:NaN|Infinity)\s*[,\]}]/;

function parseReply(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (NO_NUMBER.test(text)) {
      throw new ServerFault("bad_number", "sent NaN or Infinity in the place of a number", {
        ...{ mayHaveCost: true, cause },
      });
    }
    throw new ServerFault("garbage", `sent no JSON: ${JSON.stringify(text.slice(0, 80))}`, {
      ...{ isPassing: true, mayHaveCost: true, cause },
    });
  }
}

/** A duration as OpenAI's headers have it, `1m30s` or `250ms`, in ms; `null` if it is none. */
export function readDuration(text: string): number | null {
  const units = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return null;
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * units[unit as keyof typeof units], 0);
}
