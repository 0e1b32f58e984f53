import { flushSync } from "react-dom";
import { ROOT } from "../protocol/events.ts";
import type { CommandInput } from "../protocol/runs.ts";
import { COMMANDS, type CommandId, type Need } from "./commands.ts";
import type { PresetId } from "./compare/presets.ts";
import type { Saved } from "./export/save-run.ts";
import { toggleMirror } from "./panels/judges/toggle-mirror.ts";
import { requestRun } from "./panels/new-run/new-run-form.ts";
import {
  closePalette,
  goTo,
  openHelp,
  openPalette,
  setSingleKeys,
  showTab,
  tell,
  toggleReading,
  usePage,
} from "./panels/page.ts";
import { RUN_FILTER_FIELD } from "./panels/runs/run-filter.ts";
import { nextSpeed } from "./panels/transport/moment-words.ts";
import { nextLeast } from "./panels/view-bar/lantern-scale.ts";
import {
  closeRun,
  command,
  fitSubtree,
  fitTree,
  focusNode,
  followCamera,
  goLive,
  hoist,
  moveCamera,
  moveSelection,
  revealNode,
  select,
  setFilter,
  setFolding,
  setLabels,
  setOrder,
  setRaw,
  setSpeed,
  setTheme,
  setTitles,
  stepEvent,
  stepRound,
  toggleFold,
  togglePlay,
} from "./state/actions.ts";
import { neighbourMark, toggleMark } from "./state/bookmarks.ts";
import { findText, stepHit } from "./state/find.ts";
import { nextPlace } from "./state/places.ts";
import { type Filter, foldsDead, NO_FOLDING } from "./state/reading.ts";
import { useView, type View } from "./state/view.ts";
import { t } from "./words/t.ts";

/** Where a text to find is typed. */
export const FIND_FIELD = "find-text";

/** What takes characters. */
export const TYPING =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable="true"]';

/** The command before this one, and the node that was selected then: `F` twice is not `F`. */
let before: { readonly id: CommandId; readonly selected: number | null } | null = null;

/** Does what a command says, if what it needs is there. */
export function runCommand(id: CommandId): void {
  const { needs } = COMMANDS.find((candidate) => candidate.id === id)!;
  const view = useView.getState();
  if (!isThere(needs, view)) return;
  DO[id]();
  const isSecond = before?.id === id && before.selected === view.selected;
  before = isSecond ? null : { id, selected: view.selected };
}

/** Whether what a command needs is there. */
export function isThere(need: Need | undefined, view: View): boolean {
  const { runId, selected, tree, top, find, bookmarks, connection } = view;
  if (need === undefined) return true;
  // A run that is open behind another page is out of reach.
  if (runId === null || usePage.getState().place !== "search") return false;
  const isLive = connection.state === "live" && tree.ending === null;
  switch (need) {
    case "run":
      return true;
    case "node":
      return selected !== null;
    case "children":
      return selected !== null && (tree.firstChild[selected] ?? -1) >= 0;
    case "hoisted":
      return top !== ROOT;
    case "hits":
      return find.hits.length > 0;
    case "marks":
      return bookmarks.size > 0;
    case "live":
      return isLive;
    case "paused":
      return isLive && tree.pausedAt();
  }
}

