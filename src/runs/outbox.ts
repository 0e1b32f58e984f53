import type { RunEvent } from "../protocol/events.ts";
import { advance, NO_PROGRESS } from "./progress.ts";
import { type LogLine, lineOf, type Progress } from "./run-store.ts";

/** Events of one run that are stored, sent and drawn together. */
export interface Batch {
  readonly run: string;
  readonly lines: readonly LogLine[];
  readonly progress: Progress;
}

/** A batch is sent when it has so many events, or when its first one is so old. */
const BATCH_EVENTS = 200;
const BATCH_MS = 16;

/** Events of a run that may be on their way to the disk; then the search waits. */
const MAX_UNSTORED = 2_000;

/** Gathers a run's events into batches, and says when the store cannot keep up with them. */
export class Outbox {
  readonly #run: string;
  readonly #post: (batch: Batch) => void;
  #lines: LogLine[] = [];
  #progress = NO_PROGRESS;
  #firstAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pushed = -1;
  #stored = -1;
  #wake = () => {};

  constructor(run: string, post: (batch: Batch) => void) {
    this.#run = run;
    this.#post = post;
  }

  push(event: RunEvent): void {
    const now = performance.now();
    if (this.#lines.length === 0) {
      this.#firstAt = now;
      this.#timer = setTimeout(() => this.flush(), BATCH_MS);
    }
    this.#lines.push(lineOf(event));
    this.#progress = advance(this.#progress, event);
    this.#pushed = event.seq;
    // The timer is late as long as a model computes.
    if (this.#lines.length === BATCH_EVENTS || now - this.#firstAt >= BATCH_MS) this.flush();
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (this.#lines.length === 0) return;
    this.#post({ run: this.#run, lines: this.#lines, progress: this.#progress });
    this.#lines = [];
  }

  /** Takes note that everything up to `seq` is stored. */
  stored(seq: number): void {
    this.#stored = seq;
    this.#wake();
  }

  /** Ends when there is room for another event. One caller at a time. */
  async room(): Promise<void> {
    while (this.#pushed - this.#stored >= MAX_UNSTORED) {
      this.flush();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
