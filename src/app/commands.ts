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
    title: "Go to",
    commands: [
      { id: "parent", title: "Parent", keys: ["ArrowLeft"], needs: "run" },
      { id: "firstChild", title: "First child", keys: ["ArrowRight"], needs: "run" },
      {
        id: "lastChild",
        title: "Last child",
        keys: ["Shift+ArrowDown", "Shift+ArrowRight"],
        needs: "run",
      },
      { id: "prevSibling", title: "Previous sibling", keys: ["ArrowUp"], needs: "run" },
      { id: "nextSibling", title: "Next sibling", keys: ["ArrowDown"], needs: "run" },
      { id: "root", title: "The problem (root)", keys: ["Home"], needs: "run" },
      { id: "nextAnswer", title: "Next answer", keys: ["n"], needs: "run" },
      { id: "prevAnswer", title: "Previous answer", keys: ["Shift+n"], needs: "run" },
      { id: "nextMark", title: "Next bookmark", keys: ["m"], needs: "marks" },
      { id: "prevMark", title: "Previous bookmark", keys: ["Shift+m"], needs: "marks" },
    ],
  },
  {
    title: "Find and mark",
    commands: [
      { id: "find", title: "Find a text in the steps", keys: ["/"], needs: "run" },
      { id: "nextHit", title: "Next hit", keys: ["Enter"], needs: "hits" },
      { id: "prevHit", title: "Previous hit", keys: ["Shift+Enter"], needs: "hits" },
      { id: "mark", title: "Bookmark, or take it off", keys: ["b"], needs: "node" },
      { id: "onlyRight", title: "Light right answers only", keys: [], needs: "run" },
      { id: "onlyKept", title: "Light kept steps only", keys: [], needs: "run" },
      { id: "lightAll", title: "Light everything again", keys: [], needs: "run" },
    ],
  },
  {
    title: "Order",
    commands: [
      { id: "asGenerated", title: "As generated", keys: ["1"], needs: "run" },
      { id: "byScore", title: "Best score first", keys: ["2"], needs: "run" },
      { id: "merged", title: "Identical steps merged", keys: ["3"], needs: "run" },
    ],
  },
  {
    title: "Fold",
    commands: [
      { id: "toggleFold", title: "Fold or unfold the subtree", keys: ["h"], needs: "node" },
      { id: "foldDead", title: "Fold all pruned, or none", keys: ["x"], needs: "run" },
      { id: "foldMore", title: "Fold larger subtrees", keys: [], needs: "run" },
      { id: "foldLess", title: "Fold smaller subtrees only", keys: [], needs: "run" },
      { id: "foldNone", title: "Unfold everything", keys: [], needs: "run" },
      { id: "hoist", title: "Show the subtree alone", keys: ["t"], needs: "children" },
      { id: "unhoist", title: "Show the whole tree again", keys: ["Shift+t"], needs: "hoisted" },
    ],
  },
  {
    title: "Look",
    commands: [
      { id: "zoomIn", title: "Zoom in", keys: ["KeyW"], needs: "run", held: true },
      { id: "zoomOut", title: "Zoom out", keys: ["KeyS"], needs: "run", held: true },
      { id: "panLeft", title: "Move left", keys: ["KeyA"], needs: "run", held: true },
      { id: "panRight", title: "Move right", keys: ["KeyD"], needs: "run", held: true },
      { id: "panUp", title: "Move up", keys: ["Shift+KeyW"], needs: "run", held: true },
      { id: "panDown", title: "Move down", keys: ["Shift+KeyS"], needs: "run", held: true },
      { id: "focus", title: "Selected node; then its subtree", keys: ["f"], needs: "node" },
      { id: "fit", title: "Fit the whole tree", keys: ["0", "z"], needs: "run" },
      { id: "follow", title: "Follow the growing tree", keys: ["c"], needs: "run" },
      { id: "read", title: "Read the path, or see the tree", keys: ["v"], needs: "run" },
      { id: "titles", title: "Steps, or their titles", keys: ["i"], needs: "run" },
      { id: "raw", title: "Raw steps, or mathematics", keys: ["r"], needs: "run" },
      { id: "labels", title: "Text in the tree, or none", keys: [], needs: "run" },
    ],
  },
  {
    title: "Time",
    commands: [
      { id: "prevEvent", title: "Previous event", keys: ["[", ","], needs: "run" },
      { id: "nextEvent", title: "Next event", keys: ["]", "."], needs: "run" },
      { id: "prevRound", title: "Previous round", keys: ["{", "<"], needs: "run" },
      { id: "nextRound", title: "Next round", keys: ["}", ">"], needs: "run" },
      { id: "togglePlay", title: "Play or pause", keys: ["Space"], needs: "run" },
      { id: "slower", title: "Slower", keys: ["-"], needs: "run" },
      { id: "faster", title: "Faster", keys: ["+", "="], needs: "run" },
      { id: "goLive", title: "Newest event, and stay there", keys: ["l"], needs: "run" },
    ],
  },
  {
    title: "Search",
    commands: [
      { id: "run", title: "Run the search of the form", keys: ["Ctrl+Enter"], anywhere: true },
      { id: "pauseSearch", title: "Pause at the source", keys: [], needs: "live" },
      { id: "resumeSearch", title: "Resume at the source", keys: [], needs: "paused" },
      { id: "stepSearchEvent", title: "Go on by one event", keys: [], needs: "paused" },
      { id: "stepSearchRound", title: "Go on by one round", keys: [], needs: "paused" },
      { id: "cancelSearch", title: "Cancel", keys: [], needs: "live" },
    ],
  },
  {
    title: "Compare",
    commands: [
      { id: "compareBestBeam", title: "Best of N against beam, equal policy tokens", keys: [] },
      { id: "compareMajorityBest", title: "Majority against best of N", keys: [] },
      { id: "compareBeamWidths", title: "Beam with M = 2, 4, 8", keys: [] },
      { id: "compareTwoSeeds", title: "Two seeds", keys: [] },
      { id: "compareBeforeAfter", title: "Before and after reinforcement", keys: [] },
    ],
  },
  {
    title: "Save",
    commands: [
      { id: "saveViewPng", title: "What is in view as PNG (4k)", keys: [], needs: "run" },
      { id: "saveViewSvg", title: "What is in view as SVG", keys: [], needs: "run" },
      { id: "saveTreePng", title: "The whole tree as PNG (4k)", keys: [], needs: "run" },
      { id: "saveTreeSvg", title: "The whole tree as SVG", keys: [], needs: "run" },
      { id: "saveVideo", title: "The playback as a video", keys: [], needs: "run" },
      { id: "saveNodes", title: "The nodes as a table (CSV)", keys: [], needs: "run" },
      { id: "saveFile", title: "The run as a page of its own (HTML)", keys: [], needs: "run" },
      { id: "saveLog", title: "The log, an event a line (NDJSON)", keys: [], needs: "run" },
    ],
  },
  {
    title: "Page",
    commands: [
      {
        id: "palette",
        title: "All commands",
        keys: ["Ctrl+k", "Ctrl+Shift+p"],
        anywhere: true,
      },
      { id: "help", title: "This list of keys", keys: ["?"] },
      { id: "place", title: "Next page", keys: ["g"] },
      { id: "filterRuns", title: "Filter the runs", keys: ["o"] },
      { id: "escape", title: "Close, or select nothing", keys: ["Escape"], anywhere: true },
      { id: "closeRun", title: "First page", keys: [], needs: "run" },
      { id: "lightTheme", title: "Light colours", keys: [] },
      { id: "darkTheme", title: "Dark colours", keys: [] },
      { id: "systemTheme", title: "Colours as the system has them", keys: [] },
      { id: "singleKeys", title: "Keys of one character on or off", keys: [] },
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
