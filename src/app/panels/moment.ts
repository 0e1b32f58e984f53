import { create } from "zustand";
import type { Tree } from "../../protocol/tree.ts";
import { useView } from "../state/view.ts";

/** The moment of the run that panels describe. */
interface Moment {
  /** Mutable; a new `version` says that it changed. */
  readonly tree: Tree;
  readonly version: number;
  readonly at: number;
}

/** Panels are rendered at most this often, ms. Frames belong to the canvas, and numbers want to be read. */
const PACE_MS = 100;

/**
 * Follows the view at a pace that panels can be rendered and read at: at once
 * after a pause, then ten times a second, and never without the last change.
 */
export const useMoment = create<Moment>()(() => momentNow());

let shownAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | null = null;

useView.subscribe((view) => {
  const shown = useMoment.getState();
  if (view.tree !== shown.tree) return show();
  if (timer !== null || (view.at === shown.at && view.version === shown.version)) return;
  const wait = shownAt + PACE_MS - performance.now();
  if (wait <= 0) show();
  else timer = setTimeout(show, wait);
});

function show(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  shownAt = performance.now();
  useMoment.setState(momentNow());
}

function momentNow(): Moment {
  const { tree, version, at } = useView.getState();
  return { tree, version, at };
}
