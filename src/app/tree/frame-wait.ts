import type { View } from "../state/view.ts";

/** A picture is waited for no longer than this, ms. */
const LONGEST_MS = 100;

/** What changes with the tree and the moment, and is drawn together with their picture. */
const PASSING: ReadonlySet<string> = new Set([
  "version",
  "at",
  "live",
  "playing",
  "connection",
] satisfies (keyof View)[]);

/**
 * Lets frames wait for a picture that is being drawn, where nothing is to be seen but
 * what belongs to it: marks, headers and landmarks then change at once, and each change is
 * drawn once instead of twice.
 */
export class FrameWait {
  #view: View | null = null;
  #others: readonly unknown[] = [];
  /** When the first frame was left out since the last one that was drawn. */
  #since: number | null = null;

  /**
   * Whether a frame at `time`, ms, is left out; if not, it is taken to be drawn. `others` is
   * what it depends on besides the view.
   */
  leavesOut(isAwaited: boolean, view: View, others: readonly unknown[], time: number): boolean {
    if (isAwaited && isSame(others, this.#others) && isSameSight(view, this.#view)) {
      this.#since ??= time;
      if (time - this.#since < LONGEST_MS) return true;
    }
    this.#view = view;
    this.#others = others;
    this.#since = null;
    return false;
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

function isSameSight(a: View, b: View | null): boolean {
  if (b === null) return false;
  const keys = Object.keys(a) as (keyof View)[];
  return keys.every((key) => a[key] === b[key] || PASSING.has(key));
}
