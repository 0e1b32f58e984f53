import type { LogLine } from "./run-store.ts";

const UTF8 = new TextEncoder();

/** What is sent to a reader at once: some lines of a log that follow each other. */
export class Frame {
  readonly first: number;
  readonly last: number;
  /** The events as a JSON array. */
  readonly data: string;
  #bytes: Uint8Array | undefined;

  /** At least one line. */
  constructor(lines: readonly LogLine[]) {
    this.first = lines[0]!.seq;
    this.last = lines.at(-1)!.seq;
    this.data = `[${lines.map(({ data }) => data).join(",")}]`;
  }

  /** A message of server-sent events, encoded once for all readers. */
  get bytes(): Uint8Array {
    this.#bytes ??= UTF8.encode(`id: ${this.last}\ndata: ${this.data}\n\n`);
    return this.#bytes;
  }
}

/** What the newest frames of a run may take, in frames and in characters, whichever is less. */
const RECENT_FRAMES = 64;
const RECENT_LENGTH = 1 << 20;

/**
 * The end of a log that still grows: its last durable seq and its newest
 * frames, for readers that keep up. The others read the store.
 */
export class LiveLog {
  #lastSeq = -1;
  /** `null`: it goes on. */
  #ending: "complete" | "lost" | null = null;
  readonly #recent: Frame[] = [];
  #recentLength = 0;
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
    const frame = new Frame(lines);
    this.#lastSeq = frame.last;
    this.#recent.push(frame);
    this.#recentLength += frame.data.length;
    while (this.#recent.length > RECENT_FRAMES || this.#recentLength > RECENT_LENGTH) {
      this.#recentLength -= this.#recent.shift()!.data.length;
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
