import { expect, test, vi } from "vitest";
import { inEnglish } from "../../lib/said.ts";
import type { DrawnNode } from "./drawing.ts";
import { whyRefused } from "./refuse-formula.ts";
import { typeset } from "./typeset.ts";

// KaTeX warns of characters that its fonts do not have.
vi.spyOn(console, "warn").mockImplementation(() => {});

/** What becomes of a formula, as on the page but without it. */
function outcome(tex: string): { why: string | null; nodes: readonly DrawnNode[] } {
  const refusal = whyRefused(tex);
  if (refusal !== null) return { why: inEnglish(refusal), nodes: [] };
  const { drawing, why } = typeset({ tex, display: true });
  return { why: why && inEnglish(why), nodes: drawing ?? [] };
}

const ORDINARY = [
  "x^2",
  "\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}",
  "\\sum_{i=1}^n i = \\frac{n(n+1)}{2}",
  "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
  "\\int_0^\\infty e^{-x^2}\\,dx=\\frac{\\sqrt\\pi}{2}",
  "\\boxed{\\frac12}",
  "a\\neq b\\implies c\\iff d\\dots",
  "\\begin{aligned}x&=1\\\\y&=2\\end{aligned}",
  "\\left(\\frac{1}{2}\\right)^{10}",
  "12 \\div 4 = 3 \\text{ apples, } \\$5",
  "\\underbrace{1+2}_{3}+\\overrightarrow{CD}+\\cancel{x}",
  "\\mathbb{R}, \\mathcal{L}, \\sin\\theta",
];

test.each(ORDINARY)("an ordinary formula is set: %s", (tex) => {
  const { why, nodes } = outcome(tex);
  expect(why).toBeNull();
  expect(nodes.length).toBeGreaterThan(5);
  expect(nodes.every(({ parent }, i) => parent < i)).toBe(true);
  expect(nodes[0]).toMatchObject({ space: "html", tag: "span", parent: -1 });
});

const nest = (begin: string, depth: number, end: string) =>
  `${begin.repeat(depth)}x${end.repeat(depth)}`;

/** Formulas that have frozen pages, and relatives of theirs. */
const BOMBS = {
  macros: `\\def\\a{${"x".repeat(1900)}}${"\\a".repeat(20)}`,
  macrosOfMacros: "\\def\\a{xx}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\c",
  macrosWithoutDef: "\\newcommand{\\a}{\\a\\a}\\a",
  letters: "\\let\\frac=\\sqrt\\frac{1}{2}",
  internals: "\\@firstoftwo{a}{b}",
  characters: '\\char"202E abc',
  fractions: nest("\\frac{1}{", 500, "}"),
  fractionsThatFit: nest("\\frac{1}{", 24, "}"),
  fractionsInBoth: `${"\\frac{".repeat(24)}x${"}{y}".repeat(24)}`,
  braces: "{".repeat(5_000) + "}".repeat(5_000),
  bracesThatFit: "{".repeat(990) + "}".repeat(990),
  scripts: "^".repeat(5_000) + "_".repeat(5_000),
  scriptsThatFit: "x^_".repeat(660),
  nestedScripts: nest("x^{", 24, "}"),
  accents: nest("\\hat{", 24, "}^1_2"),
  wideAccents: nest("\\widehat{", 24, "}^1_2"),
  braced: nest("\\underbrace{", 24, "}_{y}"),
  fences: nest("\\left(", 24, "\\right)"),
  middles: `\\left(${"\\middle|".repeat(240)}\\right)`,
  roots: nest("\\sqrt{", 24, "}"),
  cells: `\\begin{matrix}${"&".repeat(10_000)}\\end{matrix}`,
  cellsThatFit: `\\begin{matrix}${"&".repeat(1_900)}\\end{matrix}`,
  rows: `\\begin{matrix}${"\\\\".repeat(900)}\\end{matrix}`,
  columns: `\\begin{array}{${"|".repeat(1_900)}c}x\\end{array}`,
  arrows: `\\begin{CD}${"A@>>>".repeat(380)}\\end{CD}`,
  matrices: nest("\\begin{matrix}a&b\\\\c&", 24, "\\end{matrix}"),
  sizes: `${"\\Huge ".repeat(330)}x`,
  styles: `${"\\displaystyle ".repeat(140)}x`,
  choices: nest("\\mathchoice{a}{b}{c}{", 24, "}"),
  primes: `x${"'".repeat(1_900)}`,
  composed: "é".repeat(1_900),
  negations: "\\neq".repeat(400),
  long: "x".repeat(1_999),
  tooLong: "x".repeat(1 << 20),
} as const;

