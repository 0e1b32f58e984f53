import fc from "fast-check";
import { expect, test } from "vitest";
import { capText, maskControls, revealControls } from "./plain-text.ts";

test("what is shown begins the text, is no longer than the cap, and says whether it is all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 40 }), (text, cap) => {
      const { shown, total, complete } = capText(text, cap);
      expect(text.startsWith(shown)).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(cap);
      expect(total).toBe(text.length);
      expect(complete).toBe(shown === text);
    }),
  );
});

test("a surrogate pair is never cut in two", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 9 }), (text, cap) => {
      expect(capText(text, cap).shown.isWellFormed()).toBe(true);
    }),
  );
});

test("a text that reverses its surroundings is spelled out", () => {
  expect(revealControls("12\u202E=\t21\u0000")).toBe("12‹U+202E›=\t21‹U+0000›");
});

test("where there is no room, what would act unseen is one mark each", () => {
  expect(maskControls("12\u202E=21\u0000\u200B")).toBe("12�=21��");
});

test("ordinary text in any script stays as it is", () => {
  for (const text of ["12*9-14*3", "שלום 12", "剪定\n→ 66", "é👩‍🔬"]) {
    expect(revealControls(text)).toBe(text);
    expect(maskControls(text.replace("\n", " "))).toBe(text.replace("\n", " "));
  }
});

test("joiners are revealed where they only hide something", () => {
  expect(revealControls("1\u200D2")).toBe("1‹U+200D›2");
  expect(revealControls("\u200C= 4")).toBe("‹U+200C›= 4");
  expect(revealControls("soft\u00ADhyphen")).toBe("soft‹U+00AD›hyphen");
  const family = "\u{1F469}\u200D\u{1F469}\u200D\u{1F466}";
  expect(revealControls(family)).toBe(family);
});
