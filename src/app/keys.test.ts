import fc from "fast-check";
import { expect, test } from "vitest";
import { actionOf, chordOf, isSingleCharacter, KEY_MAP, type KeyPress, keyCap } from "./keys.ts";

const CANVAS = { typing: false, control: false, singleKeys: true };
const chords = KEY_MAP.flatMap(({ bindings }) => bindings.flatMap(({ keys }) => keys));

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, shift: false, ctrl: false, alt: false, altGraph: false, ...modifiers };
}

/** The event that a keyboard sends for a chord of the map. */
function pressOf(chord: string): KeyPress {
  const [, modifiers = "", key = ""] = /^((?:Ctrl\+|Shift\+)*)(.+)$/.exec(chord) ?? [];
  const shift = modifiers.includes("Shift");
  const typed = key === "Space" ? " " : shift && key.length === 1 ? key.toUpperCase() : key;
  return press(typed, { shift, ctrl: modifiers.includes("Ctrl") });
}

test("no two actions share a key", () => {
  expect(new Set(chords).size).toBe(chords.length);
});

test("every listed key does what it is listed for", () => {
  for (const { bindings } of KEY_MAP) {
    for (const { action, keys } of bindings) {
      for (const key of keys) expect(actionOf(pressOf(key), CANVAS)).toBe(action);
    }
  }
});

test("in a text field only Ctrl+Enter and Escape are ours", () => {
  const ours = chords.filter((chord) => actionOf(pressOf(chord), { ...CANVAS, typing: true }));
  expect(ours).toEqual(["Ctrl+Enter", "Escape"]);
});

test("turning single keys off turns off exactly the printable characters", () => {
  const off = chords.filter(
    (chord) => actionOf(pressOf(chord), { ...CANVAS, singleKeys: false }) === null,
  );
  expect(off).toEqual(chords.filter(isSingleCharacter));
});

test("a button keeps Space, the arrows and Home; letters still work on it", () => {
  const place = { ...CANVAS, control: true };
  for (const key of [" ", "ArrowDown", "Home"]) expect(actionOf(press(key), place)).toBeNull();
  expect(actionOf(press("f"), place)).toBe("focus");
});

test("Caps Lock does not change a letter's meaning", () => {
  expect(actionOf(press("N"), CANVAS)).toBe("nextAnswer");
  expect(actionOf(press("n", { shift: true }), CANVAS)).toBe("prevAnswer");
});

test("a bracket typed with AltGr is a bracket", () => {
  const german = press("[", { ctrl: true, alt: true, altGraph: true });
  expect(actionOf(german, CANVAS)).toBe("prevEvent");
});

test("no browser or system shortcut with Ctrl, Command or Alt is taken, but for Ctrl+Enter", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...chords.map((chord) => pressOf(chord).key)),
      fc.constantFrom({ ctrl: true }, { alt: true }),
      fc.boolean(),
      (key, modifier, shift) => {
        const action = actionOf(press(key, { ...modifier, shift }), CANVAS);
        const isRun = key === "Enter" && "ctrl" in modifier && !shift;
        expect(action).toBe(isRun ? "run" : null);
      },
    ),
  );
});

test("a chord never depends on Shift for symbols, which some layouts need to type them", () => {
  expect(chordOf(press("?", { shift: true }))).toBe("?");
  expect(chordOf(press("/", { shift: true }))).toBe("/");
});

test("key caps are what is printed on the keys", () => {
  expect(["ArrowLeft", "Shift+n", "+", "Ctrl+Enter", "{"].map(keyCap)).toEqual([
    "←",
    "Shift N",
    "+",
    "Ctrl Enter",
    "{",
  ]);
});
