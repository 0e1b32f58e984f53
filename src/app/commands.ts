import { msg } from "../lib/said.ts";
/**
 * Everything that can be done without a mouse. Keyboard, help and palette are made of this
 * list; what each command does is in `run-command.ts`.
 */

/** What must be there for a command to mean something: an open run, a selected node, and so on. */
export type Need = "run" | "node" | "children" | "hoisted" | "hits" | "marks" | "live" | "paused";

interface Command {
  readonly id: string;
  /** As help lists it under the group's name, and the palette after it. */
  readonly title: string;
  /** Chords as `chordOf` names them, each of which does it; empty: only the palette does. */
  readonly keys: readonly string[];
  readonly needs?: Need;
  /** Its keys work in text fields as well. */
  readonly anywhere?: true;
  /** Goes on as long as the key is held. */
  readonly held?: true;
}

interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

const GROUPS = [
  {
    title: msg("Go to"),
    commands: [
      { id: "parent", title: msg("Parent"), keys: ["ArrowLeft"], needs: "run" },
      { id: "firstChild", title: msg("First child"), keys: ["ArrowRight"], needs: "run" },
      {
        id: "lastChild",
        title: msg("Last child"),
        keys: ["Shift+ArrowDown", "Shift+ArrowRight"],
        needs: "run",
      },
      { id: "prevSibling", title: msg("Previous sibling"), keys: ["ArrowUp"], needs: "run" },
      { id: "nextSibling", title: msg("Next sibling"), keys: ["ArrowDown"], needs: "run" },
      { id: "root", title: msg("The problem (root)"), keys: ["Home"], needs: "run" },
      { id: "nextAnswer", title: msg("Next answer"), keys: ["n"], needs: "run" },
      { id: "prevAnswer", title: msg("Previous answer"), keys: ["Shift+n"], needs: "run" },
      { id: "nextMark", title: msg("Next bookmark"), keys: ["m"], needs: "marks" },
      { id: "prevMark", title: msg("Previous bookmark"), keys: ["Shift+m"], needs: "marks" },
    ],
  },
  {
    title: msg("Find and mark"),
    commands: [
      { id: "find", title: msg("Find a text in the steps"), keys: ["/"], needs: "run" },
      { id: "nextHit", title: msg("Next hit"), keys: ["Enter"], needs: "hits" },
      { id: "prevHit", title: msg("Previous hit"), keys: ["Shift+Enter"], needs: "hits" },
      { id: "mark", title: msg("Bookmark, or take it off"), keys: ["b"], needs: "node" },
      { id: "onlyRight", title: msg("Light right answers only"), keys: [], needs: "run" },
      { id: "onlyKept", title: msg("Light kept steps only"), keys: [], needs: "run" },
      { id: "lightAll", title: msg("Light everything again"), keys: [], needs: "run" },
    ],
  },
  {
    title: msg("Order"),
    commands: [
      { id: "asGenerated", title: msg("As generated"), keys: ["1"], needs: "run" },
      { id: "byScore", title: msg("Best score first"), keys: ["2"], needs: "run" },
      { id: "merged", title: msg("Identical steps merged"), keys: ["3"], needs: "run" },
    ],
  },
  {
    title: msg("Fold"),
    commands: [
      { id: "toggleFold", title: msg("Fold or unfold the subtree"), keys: ["h"], needs: "node" },
      { id: "foldDead", title: msg("Fold all pruned, or none"), keys: ["x"], needs: "run" },
      { id: "foldMore", title: msg("Fold larger subtrees"), keys: [], needs: "run" },
      { id: "foldLess", title: msg("Fold smaller subtrees only"), keys: [], needs: "run" },
      { id: "foldNone", title: msg("Unfold everything"), keys: [], needs: "run" },
      { id: "hoist", title: msg("Show the subtree alone"), keys: ["t"], needs: "children" },
      {
        id: "unhoist",
        title: msg("Show the whole tree again"),
        keys: ["Shift+t"],
        needs: "hoisted",
      },
    ],
  },
  {
    title: msg("Look"),
    commands: [
      { id: "zoomIn", title: msg("Zoom in"), keys: ["KeyW"], needs: "run", held: true },
      { id: "zoomOut", title: msg("Zoom out"), keys: ["KeyS"], needs: "run", held: true },
      { id: "panLeft", title: msg("Move left"), keys: ["KeyA"], needs: "run", held: true },
      { id: "panRight", title: msg("Move right"), keys: ["KeyD"], needs: "run", held: true },
      { id: "panUp", title: msg("Move up"), keys: ["Shift+KeyW"], needs: "run", held: true },
      { id: "panDown", title: msg("Move down"), keys: ["Shift+KeyS"], needs: "run", held: true },
      { id: "focus", title: msg("Selected node; then its subtree"), keys: ["f"], needs: "node" },
      { id: "fit", title: msg("Fit the whole tree"), keys: ["0", "z"], needs: "run" },
      { id: "follow", title: msg("Follow the growing tree"), keys: ["c"], needs: "run" },
      { id: "read", title: msg("Read the path, or see the tree"), keys: ["v"], needs: "run" },
      { id: "titles", title: msg("Steps, or their titles"), keys: ["i"], needs: "run" },
      { id: "raw", title: msg("Raw steps, or mathematics"), keys: ["r"], needs: "run" },
      { id: "mirror", title: msg("Two judges, face to face"), keys: [], needs: "run" },
      { id: "labels", title: msg("Text in the tree, or none"), keys: [], needs: "run" },
    ],
  },
  {
    title: msg("Time"),
    commands: [
      { id: "prevEvent", title: msg("Previous event"), keys: ["[", ","], needs: "run" },
      { id: "nextEvent", title: msg("Next event"), keys: ["]", "."], needs: "run" },
      { id: "prevRound", title: msg("Previous round"), keys: ["{", "<"], needs: "run" },
      { id: "nextRound", title: msg("Next round"), keys: ["}", ">"], needs: "run" },
      { id: "togglePlay", title: msg("Play or pause"), keys: ["Space"], needs: "run" },
      { id: "slower", title: msg("Slower"), keys: ["-"], needs: "run" },
      { id: "faster", title: msg("Faster"), keys: ["+", "="], needs: "run" },
      { id: "goLive", title: msg("Newest event, and stay there"), keys: ["l"], needs: "run" },
    ],
  },
  {
    title: msg("Search"),
    commands: [
      { id: "run", title: msg("Run the search of the form"), keys: ["Ctrl+Enter"], anywhere: true },
      { id: "pauseSearch", title: msg("Pause at the source"), keys: [], needs: "live" },
      { id: "resumeSearch", title: msg("Resume at the source"), keys: [], needs: "paused" },
      { id: "stepSearchEvent", title: msg("Go on by one event"), keys: [], needs: "paused" },
      { id: "stepSearchRound", title: msg("Go on by one round"), keys: [], needs: "paused" },
      { id: "cancelSearch", title: msg("Cancel"), keys: [], needs: "live" },
    ],
  },
  {
    title: msg("Compare"),
    commands: [
      {
        id: "compareBestBeam",
        title: msg("Best of N against beam, equal policy tokens"),
        keys: [],
      },
      { id: "compareMajorityBest", title: msg("Majority against best of N"), keys: [] },
      { id: "compareBeamWidths", title: msg("Beam with M = 2, 4, 8"), keys: [] },
      { id: "compareTwoSeeds", title: msg("Two seeds"), keys: [] },
      { id: "compareBeforeAfter", title: msg("Before and after reinforcement"), keys: [] },
    ],
  },
  {
    title: msg("Save"),
    commands: [
      { id: "saveViewPng", title: msg("What is in view as PNG (4k)"), keys: [], needs: "run" },
      { id: "saveViewSvg", title: msg("What is in view as SVG"), keys: [], needs: "run" },
      { id: "saveTreePng", title: msg("The whole tree as PNG (4k)"), keys: [], needs: "run" },
      { id: "saveTreeSvg", title: msg("The whole tree as SVG"), keys: [], needs: "run" },
      { id: "saveVideo", title: msg("The playback as a video"), keys: [], needs: "run" },
      { id: "saveNodes", title: msg("The nodes as a table (CSV)"), keys: [], needs: "run" },
      { id: "saveFile", title: msg("The run as a page of its own (HTML)"), keys: [], needs: "run" },
      { id: "saveLog", title: msg("The log, an event a line (NDJSON)"), keys: [], needs: "run" },
    ],
  },
  {
    title: msg("Page"),
    commands: [
      {
        id: "palette",
        title: msg("All commands"),
        keys: ["Ctrl+k", "Ctrl+Shift+p"],
        anywhere: true,
      },
      { id: "help", title: msg("This list of keys"), keys: ["?"] },
      { id: "place", title: msg("Next page"), keys: ["g"] },
      { id: "filterRuns", title: msg("Filter the runs"), keys: ["o"] },
      { id: "escape", title: msg("Close, or select nothing"), keys: ["Escape"], anywhere: true },
      { id: "closeRun", title: msg("First page"), keys: [], needs: "run" },
      { id: "lightTheme", title: msg("Light colours"), keys: [] },
      { id: "darkTheme", title: msg("Dark colours"), keys: [] },
      { id: "systemTheme", title: msg("Colours as the system has them"), keys: [] },
      { id: "singleKeys", title: msg("Keys of one character on or off"), keys: [] },
    ],
  },
] as const satisfies readonly CommandGroup[];

export type CommandId = (typeof GROUPS)[number]["commands"][number]["id"];

/** A command that is there. */
export interface KnownCommand extends Command {
  readonly id: CommandId;
}

export const COMMAND_GROUPS: readonly {
  readonly title: string;
  readonly commands: readonly KnownCommand[];
}[] = GROUPS;

export const COMMANDS: readonly KnownCommand[] = COMMAND_GROUPS.flatMap(({ commands }) => commands);
