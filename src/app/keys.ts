import { COMMANDS, type KnownCommand } from "./commands.ts";

/**
 * Which command a key press is. Letters and symbols are matched by `KeyboardEvent.key`, so
 * that the key is the one on which the character is printed, whatever the
 * layout; for symbols Shift and AltGr are then part of how it is typed and are
 * not compared. Named keys (arrows, Escape) and letters compare Shift as well. The four
 * keys that steer the camera are matched by `KeyboardEvent.code`, because their places
 * under the left hand are what matters; there, letters of other layouts give way to them.
 */

/** What of a `KeyboardEvent` counts. */
export interface KeyPress {
  readonly key: string;
  /** The key's place on the keyboard, named after the letter that is there in the US. */
  readonly code: string;
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
  /** A button, slider or the like that has its own use for Space, Enter, arrows and Home. */
  readonly control: boolean;
  /** Whether single characters are shortcuts at all (WCAG 2.1.4). */
  readonly singleKeys: boolean;
}

/** What of an event counts. */
export function pressOf(event: KeyboardEvent): KeyPress {
  const { key, code, shiftKey: shift, altKey: alt } = event;
  const altGraph = event.getModifierState("AltGraph");
  return { key, code, shift, ctrl: event.ctrlKey || event.metaKey, alt, altGraph };
}

const BY_CHORD: ReadonlyMap<string, KnownCommand> = new Map(
  COMMANDS.flatMap((command) => command.keys.map((key) => [key, command] as const)),
);

/** Keys that count by their place. */
const BY_PLACE: ReadonlySet<string> = new Set(["KeyW", "KeyA", "KeyS", "KeyD"]);

/** The canonical name of a key press, as in `COMMANDS`; `null` for a combination that is never ours. */
export function chordOf({ key, code, shift, ctrl, alt, altGraph }: KeyPress): string | null {
  if ((ctrl || alt) && altGraph && isCharacter(key)) return key;
  if (alt) return null;
  const modifiers = `${ctrl ? "Ctrl+" : ""}${shift ? "Shift+" : ""}`;
  if (BY_PLACE.has(code) && !ctrl && !altGraph) return modifiers + code;
  if (key === " ") return `${modifiers}Space`;
  if (!isCharacter(key)) return modifiers + key;
  const letter = key.toLowerCase();
  const isLetter = letter !== key.toUpperCase() || /\p{L}/u.test(key);
  if (!isLetter && !ctrl) return key;
  return modifiers + (altGraph ? letter : latinLetter(letter, code));
}

/** In scripts other than Latin the letter of the US layout that is in the same place: no key prints another one. */
function latinLetter(letter: string, code: string): string {
  if (!/[^\p{Script=Latin}]/u.test(letter)) return letter;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? letter;
}

/** The command that a key press is there; `null` if it is none of ours. */
export function commandOf(press: KeyPress, place: KeyPlace): KnownCommand | null {
  const chord = chordOf(press);
  const command = chord === null ? undefined : BY_CHORD.get(chord);
  if (chord === null || command === undefined) return null;
  if (command.anywhere) return command;
  if (place.typing) return null;
  if (isSingleCharacter(chord)) return place.singleKeys ? command : null;
  return place.control ? null : command;
}

/** Whether a chord of `COMMANDS` is one printable character, which WCAG 2.1.4 lets people turn off. */
export function isSingleCharacter(chord: string): boolean {
  const key = chord.replace(/^Shift\+/, "");
  return isCharacter(key) || BY_PLACE.has(key);
}

/** What is printed on keys with long names. */
const CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** How a chord is written on a key cap. */
export function keyCap(chord: string): string {
  return chord
    .split(/(?<=[a-z])\+/)
    .map((part) => CAPS[part] ?? part.replace(/^Key(?=[A-Z]$)/, ""))
    .map((part) => (/^[a-z]$/.test(part) ? part.toUpperCase() : part))
    .join(" ");
}

/** A chord as `aria-keyshortcuts` wants it. */
export function ariaKey(chord: string): string {
  return chord
    .replace(/^Ctrl/, "Control")
    .replace(/Key(?=[A-Z]$)/, "")
    .replace(/(?<=^|\+)[a-z]$/, (letter) => letter.toUpperCase());
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}
