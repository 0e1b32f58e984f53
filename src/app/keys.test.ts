import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMANDS } from "./commands.ts";
import { ariaKey, chordOf, commandOf, isSingleCharacter, type KeyPress, keyCap } from "./keys.ts";

const CANVAS = { typing: false, control: false, singleKeys: true };
const chords = COMMANDS.flatMap(({ keys }) => keys);

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return { key, code, shift: false, ctrl: false, alt: false, altGraph: false, ...modifiers };
}

/** The event that a US keyboard sends for a chord of the list. */
function pressOf(chord: string): KeyPress {
  const [, modifiers = "", key = ""] = /^((?:Ctrl\+|Shift\+)*)(.+)$/.exec(chord) ?? [];
  const shift = modifiers.includes("Shift");
  const printed =
    key === "Space" ? " " : key.replace(/^Key([A-Z])$/, "$1").replace(/^[A-Z]$/, lower);
  const typed = shift && printed.length === 1 ? printed.toUpperCase() : printed;
  return press(typed, { shift, ctrl: modifiers.includes("Ctrl") });
}

function lower(letter: string): string {
  return letter.toLowerCase();
}

function idOf(key: KeyPress, place = CANVAS): string | null {
  return commandOf(key, place)?.id ?? null;
}

test("no two commands share a key or a name", () => {
  expect(new Set(chords).size).toBe(chords.length);
  expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
});

test("no letter is also a key that counts by its place, on the keyboard that names the places", () => {
  const letters = chords.filter((chord) => /(^|\+)[a-z]$/.test(chord) && !chord.startsWith("Ctrl"));
  expect(letters.filter((chord) => /[wasd]$/.test(chord))).toEqual([]);
});

test("every listed key does what it is listed for", () => {
  for (const { id, keys } of COMMANDS) {
    for (const key of keys) expect(idOf(pressOf(key))).toBe(id);
  }
});

test("in a text field only Ctrl+Enter, the palette's keys and Escape are ours", () => {
  const ours = chords.filter((chord) => commandOf(pressOf(chord), { ...CANVAS, typing: true }));
  expect(ours).toEqual(["Ctrl+Enter", "Ctrl+k", "Ctrl+Shift+p", "Escape"]);
});

test("turning single keys off turns off exactly the printable characters, those by place included", () => {
  const off = chords.filter(
    (chord) => commandOf(pressOf(chord), { ...CANVAS, singleKeys: false }) === null,
  );
  expect(off).toEqual(chords.filter(isSingleCharacter));
  expect(off).toEqual(expect.arrayContaining(["KeyW", "Shift+KeyS", "1", "?", "b", "Shift+n"]));
});

test("a button keeps Space, Enter, the arrows and Home; letters still work on it", () => {
  const place = { ...CANVAS, control: true };
  for (const key of [" ", "Enter", "ArrowDown", "Home"]) expect(idOf(press(key), place)).toBeNull();
  expect(idOf(press("f"), place)).toBe("focus");
});

test("Caps Lock does not change a letter's meaning", () => {
  expect(idOf(press("N"))).toBe("nextAnswer");
  expect(idOf(press("n", { shift: true }))).toBe("prevAnswer");
});

test("a bracket typed with AltGr is a bracket", () => {
  expect(idOf(press("[", { ctrl: true, alt: true, altGraph: true }))).toBe("prevEvent");
});

test("the keys that move the camera are where the left hand is, whatever is printed on them", () => {
  expect(idOf(press("z", { code: "KeyW" }))).toBe("zoomIn");
  expect(idOf(press("ö", { code: "KeyA" }))).toBe("panLeft");
  expect(idOf(press(",", { code: "KeyW" }))).toBe("zoomIn");
  expect(idOf(press("Z", { code: "KeyW", shift: true }))).toBe("panUp");
  expect(idOf(press("w", { code: "KeyZ" }))).toBeNull();
});

test("on keyboards without Latin letters a letter is the key in its place, elsewhere the one that prints it", () => {
  expect(idOf(press("а", { code: "KeyF" }))).toBe("focus");
  expect(idOf(press("נ", { code: "KeyB" }))).toBe("mark");
  expect(idOf(press("f", { code: "KeyU" }))).toBe("focus");
  expect(idOf(press("ü", { code: "KeyF" }))).toBeNull();
});

test("no browser or system shortcut with Ctrl, Command or Alt is taken, but for running and the palette", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...chords.map((chord) => pressOf(chord).key)),
      fc.constantFrom({ ctrl: true }, { alt: true }),
      fc.boolean(),
      (key, modifier, shift) => {
        const chord = `${"ctrl" in modifier ? "Ctrl+" : "Alt+"}${shift ? "Shift+" : ""}${key.toLowerCase()}`;
        const ours = new Map([
          ["Ctrl+enter", "run"],
          ["Ctrl+k", "palette"],
          ["Ctrl+Shift+p", "palette"],
        ]);
        expect(idOf(press(key, { ...modifier, shift }))).toBe(ours.get(chord) ?? null);
      },
    ),
  );
});

test("a chord never depends on Shift for symbols and digits, which some layouts need to type them", () => {
  for (const key of ["?", "/", "1", "{"]) expect(chordOf(press(key, { shift: true }))).toBe(key);
});

test("key caps are what is printed on the keys", () => {
  const caps = ["ArrowLeft", "Shift+n", "+", "Ctrl+Enter", "{", "Shift+KeyW", "Ctrl+Shift+p"];
  expect(caps.map(keyCap)).toEqual([
    "←",
    "Shift N",
    "+",
    "Ctrl Enter",
    "{",
    "Shift W",
    "Ctrl Shift P",
  ]);
});

test("a chord is told to assistive technology by the names of the standard", () => {
  expect(["Ctrl+k", "b", "Shift+KeyW", "?"].map(ariaKey)).toEqual([
    "Control+K",
    "B",
    "Shift+W",
    "?",
  ]);
});