test.each(Object.entries(BOMBS))("V11: a bomb is set or refused in no time: %s", (_, tex) => {
  const began = performance.now();
  const { why, nodes } = outcome(tex);
  // A page would not be blocked: this happens in a worker. A busy machine may be ten times slower than this.
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(nodes.length).toBeLessThanOrEqual(2_400);
  expect(why === null || /^[^.]+$|^KaTeX cannot/.test(why)).toBe(true);
});

test("what changes the meaning of commands is refused", () => {
  const { macros, macrosOfMacros, macrosWithoutDef, letters, internals, characters } = BOMBS;
  for (const tex of [macrosOfMacros, macrosWithoutDef, letters, internals, characters]) {
    expect(outcome(tex).why, tex).toBe("it changes what commands mean");
  }
  expect(outcome(macros).why).toBe("it changes what commands mean");
  for (const name of ["gdef", "edef", "xdef", "futurelet", "global", "renewcommand"]) {
    expect(outcome(`\\${name}\\a{x}`).why, name).toBe("it changes what commands mean");
    expect(outcome(`\\${name}{\\a}{x}`).why, name).toBe("it changes what commands mean");
  }
  expect(whyRefused("\\left(x\\right)\\leftarrow\\lets\\longrightarrow\\charm")).toBeNull();
});

test("V11: nothing reaches out of a formula", () => {
  const words = ["\\href{javascript:alert(1)}{x}", "\\url{https://example.com}", "\\htmlId{a}{x}"];
  const more = ["\\includegraphics{https://example.com/a.png}", "\\htmlStyle{color:red}{x}"];
  for (const tex of [...words, ...more, "\\htmlClass{a}{x}", "\\htmlData{a=b}{x}"]) {
    expect(outcome(tex).why, tex).toBe("it asks for more than mathematics");
    // Not even if nobody looked at it before.
    const { drawing } = typeset({ tex, display: false });
    for (const node of drawing ?? []) {
      if ("text" in node) continue;
      expect(node.tag).not.toMatch(/^(a|img|script|style|link|iframe|foreignObject)$/);
      expect(Object.keys(node.attributes).join(" ")).not.toMatch(/href|src|\bid\b|data-|\bon/);
    }
  }
});

test("characters that cannot be seen are refused", () => {
  for (const tex of ["x\u202ey", "x\u0000", "x\u2028y", "\u200bx"]) {
    expect(outcome(tex).why).toBe("it holds characters that cannot be seen");
  }
});

test("nothing is larger than a page, and colours are those of the page", () => {
  const sizes = ["\\rule{10000em}{10000em}", "\\kern-9999em x", "\\raisebox{-500em}{x}"];
  const spaces = ["\\hspace{-100em}x", "\\phantom{\\rule{100000em}{1em}}", "\\kern9999em x"];
  for (const tex of [
    ...sizes,
    ...spaces,
    "\\color{white}x\\colorbox{black}{y}\\textcolor{#fff}{z}",
  ]) {
    const { why, nodes } = outcome(tex);
    if (why !== null) expect(why).toBe("it is larger than a page");
    for (const node of nodes) {
      if ("text" in node) continue;
      const styles = Object.entries(node.style).join(";");
      expect(styles).not.toMatch(/color|background/i);
      for (const [length] of styles.matchAll(/-?[\d.]+(?=em)/g)) {
        expect(Math.abs(Number(length))).toBeLessThanOrEqual(80);
      }
    }
  }
});

test("what KaTeX cannot read is told in its words", () => {
  expect(outcome("\\frac{1}").why).toMatch(/^KaTeX cannot read it \(.+\)$/);
  expect(outcome("x^").why).toMatch(/^KaTeX cannot read it \(.+\)$/);
  expect(outcome("\\unheard").why).toMatch(/unheard/);
});

test("setting a formula leaves no document behind", () => {
  outcome("x^2");
  outcome("x^");
  expect(Reflect.has(globalThis, "document")).toBe(false);
});
