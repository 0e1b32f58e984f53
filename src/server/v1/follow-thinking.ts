import type { RunEvent } from "../../protocol/events.ts";
import type { RunSummary } from "../../protocol/runs.ts";
import type { Resources } from "../app.ts";
import { Thinking } from "./thinking.ts";
import type { Thought } from "./thinking-end.ts";

const PORTION = { lines: 200, characters: 64 << 10 };

/**
 * What there is to tell of a run, as its log grows, until its end. When
 * `signal` aborts the run is cancelled, which frees its models, and nothing more
 * is told.
 */
export async function* followThinking(
  { id }: Pick<RunSummary, "id">,
  { runs, store }: Pick<Resources, "runs" | "store">,
  signal: AbortSignal,
): AsyncGenerator<Thought, void, void> {
  const log = runs.logOf(id);
  let wake = () => {};
  const unwatch = log?.watch(() => wake());
  const leave = () => {
    // It may have ended by itself in the meantime.
    void runs.command(id, { command: "cancel" }).catch(() => undefined);
    wake();
  };
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  const thinking = new Thinking();
  let cursor = -1;
  try {
    while (!signal.aborted) {
      if (log && cursor >= log.lastSeq && log.ending === null) {
        // Nothing is awaited between the look and here, so no change can slip by.
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const lines = await store.readAfter(id, cursor, PORTION);
      if (lines.length === 0) return;
      cursor = lines.at(-1)!.seq;
      for (const { data } of lines) yield* thinking.hear(JSON.parse(data) as RunEvent);
    }
  } finally {
    unwatch?.();
    signal.removeEventListener("abort", leave);
  }
}
