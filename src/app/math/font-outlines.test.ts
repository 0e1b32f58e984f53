import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import fc from "fast-check";
import opentype from "opentype.js";
import { expect, test } from "vitest";
import { outlineIn, runsIn } from "./font-outlines.ts";

const FOLDER = path.join(
  path.dirname(createRequire(import.meta.url).resolve("katex")),
  "../dist/fonts",
);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".ttf"));
const fontOf = (file: string) =>
  opentype.parse(new Uint8Array(readFileSync(path.join(FOLDER, file))).buffer);

/** How far up and down an outline goes, em, upwards; curves stay within their control points. */
function heightsOf(outline: string): { top: number; bottom: number } {
  // Each command ends with the pairs of its points.
  const down = [...outline.matchAll(/-?[\d.]+/g)].map(Number).filter((_, i) => i % 2 === 1);
  return { top: -Math.min(...down), bottom: -Math.max(...down) };
}

test("the fonts of KaTeX can be read, all of them", () => {
  expect(FILES).toHaveLength(20);
  for (const file of FILES) {
    const outline = outlineIn(fontOf(file), /Size/.test(file) ? "(" : "A", file);
    expect(outline?.path, file).toMatch(/^M/);
    expect(outline?.path, file).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test("an outline stands on its baseline, as high as TeX's letters are, in em", () => {
  const main = fontOf("KaTeX_Main-Regular.ttf");
  const heights = (character: string) => heightsOf(withoutHV(outlineIn(main, character, "")!.path));
  // Heights and depths of the Computer Modern fonts (cmr10).
  expect(heights("H").top).toBeCloseTo(0.683, 2);
  expect(heights("H").bottom).toBeCloseTo(0, 2);
  expect(heights("x").top).toBeCloseTo(0.431, 1);
  expect(heights("p").bottom).toBeCloseTo(-0.194, 2);
});

test("larger delimiters are larger outlines", () => {
  const tall = [1, 2, 3, 4].map((size) => {
    const outline = outlineIn(fontOf(`KaTeX_Size${size}-Regular.ttf`), "(", "")!;
    const { top, bottom } = heightsOf(withoutHV(outline.path));
    return top - bottom;
  });
  expect(tall[0]).toBeCloseTo(1.2, 1);
  expect(tall[1]).toBeCloseTo(1.8, 1);
  expect(tall[2]).toBeCloseTo(2.4, 1);
  expect(tall[3]).toBeCloseTo(3.0, 1);
});

test("what a font does not have is said to be missing, and equal outlines have one name", () => {
  const main = fontOf("KaTeX_Main-Regular.ttf");
  expect(outlineIn(main, "面", "main")).toBeNull();
  expect(outlineIn(main, "€", "main")).toBeNull();
  expect(outlineIn(main, "a", "main")).toEqual(outlineIn(main, "a", "main"));
  expect(outlineIn(main, "a", "main")!.id).not.toBe(outlineIn(main, "b", "main")!.id);
});

test("no character of a text is lost in its runs, and what is missing in a row is one run", () => {
  const known = (character: string) =>
    /[a-z]/.test(character) ? { id: character, path: "M0 0" } : null;
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "z", "面", "€", "\u{1f600}") }), (text) => {
      const runs = runsIn(text, known);
      expect(runs.map((run) => run.text).join("")).toBe(text);
      for (const [i, run] of runs.entries()) {
        if (run.outline === null) expect(runs[i + 1]?.outline).not.toBeNull();
        else expect(run.text).toHaveLength(1);
      }
    }),
  );
});

/** A path without horizontal and vertical lines, which have one number: none is written here. */
function withoutHV(outline: string): string {
  expect(outline).not.toMatch(/[HVhv]/);
  return outline;
}
