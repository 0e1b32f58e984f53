import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOf, charactersIn, cutToCells } from "./text-cells.ts";

const texts = fc.string({ unit: fc.constantFrom(..."ab 1枝刈りー（Ａ한") });

test("a Latin character takes one cell, an East Asian one two", () => {
  expect(cellsOf("prune 2")).toBe(7);
  expect(cellsOf("枝刈り 2")).toBe(8);
  expect(cellsOf("（Ａ）한")).toBe(8);
});

test("texts in a row take the cells of all of them", () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(cellsOf(a + b)).toBe(cellsOf(a) + cellsOf(b));
    }),
  );
});

test("of a long text only a part is looked at", () => {
  expect(cellsOf("x".repeat(1000), 9)).toBe(9);
  expect(cellsOf("枝".repeat(1000), 9)).toBe(18);
  expect(cellsOf("枝刈り", 9)).toBe(6);
});

test("no pair of surrogates is parted", () => {
  expect([1, 2, 3, 4].map((cells) => charactersIn("a🌳b", cells))).toEqual([1, 1, 3, 4]);
  expect(cutToCells("🌳🌳", 2)).toBe("…");
});

test("what is cut has room, is a beginning, and as long as it can be", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 30 }), (text, cells) => {
      const cut = cutToCells(text, cells);
      if (cellsOf(text) <= cells) {
        expect(cut).toBe(text);
        return;
      }
      const shown = cut.slice(0, -1);
      expect(cut.at(-1)).toBe("…");
      expect(text.startsWith(shown)).toBe(true);
      expect(cellsOf(cut)).toBeLessThanOrEqual(cells);
      expect(cellsOf(cut) + cellsOf(text[shown.length]!)).toBeGreaterThan(cells);
    }),
  );
});
