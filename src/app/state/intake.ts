import type { RunEvent, UnknownEvent } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

/**
 * Longest that events are folded at a time, and that they are read in between, ms:
 * the rest is left for drawing and for the user, however much waits.
 */
const SLICE_MS = 6;
/** The same where frames take long, so that a slow page does not fall behind ever more. */
const LONGEST_SLICE_MS = 12;
/** What part of the time from one folding to the next a slice may take then. */
const SHARE = 1 / 6;
/** Events that are folded before looking at the clock again. */
const STRIDE = 512;

/** Events on their way into a tree: taken as they come, folded in slices, no faster than frames allow. */
export class Intake {
  readonly #tree: Tree;
  readonly #now: () => number;
  /** Batches that are not folded, or not all of them: the first from `#folded` on. */
  #waiting: (RunEvent | UnknownEvent)[][] = [];
  #folded = 0;
  /** When the first events came since all were folded, and how long more of them are taken, ms. */
  #receivedAt: number | null = null;
  #slice = SLICE_MS;
  /** Frame in which was folded last. */
  #foldedAt = Number.POSITIVE_INFINITY;
  /** Lets go on who has brought more than a frame can take. */
  #makeRoom: PromiseWithResolvers<void> | null = null;
  #isClosed = false;

  /** `now` gives the time in ms, for measuring how long something took. */
  constructor(tree: Tree, now: () => number) {
    this.#tree = tree;
    this.#now = now;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * Takes the next events. Who brings them should wait for the promise, if there is
   * one, before the next: a frame can take no more.
   */
  receive(events: (RunEvent | UnknownEvent)[]): Promise<void> | undefined {
    this.#waiting.push(events);
    const now = this.#now();
    this.#receivedAt ??= now;
    if (now - this.#receivedAt < this.#slice || this.#isClosed) return undefined;
    this.#makeRoom ??= Promise.withResolvers<void>();
    return this.#makeRoom.promise;
  }

  /**
   * Folds what waits, or as much of it as fits into a slice, in the frame of that
   * time, ms. Throws a `TreeError` at an event that contradicts what came before; it
   * and all that waits is dropped then.
   */
  fold(time: number): void {
    const isBehind = this.#makeRoom !== null;
    const share = (time - this.#foldedAt) * SHARE;
    this.#slice = isBehind ? Math.min(Math.max(share, SLICE_MS), LONGEST_SLICE_MS) : SLICE_MS;
    this.#foldedAt = time;
    const end = this.#now() + this.#slice;
    try {
      while (this.#waiting.length > 0) {
        this.#foldSome(this.#waiting[0]!);
        if (this.#now() >= end) break;
      }
    } catch (error) {
      this.#waiting = [];
      throw error;
    } finally {
      if (this.isEmpty) this.#takeMore();
    }
  }

  /** Nobody has to wait any more. */
  close(): void {
    this.#isClosed = true;
    this.#makeRoom?.resolve();
  }

  #foldSome(batch: (RunEvent | UnknownEvent)[]): void {
    const end = this.#folded + STRIDE;
    this.#tree.apply(batch.slice(this.#folded, end));
    this.#folded = end;
    if (end < batch.length) return;
    this.#waiting.shift();
    this.#folded = 0;
  }

  #takeMore(): void {
    this.#receivedAt = null;
    this.#makeRoom?.resolve();
    this.#makeRoom = null;
  }
}
