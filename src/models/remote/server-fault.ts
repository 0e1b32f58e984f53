import type { Fault } from "../../protocol/faults.ts";
import { ModelError } from "../../search/ports.ts";

/** What a server did wrong, and what that may have cost. */
export class ServerFault extends ModelError {
  declare readonly fault: Fault;
  /** Whether it may be asked again. */
  readonly isPassing: boolean;
  /** Whether the server may have worked, and charged, for it. */
  readonly mayHaveCost: boolean;
  /** How long it wants to be left alone, ms. */
  readonly retryAfter: number | null;

  constructor(
    fault: Fault,
    message: string,
    { isPassing = false, mayHaveCost = false, retryAfter = null, cause }: FaultOptions = {},
  ) {
    super(message, { fault, cause });
    this.isPassing = isPassing;
    this.mayHaveCost = mayHaveCost;
    this.retryAfter = retryAfter;
  }
}

interface FaultOptions {
  readonly isPassing?: boolean;
  readonly mayHaveCost?: boolean;
  readonly retryAfter?: number | null;
  readonly cause?: unknown;
}

/** Codes of Node for a connection that was never made: nobody has worked for it. */
const UNCONNECTED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The fault of a request that `fetch` gave no response to. */
export function faultOfFetch(error: unknown): ServerFault {
  if (error instanceof ServerFault) return error;
  const code = codeOf(error);
  const why = code ?? (error instanceof Error ? error.message : String(error));
  if (code !== null && UNCONNECTED.has(code)) {
    return new ServerFault("unreachable", `cannot be reached (${why})`, {
      ...{ isPassing: true, cause: error },
    });
  }
  return new ServerFault("reset", `the connection was lost before the reply (${why})`, {
    ...{ isPassing: true, mayHaveCost: true, cause: error },
  });
}

function codeOf(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ("code" in each && typeof each.code === "string") return each.code;
  }
  return null;
}

/** The fault that a status is, and what the server says about it. */
export function faultOfStatus(
  { status, headers }: Response,
  body: string,
  now: number = Date.now(),
): ServerFault {
  const said = messageIn(body);
  const words = `answered ${status}${said === "" ? "" : `: ${said}`}`;
  const retryAfter = readRetryAfter(headers, now);
  // These mean that it did not begin to work.
  if (status === 429)
    return new ServerFault("rate_limited", words, { isPassing: true, retryAfter });
  if (status === 503 || status === 529 || status === 408 || status === 425) {
    return new ServerFault("server_error", words, { isPassing: true, retryAfter });
  }
  if (status >= 500) {
    return new ServerFault("server_error", words, {
      ...{ isPassing: true, mayHaveCost: true, retryAfter },
    });
  }
  if (status >= 300 && status < 400) {
    const to = headers.get("location") ?? "nowhere";
    return new ServerFault("redirected", `points to ${to}, and is not followed there`);
  }
  return new ServerFault("refused", words);
}

/** Longest that a message of a server is told on, in characters. */
const LONGEST_MESSAGE = 300;

/** What a server says in one of the usual shapes of errors, or its text. */
function messageIn(body: string): string {
  return (messageOf(body) ?? body).replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_MESSAGE);
}

function messageOf(body: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  for (const place of [["error", "message"], ["error"], ["message"], ["detail"]]) {
    const found = place.reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
      json,
    );
    if (typeof found === "string") return found;
  }
  return null;
}

/** `Retry-After` (RFC 9110, 10.2.3: seconds or a date), or OpenAI's `retry-after-ms`, in ms. */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const ms = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (ms >= 0) return ms;
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = Number(text);
  if (text.trim() !== "" && seconds >= 0) return seconds * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
