/** Seconds in which a replay at speed 1 shows the known part of a run. */
const FIT_S = 8;
/** Slowest pace at speed 1, events/s: short runs end sooner. */
const MIN_PACE = 25;
/** A frame that took longer (a hidden tab) counts as this long, ms. */
const LONGEST_FRAME_MS = 100;

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
