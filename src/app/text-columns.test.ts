import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, cutToColumns } from "./text-columns.ts";

test("Latin letters have one column, kanji, kana and full-width signs two", () => {
  expect(columnsOf("Beam 16 × 4")).toBe(11);
  expect(columnsOf("ビーム 16")).toBe(9);
  expect(columnsOf("最高、")).toBe(6);
});

test("what is cut has room, begins like the text, and says that there is more", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "1", "木", "ビ", "…") });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), (whole, most) => {
      const cut = cutToColumns(whole, most);
      expect(columnsOf(cut)).toBeLessThanOrEqual(most);
      if (cut === whole) return;
      expect(columnsOf(whole)).toBeGreaterThan(most);
      expect(whole.startsWith(cut.slice(0, -1)) && cut.endsWith("…")).toBe(true);
      expect(columnsOf(cut)).toBeGreaterThanOrEqual(most - 1);
    }),
    { seed: 6 },
  );
});
