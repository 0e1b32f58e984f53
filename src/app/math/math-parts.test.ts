import fc from "fast-check";
import { expect, test } from "vitest";
import { mathParts } from "./math-parts.ts";

const words = fc.constantFrom(
  "so ",
  " and",
  ".",
  ", ",
  "$x$",
  "$$y$$",
  "\\(z\\)",
  "$5",
  "\n",
  "(",
  ")",
);

test("parts of a text are the text, but for spaces beside displayed formulas", () => {
  fc.assert(
    fc.property(fc.array(words), (some) => {
      const text = some.join("");
      const shown = mathParts(text).map((part) =>
        part.kind === "prose" ? part.text : part.source + part.tail,
      );
      expect(shown.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});

test("punctuation stays with a formula in a line, and not with a displayed one", () => {
  expect(mathParts("Let $x$, then")).toMatchObject([
    { kind: "prose", text: "Let " },
    { kind: "formula", tex: "x", tail: "," },
    { kind: "prose", text: " then" },
  ]);
  expect(mathParts("so $$x$$ .")).toMatchObject([
    { kind: "prose", text: "so" },
    { kind: "formula", display: true, tail: "" },
    { kind: "prose", text: "." },
  ]);
});
