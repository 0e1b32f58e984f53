/** Time in which the longest of the runs is played at speed 1, s: longer for more events, within these. */
const SECONDS = { least: 2, most: 9 };
/** Events a second up to which a replay is stretched. */
const EVENTS_A_SECOND = 25;
/** A frame that took longer (a hidden tab) counts as this long, ms. */
const LONGEST_FRAME_MS = 100;

/** What a playhead runs along. */
export interface Track {
  /** How far the longest run goes, in units of the axis. */
  readonly length: number;
  /** Events of the run with the most of them. */
  readonly events: number;
  readonly speed: number;
}

/** Where a playhead is after a frame; never beyond the end of the track, and never back. */
export function advanceOn(position: number, elapsedMs: number, track: Track): number {
  const { length, events, speed } = track;
  const whole = Math.min(Math.max(events / EVENTS_A_SECOND, SECONDS.least), SECONDS.most);
  const share = (Math.min(Math.max(elapsedMs, 0), LONGEST_FRAME_MS) / 1000 / whole) * speed;
  return Math.max(position, Math.min(length, position + share * length));
}
