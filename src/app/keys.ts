/**
 * The keyboard map. Letters and symbols are matched by `KeyboardEvent.key`, so
 * that the key is the one on which the character is printed, whatever the
 * layout; for symbols Shift and AltGr are then part of how it is typed and are
 * not compared. Named keys (arrows, Escape) and letters compare Shift as well.
 */

export type KeyAction =
  | "parent"
  | "firstChild"
  | "lastChild"
  | "prevSibling"
  | "nextSibling"
  | "root"
  | "nextAnswer"
  | "prevAnswer"
  | "prevEvent"
  | "nextEvent"
  | "prevRound"
  | "nextRound"
  | "togglePlay"
  | "faster"
  | "slower"
  | "goLive"
  | "focus"
  | "fit"
  | "follow"
  | "help"
  | "filter"
  | "escape"
  | "run";

interface Binding {
  readonly action: KeyAction;
  /** Each of them does it. `Shift+` and `Ctrl+` (Command on a Mac) are the only modifiers. */
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly Binding[];
}

export const KEY_MAP: readonly KeyGroup[] = [
  {
    title: "Tree",
    bindings: [
      { action: "parent", keys: ["ArrowLeft"], does: "Parent" },
      { action: "firstChild", keys: ["ArrowRight"], does: "First child" },
      {
        action: "lastChild",
        keys: ["Shift+ArrowRight", "Shift+ArrowDown"],
        does: "Last child",
      },
      { action: "prevSibling", keys: ["ArrowUp"], does: "Previous sibling" },
      { action: "nextSibling", keys: ["ArrowDown"], does: "Next sibling" },
      { action: "root", keys: ["Home"], does: "The problem (root)" },
      { action: "nextAnswer", keys: ["n"], does: "Next answer" },
      { action: "prevAnswer", keys: ["Shift+n"], does: "Previous answer" },
    ],
  },
  {
    title: "Time",
    bindings: [
      { action: "prevEvent", keys: ["[", ","], does: "Previous event" },
      { action: "nextEvent", keys: ["]", "."], does: "Next event" },
      { action: "prevRound", keys: ["{", "<"], does: "Previous round" },
      { action: "nextRound", keys: ["}", ">"], does: "Next round" },
      { action: "togglePlay", keys: ["Space"], does: "Play or pause" },
      { action: "slower", keys: ["-"], does: "Slower" },
      { action: "faster", keys: ["+", "="], does: "Faster" },
      { action: "goLive", keys: ["l"], does: "Newest event, and stay there" },
    ],
  },
  {
    title: "View",
    bindings: [
      { action: "focus", keys: ["f"], does: "Bring the selected node into view" },
      { action: "fit", keys: ["0", "z"], does: "Fit the whole tree" },
      { action: "follow", keys: ["c"], does: "Let the camera follow the tree" },
    ],
  },
  {
    title: "Page",
    bindings: [
      { action: "run", keys: ["Ctrl+Enter"], does: "Run the search" },
      { action: "filter", keys: ["/"], does: "Filter the runs" },
      { action: "help", keys: ["?"], does: "This list" },
      { action: "escape", keys: ["Escape"], does: "Close, or select nothing" },
    ],
  },
];

/** What of a `KeyboardEvent` counts. */
export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  /** Control, or Command on a Mac. */
  readonly ctrl: boolean;
  readonly alt: boolean;
  /** AltGr is held, which some systems report as Ctrl and Alt. */
  readonly altGraph: boolean;
}

/** Where the focus is, as far as it decides who owns a key. */
export interface KeyPlace {
  /** A text field: all characters are its own. */
  readonly typing: boolean;
  /** A button, slider or the like that has its own use for Space, arrows and Home. */
  readonly control: boolean;
  /** Whether single characters are shortcuts at all (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

const ACTIONS: ReadonlyMap<string, KeyAction> = new Map(
  KEY_MAP.flatMap(({ bindings }) =>
    bindings.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
  ),
);

/** The canonical name of a key press, as in `KEY_MAP`; `null` for a combination that is never ours. */
export function chordOf({ key, shift, ctrl, alt, altGraph }: KeyPress): string | null {
  if ((ctrl || alt) && altGraph && isCharacter(key)) return key;
  if (alt) return null;
  const modifiers = `${ctrl ? "Ctrl+" : ""}${shift ? "Shift+" : ""}`;
  if (key === " ") return `${modifiers}Space`;
  if (!isCharacter(key)) return modifiers + key;
  const letter = key.toLowerCase();
  const isLetter = letter !== key.toUpperCase();
  return isLetter || ctrl ? modifiers + letter : key;
}

/** What a key press does there; `null` if it is not ours. */
export function actionOf(press: KeyPress, place: KeyPlace): KeyAction | null {
  const chord = chordOf(press);
  const action = chord === null ? undefined : ACTIONS.get(chord);
  if (chord === null || action === undefined) return null;
  if (action === "run" || action === "escape") return action;
  if (place.typing) return null;
  const character = isSingleCharacter(chord);
  if (character) return place.singleKeys ? action : null;
  return place.control ? null : action;
}

/** Whether a chord of `KEY_MAP` is one printable character, which WCAG 2.1.4 lets people turn off. */
export function isSingleCharacter(chord: string): boolean {
  return isCharacter(chord.replace(/^Shift\+/, ""));
}

/** How a chord is written on a key cap. */
export function keyCap(chord: string): string {
  const names: Record<string, string> = {
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Escape: "Esc",
  };
  return chord
    .split(/(?<=^(?:Shift|Ctrl))\+/)
    .map((part) => names[part] ?? (/^[a-z]$/.test(part) ? part.toUpperCase() : part))
    .join(" ");
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}
