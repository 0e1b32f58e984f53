import { create } from "zustand";
import type { LinesWanted } from "./best-lines.ts";

/** How many lines can be asked for. */
export const MOST_LINES = [3, 5, 10, 25] as const;

/** What the list of lines is to hold; stays as long as the page. */
export const useLinesView = create<LinesWanted>()(() => ({ most: 5, alsoPruned: true }));
