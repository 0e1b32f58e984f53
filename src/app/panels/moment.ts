import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { Tree } from "../../protocol/tree.ts";
import { useView, type View } from "../state/view.ts";

/** The moment of the run that panels describe. */
export interface Moment {
  /** Mutable; a new `version` says that it changed. */
  readonly tree: Tree;
  readonly version: number;
  readonly at: number;
}

/** Panels are rendered at most this often, ms. Frames belong to the canvas, and numbers want to be read. */
const PACE_MS = 100;

/**
 * Follows a view at a pace that panels can be rendered and read at: at once
 * after a pause, then ten times a second, and never without the last change.
 */
export function followMoment(view: StoreApi<View>): UseBoundStore<StoreApi<Moment>> {
  const now = (): Moment => {
    const { tree, version, at } = view.getState();
    return { tree, version, at };
  };
  const useNow = create<Moment>()(now);
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    shownAt = performance.now();
    useNow.setState(now());
  };
  view.subscribe(({ tree, version, at }) => {
    const shown = useNow.getState();
    if (tree !== shown.tree) return show();
    if (timer !== null || (at === shown.at && version === shown.version)) return;
    const wait = shownAt + PACE_MS - performance.now();
    if (wait <= 0) show();
    else timer = setTimeout(show, wait);
  });
  return useNow;
}

/** That of the page of searches. */
export const useMoment = followMoment(useView);