const DO: Readonly<Record<CommandId, () => void>> = {
  parent: () => moveSelection("parent"),
  firstChild: () => moveSelection("firstChild"),
  lastChild: () => moveSelection("lastChild"),
  prevSibling: () => moveSelection("prevSibling"),
  nextSibling: () => moveSelection("nextSibling"),
  root: () => moveSelection("root"),
  nextAnswer: () => moveSelection("nextAnswer"),
  prevAnswer: () => moveSelection("prevAnswer"),
  nextMark: () => goToMark(1),
  prevMark: () => goToMark(-1),

  find: openFind,
  nextHit: () => stepHit(1),
  prevHit: () => stepHit(-1),
  mark,
  onlyRight: () => light("right"),
  onlyKept: () => light("kept"),
  lightAll: () => {
    closeFind();
    useView.setState({ filter: null, brush: null });
  },

  asGenerated: () => setOrder("generated"),
  byScore: () => setOrder("score"),
  merged: () => setOrder("merged"),

  toggleFold: () => withSelected(toggleFold),
  foldDead: () => {
    const { folding, tree } = useView.getState();
    setFolding({ dead: foldsDead(folding, tree.count) ? "off" : "on" });
  },
  foldMore: () => stepLeast(1),
  foldLess: () => stepLeast(-1),
  foldNone: () => useView.setState({ folding: { ...NO_FOLDING, dead: "off" } }),
  hoist: () => withSelected(hoist),
  unhoist: () => hoist(ROOT),

  // A press of a key that is held is `keyboard.ts`'s; this is what the palette does, once.
  zoomIn: () => moveCamera({ zoom: 1.5, right: 0, down: 0 }),
  zoomOut: () => moveCamera({ zoom: 1 / 1.5, right: 0, down: 0 }),
  panLeft: () => moveCamera({ zoom: 1, right: -0.4, down: 0 }),
  panRight: () => moveCamera({ zoom: 1, right: 0.4, down: 0 }),
  panUp: () => moveCamera({ zoom: 1, right: 0, down: -0.4 }),
  panDown: () => moveCamera({ zoom: 1, right: 0, down: 0.4 }),
  focus: () => withSelected(focusOrFit),
  fit: fitTree,
  follow: followCamera,
  read: toggleReading,
  titles: () => setTitles(!useView.getState().titles),
  mirror: toggleMirror,
  raw: () => setRaw(!useView.getState().raw),
  labels: () => setLabels(!useView.getState().labels),

  prevEvent: () => stepEvent(-1),
  nextEvent: () => stepEvent(1),
  prevRound: () => stepRound(-1),
  nextRound: () => stepRound(1),
  togglePlay,
  slower: () => setSpeed(nextSpeed(useView.getState().speed, -1)),
  faster: () => setSpeed(nextSpeed(useView.getState().speed, 1)),
  goLive,

  run: () => {
    // The form is not there while another page is.
    flushSync(() => goTo("search"));
    requestRun();
  },
  pauseSearch: () => steer({ command: "pause" }),
  resumeSearch: () => steer({ command: "resume" }),
  stepSearchEvent: () => steer({ command: "step", to: "event" }),
  stepSearchRound: () => steer({ command: "step", to: "round" }),
  cancelSearch: () => steer({ command: "cancel" }),

  compareBestBeam: () => compare("bestBeam"),
  compareMajorityBest: () => compare("majorityBest"),
  compareBeamWidths: () => compare("beamWidths"),
  compareTwoSeeds: () => compare("twoSeeds"),
  compareBeforeAfter: () => compare("beforeAfter"),

  saveViewPng: () => saveRun("viewPng"),
  saveViewSvg: () => saveRun("viewSvg"),
  saveTreePng: () => saveRun("treePng"),
  saveTreeSvg: () => saveRun("treeSvg"),
  saveVideo: () => saveRun("video"),
  saveNodes: () => saveRun("nodes"),
  saveFile: () => saveRun("page"),
  saveLog: () => saveRun("log"),

  palette: () => (usePage.getState().paletteOpen ? closePalette() : openPalette()),
  help: openHelp,
  place: () => goTo(nextPlace(usePage.getState().place)),
  filterRuns: () => {
    // The field is out of reach on a narrow screen until its tab is shown.
    flushSync(() => showTab("new"));
    document.getElementById(RUN_FILTER_FIELD)?.focus();
  },
  escape: leaveInnermost,
  closeRun,
  lightTheme: () => setTheme("light"),
  darkTheme: () => setTheme("dark"),
  systemTheme: () => setTheme("system"),
  singleKeys: () => {
    const singleKeys = !usePage.getState().singleKeys;
    setSingleKeys(singleKeys);
    tell(t(singleKeys ? "Keys of one character are on." : "Keys of one character are off."));
  },
};

/** Starts searches of the form's problem side by side; what goes wrong is told. */
function compare(preset: PresetId): void {
  void import("./compare/start.ts")
    .then(({ startComparison }) => startComparison(preset))
    .then(tell, (error: unknown) => tell(error instanceof Error ? error.message : String(error)));
}

/** Saves something of the run that is open; what goes wrong is told below the tree. */
function saveRun(what: Saved): void {
  void import("./export/save-run.ts")
    .then(({ save }) => save(what))
    .catch((error: unknown) =>
      tell(
        t("It was not saved. {why}", {
          why: error instanceof Error ? error.message : String(error),
        }),
      ),
    );
}

/** Shows the field for a text to find, and puts the cursor there. */
export function openFind(): void {
  flushSync(() => usePage.setState({ finding: true, tab: "tree", reading: false }));
  const field = document.getElementById(FIND_FIELD);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** Ends the search for a text, and gives the focus back to the tree if it was in the field. */
export function closeFind(): void {
  const wasThere = document.activeElement?.closest(".find-bar") !== null;
  usePage.setState({ finding: false });
  findText("");
  if (wasThere) document.querySelector<HTMLElement>('[role="tree"]')?.focus();
}

function withSelected(act: (node: number) => void): void {
  const { selected } = useView.getState();
  if (selected !== null) act(selected);
}

function focusOrFit(node: number): void {
  const isSecond = before?.id === "focus" && before.selected === node;
  if (isSecond) fitSubtree(node);
  else focusNode(node);
}

function goToMark(by: 1 | -1): void {
  const { bookmarks, selected, tree } = useView.getState();
  const known = new Map([...bookmarks].filter(([node]) => node < tree.count));
  const next = neighbourMark(known, selected, by);
  if (next !== null) revealNode(next);
}

function mark(): void {
  withSelected((node) => {
    if (toggleMark(node) === null) tell(t("This run has as many bookmarks as there is room for."));
  });
}

/** Lights what has a status or a verdict only, or everything again. */
function light(status: "right" | "kept"): void {
  const { filter } = useView.getState();
  const isOn = filter?.scores === null && filter.statuses.size === 1 && filter.statuses.has(status);
  const only: Filter = { scores: null, statuses: new Set([status]) };
  setFilter(isOn ? null : only);
}

function stepLeast(by: 1 | -1): void {
  const { folding } = useView.getState();
  setFolding({ least: nextLeast(folding.least, by) });
}

function steer(order: CommandInput): void {
  command(order).catch((error: unknown) => {
    tell(error instanceof Error ? error.message : String(error));
  });
}

/** Leaves what is open, the innermost first. */
function leaveInnermost(): void {
  const { activeElement } = document;
  const { finding, reading } = usePage.getState();
  if (activeElement?.matches(TYPING) && activeElement instanceof HTMLElement) activeElement.blur();
  else if (reading) toggleReading();
  else if (finding) closeFind();
  else if (useView.getState().judging.isMirrored) toggleMirror();
  else select(null);
}
