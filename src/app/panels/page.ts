import { create } from "zustand";

/** On a narrow screen one of these is shown at a time. */
export type Tab = "new" | "tree" | "node";

/** What of the page is open. What is looked at within a run is in `state/view.ts`. */
interface Page {
  readonly tab: Tab;
  readonly helpOpen: boolean;
  /** Whether single characters are shortcuts (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

const SINGLE_KEYS = "sentei.single-keys";

export const usePage = create<Page>()(() => ({
  tab: "tree",
  helpOpen: false,
  singleKeys: localStorage.getItem(SINGLE_KEYS) !== "off",
}));

export function showTab(tab: Tab): void {
  usePage.setState({ tab });
}

export function openHelp(): void {
  usePage.setState({ helpOpen: true });
}

export function closeHelp(): void {
  usePage.setState({ helpOpen: false });
}

/** Turns shortcuts of one character on or off, on this browser. */
export function setSingleKeys(singleKeys: boolean): void {
  usePage.setState({ singleKeys });
  localStorage.setItem(SINGLE_KEYS, singleKeys ? "on" : "off");
}
