import { NO_USE, type Use } from "../protocol/budget.ts";
import { EVENT_VERSION, type Fact, type RunEvent } from "../protocol/events.ts";
import type { Fault } from "../protocol/faults.ts";
import type { Gate } from "./gate.ts";
import { ModelError } from "./ports.ts";

interface RecordOptions {
  /** Id of the run. */
  run: string;
  /** ms since the run began. */
  clock: () => number;
  /** The one that the search has. */
  signal: AbortSignal;
  /** Where a person may pause it. */
  gate?: Gate;
}

/**
 * Makes a run's log of a search's facts: numbered from 0, stamped, and ended in
 * `finished`, `failed` or `cancelled`, whatever happens. Asks for the next fact
 * when the reader has taken the last event, so a reader that waits halts the
 * search.
 *
 * `use` in `failed` and `cancelled` is what the log had stated until then: what
 * a model spent on an ask that it never answered is not in it.
 */
export async function* record(
  facts: AsyncIterable<Fact>,
  { run, clock, signal, gate }: RecordOptions,
): AsyncGenerator<RunEvent, void, void> {
  let seq = 0;
  let use: Use = NO_USE;
  const stamp = (fact: Fact): RunEvent => {
    const base = { v: EVENT_VERSION, run, seq: seq++, t: toMicrosecond(clock()) };
    if (!("use" in fact)) return { ...base, ...fact };
    use = { ...fact.use, ms: toMicrosecond(fact.use.ms) };
    return { ...base, ...fact, use };
  };
  try {
    for await (const fact of facts) {
      if (gate) for await (const steering of gate.pass(fact, signal)) yield stamp(steering);
      if (fact.type !== "started") signal.throwIfAborted();
      yield stamp(fact);
    }
  } catch (error) {
    // The one place where a search's errors end.
    if (signal.aborted) yield stamp({ type: "cancelled", by: messageOf(signal.reason), use });
    else yield stamp({ type: "failed", error: messageOf(error), ...faultOf(error), use });
  }
}

/** An event without what depends on the clock or names the run: equal for the same seed. */
export function comparable(event: RunEvent): object {
  const { t: _t, run: _run, ...rest } = event;
  if (!("use" in rest)) return rest;
  const { ms: _ms, ...use } = rest.use;
  return { ...rest, use };
}

/** Digits beyond are noise of the clock, and cost a reader memory. */
function toMicrosecond(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function faultOf(error: unknown): { fault?: Fault } {
  return error instanceof ModelError && error.fault !== null ? { fault: error.fault } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
