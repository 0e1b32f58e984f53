import fc from "fast-check";
import { expect, test } from "vitest";
import { findMath } from "./find-math.ts";

function formulas(text: string): string[] {
  return findMath(text).flatMap((segment) => (segment.kind === "formula" ? [segment.tex] : []));
}

/** Everything that means something to the finder, and a little that does not. */
const pieces = fc.constantFrom(
  ...["$", "$$", "\\(", "\\)", "\\[", "\\]", "\\$", "\\\\", "\\boxed{", "{", "}", "\n", "\n\n"],
  ...[" ", "5", "x", "and so", "^2", "\\", "\\frac{1}{2}", "\ud83d", "剪定", "\u202e"],
);
const text = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(""));

test("the segments in their order are the text, and no two texts follow each other", () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (source) => {
      const segments = findMath(source);
      expect(segments.map((segment) => segment.source).join("")).toBe(source);
      expect(segments.every((segment) => segment.source !== "")).toBe(true);
      const kinds = segments.map(({ kind }) => kind).join(" ");
      expect(kinds).not.toMatch(/text text/);
    }),
    { numRuns: 2000 },
  );
});

test("a formula is never blank, and one of single dollars never longer than a line", () => {
  fc.assert(
    fc.property(text, (source) => {
      for (const segment of findMath(source)) {
        if (segment.kind === "text") continue;
        expect(segment.tex.trim()).not.toBe("");
        if (/^\$[^$]/.test(segment.source)) expect(segment.source).not.toMatch(/\n/);
      }
    }),
    { numRuns: 2000 },
  );
});

test("formulas are found between all closed delimiters", () => {
  expect(formulas("so $x^2$ and $$y$$ and \\(z\\) and \\[w+1\\].")).toEqual([
    "x^2",
    "y",
    "z",
    "w+1",
  ]);
  expect(formulas("$a$$b$")).toEqual(["a", "b"]);
  expect(formulas("$12\\cdot 9 = 108$, then $108 - 42 = 66$.")).toHaveLength(2);
  expect(formulas("$\\text{speed and time}$")).toEqual(["\\text{speed and time}"]);
  expect(findMath("\\[x\\]")).toEqual([
    { kind: "formula", source: "\\[x\\]", tex: "x", display: true },
  ]);
  expect(findMath("$$x$$")).toMatchObject([{ display: true }]);
  expect(findMath("\\(x\\)")).toMatchObject([{ display: false }]);
});

test("what is not closed is text", () => {
  const open = [
    "$x",
    "x$",
    "\\(x",
    "x\\)",
    "\\[x",
    "$$x",
    "$$x$",
    "\\boxed{5",
    "$x\n$",
    "$$x\n\n$$",
  ];
  for (const line of [...open, "\\(a\n\nb\\)", "$ $", "$$ $$", "\\(\\)", "$$$$", "$", ""]) {
    expect(formulas(line), line).toEqual([]);
  }
});

test("the outermost delimiters count", () => {
  expect(formulas("\\[ x \\text{ if $y>0$} \\]")).toEqual([" x \\text{ if $y>0$} "]);
  expect(formulas("$$ a \\text{ if $b$ } $$")).toEqual([" a \\text{ if $b$ } "]);
  expect(formulas("$\\boxed{66}$")).toEqual(["\\boxed{66}"]);
  expect(formulas("\\(a \\(b\\)")).toEqual(["b"]);
});

test("a boxed answer needs no delimiters", () => {
  expect(formulas("The answer is \\boxed{\\frac{1}{2}}.")).toEqual(["\\boxed{\\frac{1}{2}}"]);
  expect(formulas("{ \\boxed{a} } \\boxed{b")).toEqual(["\\boxed{a}"]);
});

test("an escaped dollar is a dollar", () => {
  expect(formulas("\\$5 and \\$6")).toEqual([]);
  expect(formulas("$\\$5+x$")).toEqual(["\\$5+x"]);
  expect(formulas("line\\\\$x$")).toEqual(["x"]);
});

/** As in the problems and solutions of GSM8K. */
const PRICES = [
  "Natalia paid $5 and $7 each.",
  "It costs $5.",
  "The pen is $3 * 4 = $12.",
  "He has $20,000 in the bank and owes $3,500.50 to Ann.",
  "She makes 9 * 2 = $18 every day at the farmer's market.",
  "The cost of the house and repairs came out to 80,000+50,000=$130,000",
  "He increased the value of the house by 80,000*1.5=$120,000 so it is worth $200,000.",
  "Each jacket costs $60*.2=$12 more, or $60+$12=$72",
  "Weng earns $12 an hour for babysitting. Yesterday, she earned 12/60=$0.2 a minute",
  "From $5 to $10, then $10-$5=$5",
  "US$5 or AU$7, but 3$ in total",
  "$5 for kids and 10$ for adults",
  "($5/$10)",
  "between $5-$7",
  "he makes $$$ and more $$$",
  "$$ is money and $$ is more money",
  "Cost: $ 5 + $ 6 = $ 11",
  "a 5$ bill and a 10$ bill",
  "$1/2 per apple, $3/4 per pear",
  "If $1 = 100 cents, how much is $2.50?",
  "$",
];

test.each(PRICES)("a price stays a price: %s", (line) => {
  expect(findMath(line)).toEqual([{ kind: "text", source: line }]);
});

test("a formula among prices is a formula", () => {
  expect(formulas("She pays $5 for $x$ apples and $10 more.")).toEqual(["x"]);
  expect(formulas("The price is $x+5$ dollars, or $12.")).toEqual(["x+5"]);
});

test("one megabyte of anything is read in the time of its length", () => {
  const size = 1 << 20;
  const units = ["$", "$ ", "$a", "$$a", "$$ a ", "\\(", "\\(a\\)", "\\[", "\\boxed{", "{", "}"];
  for (const unit of [
    ...units,
    "$a b$5",
    "$aa",
    "\\",
    "\n$a",
    "$$aa aa",
    "a",
    " ",
    "$aaaa ",
    "a$",
  ]) {
    const long = unit.repeat(size / unit.length);
    const began = performance.now();
    const segments = findMath(long);
    expect(performance.now() - began, unit).toBeLessThan(3_000);
    expect(segments.reduce((sum, { source }) => sum + source.length, 0)).toBe(long.length);
  }
});
