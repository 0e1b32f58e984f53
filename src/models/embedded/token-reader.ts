import type { Decoder } from "./engine.ts";
import type { SequenceId } from "./sequences.ts";
import type { EarlierTurn } from "./vocabulary.ts";

/** Tokens that a sequence has still to read; at least one. */
export interface Reading {
  readonly sequence: SequenceId;
  readonly tokens: readonly number[];
}

/** What `start` makes of every item; if it throws, the sequences of those before are freed. */
export function startAll<T, R extends { readonly sequence: SequenceId }>(
  engine: Decoder,
  items: readonly T[],
  start: (item: T) => R,
): R[] {
  const started: R[] = [];
  try {
    for (const item of items) started.push(start(item));
    return started;
  } catch (error) {
    for (const { sequence } of started) engine.free(sequence);
    throw error;
  }
}

/** Throws a `RangeError` with both numbers if so many tokens are more than a model with this context can read. */
export function requireContext(
  tokens: number,
  { context, earlier }: { readonly context: number; readonly earlier: readonly EarlierTurn[] },
): void {
  if (tokens <= context) return;
  const what = earlier.length === 0 ? "problem and steps" : "earlier turns, problem and steps";
  throw new RangeError(`${tokens} tokens of ${what}; its context is ${context}`);
}

/** Floating-point operations between two breaths: about 5 to 8 ms of one core. */
const WORK_PER_BREATH = 1e8;

/**
 * Counts rows and lets the host's event loop run after every few milliseconds
 * of them. Counted in work, not by the clock, so that nothing depends on time.
 */
export class Pacer {
  readonly #flopsPerRow: number;
  readonly #breathe: () => Promise<void>;
  #work = 0;

  constructor(flopsPerRow: number, breathe: () => Promise<void>) {
    this.#flopsPerRow = flopsPerRow;
    this.#breathe = breathe;
  }

  /** To be awaited after `rows` rows of work. Rejects with `signal.reason` on abort. */
  async pace(rows: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#work += rows * this.#flopsPerRow;
    if (this.#work < WORK_PER_BREATH) return;
    this.#work = 0;
    await this.#breathe();
    signal.throwIfAborted();
  }
}

/**
 * Lets sequences read, as many rows at a time as the engine takes. `visit` is
 * called for every token read, or the last of each reading, while the engine
 * still holds the row's `hidden(row)` and `logits(slot)`.
 */
export async function readTokens(
  engine: Decoder,
  readings: readonly Reading[],
  {
    every,
    visit,
    pacer,
    signal,
  }: {
    readonly every: "token" | "reading";
    readonly visit: (at: Visit) => void;
    readonly pacer: Pacer;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const rows = readings.flatMap(({ sequence, tokens }, reading) =>
    tokens.map((token, position) => ({ sequence, token, reading, position })),
  );
  for (let start = 0; start < rows.length; start += engine.maxRows) {
    const chunk = rows.slice(start, start + engine.maxRows);
    const wanted = [...chunk.keys()].filter((row) => {
      const { reading, position } = chunk[row]!;
      return every === "token" || position === readings[reading]!.tokens.length - 1;
    });
    engine.extend(
      chunk.map(({ sequence }) => sequence),
      chunk.map(({ token }) => token),
      wanted,
    );
    for (const [slot, row] of wanted.entries()) visit({ ...chunk[row]!, slot, row });
    await pacer.pace(chunk.length, signal);
  }
}

/** A token that was just read: its place in the readings and in the engine. */
export interface Visit {
  /** Index into the readings. */
  readonly reading: number;
  /** Index into the reading's tokens. */
  readonly position: number;
  readonly token: number;
  readonly slot: number;
  readonly row: number;
}
