/** Room at both ends of the strip, CSS px: half of the playhead's handle and more. */
const PADDING = 12;

/** Maps events to the strip: event `seq` takes the place from `x(seq)` to `x(seq + 1)`. */
export interface TimeScale {
  readonly start: number;
  /** CSS px of one event; less than 1 when there are many. */
  readonly eventPx: number;
  readonly events: number;
}

/** The scale on which all `events` fill a strip of `width` CSS px. */
export function timeScale(events: number, width: number): TimeScale {
  const room = Math.max(width - 2 * PADDING, 1);
  return { start: PADDING, eventPx: room / Math.max(events, 1), events };
}

/** Where the playhead stands that shows event `seq`: at its end. Before the first it is −1. */
export function playheadX({ start, eventPx }: TimeScale, seq: number): number {
  return start + (seq + 1) * eventPx;
}

/** Where an event begins. */
export function eventX({ start, eventPx }: TimeScale, seq: number): number {
  return start + seq * eventPx;
}

/** The event whose playhead is nearest to a place on the strip, within the known ones. */
export function seqAt({ start, eventPx, events }: TimeScale, x: number): number {
  const seq = Math.round((x - start) / eventPx) - 1;
  return Math.min(Math.max(seq, 0), Math.max(events - 1, 0));
}

/** The event that is under a place on the strip, within the known ones. */
export function eventUnder({ start, eventPx, events }: TimeScale, x: number): number {
  const seq = Math.floor((x - start) / eventPx);
  return Math.min(Math.max(seq, 0), Math.max(events - 1, 0));
}
