import { Frame, type LiveLog } from "./live-log.ts";
import type { LogLine } from "./run-store.ts";

interface Reading {
  /** Seq of the last event that the reader has, −1 for none. */
  readonly after: number;
  /** `undefined`: the log does not grow any more. */
  readonly log: LiveLog | undefined;
  /** The next portion of lines after a seq in the store; empty where the log ends there. */
  readonly stored: (after: number) => Promise<readonly LogLine[]>;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/**
 * The frames of a log after a seq, and those to come: a cursor that looks for
 * the next frame only when it is asked for it. Returns whether the reader got
 * the whole of a log that has ended.
 */
export async function* framesAfter({
  after,
  log,
  stored,
  signal,
}: Reading): AsyncGenerator<Frame, boolean, void> {
  let cursor = after;
  let wake = () => {};
  const unwatch = log?.watch(() => wake());
  const leave = () => wake();
  signal.addEventListener("abort", leave);
  try {
    while (!signal.aborted) {
      if (log && cursor >= log.lastSeq) {
        if (log.ending !== null) return log.ending === "complete";
        // Nothing is awaited between the look and here, so no change can slip by.
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const frame = log?.frameAfter(cursor) ?? frameOf(await stored(cursor));
      if (frame === null) return true;
      cursor = frame.last;
      yield frame;
    }
    return false;
  } finally {
    unwatch?.();
    signal.removeEventListener("abort", leave);
  }
}

function frameOf(lines: readonly LogLine[]): Frame | null {
  return lines.length === 0 ? null : new Frame(lines);
}
