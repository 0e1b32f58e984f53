import { create } from "zustand";
import { useMoment } from "../moment.ts";

/** What a panel costs is at most this share of the time. */
const SHARE = 0.1;

/**
 * The moment for panels that look at the whole tree: as `useMoment`, but with a
 * rest after each that is ten times as long as `measured` work took. Another
 * tree shows at once, and the last moment always does.
 */
export const useSlowMoment = create(() => useMoment.getState());

/** Of all that was measured since the moment was shown. */
let costMs = 0;
let shownAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | null = null;

useMoment.subscribe((moment, before) => {
  if (moment.tree !== before.tree) return show();
  if (timer !== null) return;
  const wait = shownAt + costMs / SHARE - performance.now();
  if (wait <= 0) show();
  else timer = setTimeout(show, wait);
});

function show(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  shownAt = performance.now();
  costMs = 0;
  useSlowMoment.setState(useMoment.getState(), true);
}

/** Does something that a panel needs for the moment, and counts the time that it takes. */
export function measured<T>(work: () => T): T {
  const from = performance.now();
  const result = work();
  costMs += performance.now() - from;
  return result;
}
