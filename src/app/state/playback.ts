/** Seconds in which a replay at speed 1 shows the known part of a run. */
const FIT_S = 9;
/** Slowest pace at speed 1, events/s: short runs end sooner. */
const MIN_PACE = 25;
/** A frame that took longer (a hidden tab) counts as this long, ms. */
const LONGEST_FRAME_MS = 100;
/** An event glows at least so long after it was shown, ms. */
const GLOW_MS = 200;

/** Events a second at which `known` events are replayed. */
export function pace(known: number, speed: number): number {
  return Math.max(MIN_PACE, known / FIT_S) * speed;
}

/**
 * Where a playhead is after a frame. `position` is a seq with a fraction, so that
 * slow paces add up; `newest` is the last known seq, and never passed.
 */
export function advance(
  position: number,
  { elapsedMs, newest, speed }: { elapsedMs: number; newest: number; speed: number },
): number {
  const seconds = Math.min(Math.max(elapsedMs, 0), LONGEST_FRAME_MS) / 1000;
  return Math.min(newest, position + seconds * pace(newest + 1, speed));
}

/** Seqs from and to, both included; empty if `from` is larger. */
export type SeqRange = readonly [from: number, to: number];

export const NOTHING_FRESH: SeqRange = [0, -1];

/**
 * What has just happened in a replay. However fast it plays, each event that the
 * playhead passes is fresh in one frame at least and stays so for `GLOW_MS`, so
 * that none of them goes by unseen.
 */
export class FreshEvents {
  /** Frames in which the playhead moved, and the first event that it passed then; oldest first. */
  #moves: { readonly time: number; readonly first: number }[] = [];
  #at: number;

  /** Begins with a playhead at this seq: it and what was before is not fresh. */
  constructor(at: number) {
    this.#at = at;
  }

  /** What is fresh in a frame at that time, ms, with the playhead at `at`, which never goes back. */
  frame(time: number, at: number): SeqRange {
    this.#moves = this.#moves.filter((move) => time - move.time < GLOW_MS);
    if (at > this.#at) this.#moves.push({ time, first: this.#at + 1 });
    this.#at = at;
    const [oldest] = this.#moves;
    return oldest === undefined ? NOTHING_FRESH : [oldest.first, at];
  }
}
