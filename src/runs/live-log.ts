import type { LogLine } from "./run-store.ts";

/** What is sent to a reader at once: a message with a batch of events, encoded for all readers. */
export interface Frame {
  readonly first: number;
  readonly last: number;
  readonly bytes: Uint8Array;
}

const UTF8 = new TextEncoder();

/** The message with these lines, at least one. */
export function frameOf(lines: readonly LogLine[]): Frame {
  const { seq: first } = lines[0]!;
  const { seq: last } = lines.at(-1)!;
  const events = lines.map(({ data }) => data).join(",");
  return { first, last, bytes: UTF8.encode(`id: ${last}\ndata: [${events}]\n\n`) };
}

/** What the newest frames of a run may take, whichever is less. */
const RECENT_FRAMES = 64;
const RECENT_BYTES = 1 << 20;

/**
 * The end of a log that still grows: its last durable seq and its newest
 * frames, for readers that keep up. The others read the store.
 */
export class LiveLog {
  #lastSeq = -1;
  /** `null`: it goes on. */
  #ending: "complete" | "lost" | null = null;
  readonly #recent: Frame[] = [];
  #recentBytes = 0;
  readonly #readers = new Set<() => void>();

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** `lost`: what the search said cannot be stored, and the log does not go on. */
  get ending(): "complete" | "lost" | null {
    return this.#ending;
  }

  /** Shows lines that have just become durable. */
  publish(lines: readonly LogLine[]): void {
    const frame = frameOf(lines);
    this.#lastSeq = frame.last;
    this.#recent.push(frame);
    this.#recentBytes += frame.bytes.length;
    while (this.#recent.length > RECENT_FRAMES || this.#recentBytes > RECENT_BYTES) {
      this.#recentBytes -= this.#recent.shift()!.bytes.length;
    }
    this.#wakeAll();
  }

  end(ending: "complete" | "lost"): void {
    this.#ending = ending;
    this.#wakeAll();
  }

  /** The frame that begins after `seq`, if it is one of the newest. */
  frameAfter(seq: number): Frame | undefined {
    return this.#recent.findLast(({ first }) => first === seq + 1);
  }

  /** Has `wake` called after every change; gives the function that ends it. */
  watch(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => this.#readers.delete(wake);
  }

  #wakeAll(): void {
    for (const wake of this.#readers) wake();
  }
}
