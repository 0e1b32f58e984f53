import { parseBatch } from "../../protocol/wire.ts";
import { apiError } from "./answer-error.ts";
import type { LogPiece, LogStart } from "./backend.ts";
import { readSse } from "./read-sse.ts";

/** The server sends a heartbeat every 15 s; after this much silence it is gone, ms. */
const SILENCE_MS = 40_000;

/**
 * A log over server-sent events, from a seq on. Rejects with an `ApiError` if there
 * is none to be had. Reading throws a `WireError` for what is no event.
 */
export async function openEventStream(
  path: string,
  { after, signal, fetch }: LogStart & { readonly fetch: typeof globalThis.fetch },
): Promise<AsyncIterable<LogPiece>> {
  const silence = silenceAlarm(SILENCE_MS);
  try {
    const response = await fetch(path, {
      headers: {
        accept: "text/event-stream",
        ...(after >= 0 && { "last-event-id": String(after) }),
      },
      cache: "no-store",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    if (!response.ok) throw await apiError(response);
    if (response.body === null) throw new TypeError("an answer without a body");
    return pieces(response.body, silence);
  } catch (error) {
    silence[Symbol.dispose]();
    throw error;
  }
}

async function* pieces(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  silence: ReturnType<typeof silenceAlarm>,
): AsyncGenerator<LogPiece, void, void> {
  using alarm = silence;
  for await (const { type, data } of readSse(body, alarm.reset)) {
    // While nobody listens there is no silence.
    alarm.stop();
    // The server's last message says that it has sent all there will be.
    if (type === "end") yield "end";
    if (type === "message") yield parseBatch(data);
    alarm.reset();
  }
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
  return { signal: controller.signal, stop, reset, [Symbol.dispose]: stop };
}
