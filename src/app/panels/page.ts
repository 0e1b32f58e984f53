import { create } from "zustand";
import type { Place } from "../state/places.ts";
import type { StoryPlace } from "../stories/story-place.ts";

/** On a narrow screen one of these is shown at a time. */
export type Tab = "new" | "tree" | "node";

/** What the right side shows, one at a time, in the order of its tabs. */
const SIDE_TABS = ["step", "lines", "similar", "round", "judges", "marks", "answers"] as const;
export type SideTab = (typeof SIDE_TABS)[number];

/** What of the page is open. What is looked at within a run is in `state/view.ts`. */
interface Page {
  readonly place: Place;
  readonly tab: Tab;
  readonly side: SideTab;
  readonly helpOpen: boolean;
  readonly paletteOpen: boolean;
  /** The page of a story that is told beside the tree; null: none. */
  readonly story: StoryPlace | null;
  /** Whether nothing but the story and its tree is shown, as on a table at a conference. */
  readonly kiosk: boolean;
  /** Whether the field for a text to find is over the tree. */
  readonly finding: boolean;
  /** Whether the selected path is read as one solution, in the place of the tree. */
  readonly reading: boolean;
  /** What somebody who pressed a key without seeing its button has to be told; null: nothing. */
  readonly notice: string | null;
  /** Whether single characters are shortcuts (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

const SINGLE_KEYS = "sentei.single-keys";
const SIDE = "sentei.side";

export const usePage = create<Page>()(() => ({
  place: "search",
  tab: "tree",
  side: SIDE_TABS.find((tab) => tab === localStorage.getItem(SIDE)) ?? "step",
  helpOpen: false,
  paletteOpen: false,
  story: null,
  kiosk: false,
  finding: false,
  reading: false,
  notice: null,
  singleKeys: localStorage.getItem(SINGLE_KEYS) !== "off",
}));

/** Shows a part of the search page, whatever was shown before. */
export function showTab(tab: Tab): void {
  usePage.setState({ tab, place: "search" });
}

/** Shows a tab of the right side, on this browser from now on, and on a narrow screen that side. */
export function showSide(side: SideTab): void {
  const isNew = usePage.getState().side !== side;
  usePage.setState({ side, tab: "node", place: "search" });
  if (isNew) localStorage.setItem(SIDE, side);
}

export function goTo(place: Place): void {
  usePage.setState({ place });
}

export function openHelp(): void {
  usePage.setState({ helpOpen: true });
}

export function closeHelp(): void {
  usePage.setState({ helpOpen: false });
}

export function openPalette(): void {
  usePage.setState({ paletteOpen: true });
}

export function closePalette(): void {
  usePage.setState({ paletteOpen: false });
}

/** Changes between the tree and the selected path as one solution. */
export function toggleReading(): void {
  usePage.setState(({ reading }) => ({ reading: !reading }));
}

/** Says something at the bottom of the tree, until something else is said or it is sent away. */
export function tell(notice: string | null): void {
  usePage.setState({ notice });
}

/** Turns shortcuts of one character on or off, on this browser. */
export function setSingleKeys(singleKeys: boolean): void {
  usePage.setState({ singleKeys });
  localStorage.setItem(SINGLE_KEYS, singleKeys ? "on" : "off");
}
