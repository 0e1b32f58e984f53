import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { extractAnswer } from "./extract-answer.ts";
import { areEqualAnswers, gradeMath } from "./grade.ts";
import { DIFFERENT, SAME } from "./known-pairs.ts";
import { pairOf, perturbed, rewritten, wrappedIn } from "./random-answers.ts";
import { readAnswer } from "./read-answer.ts";
import { keyOf } from "./same-answer.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const key = (text: string) => keyOf(readAnswer(text));

describe.each(Object.entries(SAME))("%s", (_, pairs) => {
  test.each(pairs)("%s is %s", (a, b) => {
    expect(areEqualAnswers(a, b)).toBe(true);
    expect(areEqualAnswers(b, a)).toBe(true);
  });
});

describe.each(Object.entries(DIFFERENT))("%s", (_, pairs) => {
  test.each(pairs)("%s is not %s", (a, b) => {
    expect(areEqualAnswers(a, b)).toBe(false);
    expect(areEqualAnswers(b, a)).toBe(false);
  });
});

test("there are at least 150 known pairs, and every text of them is what it is itself", () => {
  const pairs = [...Object.values(SAME), ...Object.values(DIFFERENT)].flat();
  expect(pairs.length).toBeGreaterThanOrEqual(150);
  for (const text of pairs.flat()) expect(areEqualAnswers(text, text), text).toBe(true);
});

test("P11: an answer is equal to itself, and equality has no direction", () => {
  fc.assert(
    fc.property(anyAnswer(), anyAnswer(), (a, b) => {
      expect(areEqualAnswers(a, a)).toBe(true);
      expect(areEqualAnswers(a, b)).toBe(areEqualAnswers(b, a));
    }),
  );
});

test("P12: formatting changes no grade and no vote", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = createRandom(seed);
      const [answer, reference] = pairOf(random);
      const noisy = wrappedIn(answer, random);
      const [plain, noise] = [answer, noisy].map((text) => gradeMath(text, reference));
      expect(noise!.correct, `${noisy} / ${reference}`).toBe(plain!.correct);
      expect(noise!.canonical, noisy).toBe(plain!.canonical);
    }),
  );
});

test("P13: an expression that is rewritten by a law of algebra stays equal, and votes as it did", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const [a, b] = rewritten(createRandom(seed));
      expect(areEqualAnswers(a, b), `${a} = ${b}`).toBe(true);
      expect(key(a), `${a} = ${b}`).toBe(key(b));
    }),
  );
});

test("P14: an expression in which one thing is changed that matters is another", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const [a, b] = perturbed(createRandom(seed));
      expect(areEqualAnswers(a, b), `${a} = ${b}`).toBe(false);
      expect(key(a), `${a} = ${b}`).not.toBe(key(b));
    }),
  );
});

test("P15: garbage is an answer that nothing else equals; it never throws and is read in bounded time", () => {
  fc.assert(
    fc.property(anyAnswer(), anyAnswer(), (a, b) => {
      const { canonical, correct } = gradeMath(a, b);
      expect(canonical === null).toBe(correct === null);
    }),
  );
});

test.each([
  ["a tower of powers", "9^{9^{9^{9}}}"],
  ["a long power", "123456789^{123456789}"],
  ["a large factorial", "99999!"],
  ["a large binomial coefficient", "\\binom{x}{1000}"],
  ["factorials of factorials", "((6!)!)!"],
  ["deep brackets", "(".repeat(5_000)],
  ["deep groups", `${"{".repeat(900)}1${"}".repeat(900)}`],
  ["deep fractions", "\\frac1".repeat(600)],
  ["deep roots", `${"\\sqrt".repeat(250)}2`],
  ["many functions", `${"\\sin\\cos".repeat(150)}x`],
  ["a long sum of logarithms", Array.from({ length: 300 }, (_, i) => `\\ln ${i + 2}`).join("+")],
  [
    "fractions that cannot be reduced",
    Array.from({ length: 250 }, (_, i) => `\\frac{x}{${i + 2}+y}`).join("+"),
  ],
  ["a long list", Array.from({ length: 900 }, (_, i) => i).join(", ")],
  ["many signs", `${"-".repeat(1_900)}1`],
  ["a number of many digits", "7".repeat(1_900)],
  ["a large exponent of ten", "1e999999999"],
  ["signs of both kinds", "\\pm".repeat(200)],
  ["boxes that never close", "\\boxed{".repeat(20_000)],
  ["hashes", "#".repeat(100_000)],
  ["spaces", " ".repeat(50_000)],
  ["commas", ",".repeat(1_999)],
  ["a long text", "so the answer is ".repeat(6_000)],
])("P15: %s costs no more than the cap", (_, text) => {
  const began = performance.now();
  const { canonical } = gradeMath(extractAnswer(text) ?? text, text);
  gradeMath(text, "7");
  // The cap is in operations; ten times what they take here tells it from none.
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(canonical === null || canonical.length <= text.length + 100).toBe(true);
});

test.each([
  ["the last box wins", "\\boxed{1} no, \\boxed{2}", "2"],
  ["braces are balanced", "\\boxed{\\frac{1}{2}} done", "\\frac{1}{2}"],
  ["a brace that is escaped closes nothing", "\\boxed{\\{1, 2\\}}", "\\{1, 2\\}"],
  ["a box that is cut off is none", "\\boxed{3} and \\boxed{4", "3"],
  ["a framebox", "\\fbox{7}", "7"],
  ["a box without braces", "so \\boxed 5", "5"],
  ["a box goes before a phrase", "\\boxed{3}. The answer is 4", "3"],
  ["GSM8K", "16 - 3 = 13\n#### 13", "13"],
  ["GSM8K with a unit", "#### $1,250 ", "$1,250"],
  ["a phrase", "So the answer is 3.5. It was easy", "3.5"],
  ["a phrase in bold", "**Final Answer:** $x = 5$.", "$x = 5$"],
  ["the last phrase", "The answer is 3. No: the final answer is 4.", "4"],
  ["a last line of mathematics", "We add.\nTherefore, x = 12", "x = 12"],
  ["nothing", "I give up", null],
  ["an empty box", "\\boxed{}", null],
  ["an empty text", "", null],
  ["prose with a number", "We look at 3 cases", null],
  ["short words with a number", "so it is 7", null],
] as const)("extraction: %s", (_, text, answer) => {
  expect(extractAnswer(text)).toBe(answer);
});

test("what states no answer is neither right nor wrong", () => {
  const none = { answer: null, canonical: null, correct: null };
  expect(gradeMath(null, "7")).toEqual(none);
  expect(gradeMath("  ", "7")).toEqual(none);
});

test("without a reference equal answers have one vote, and nobody says that they are right", () => {
  const grades = ["\\frac12", "0.5", "\\boxed{1/2}"].map((stated) => gradeMath(stated, null));
  expect(grades.map(({ canonical, correct }) => [canonical, correct])).toEqual(
    grades.map(() => ["1/2", null]),
  );
});

test("a reference may be a whole solution", () => {
  expect(gradeMath("18", "9 * 2 = 18\n#### 18").correct).toBe(true);
});

const REAL = path.join(import.meta.dirname, "../../../../shared/data/math500-first40.jsonl");

test.skipIf(!existsSync(REAL))("published solutions are graded by their published answers", () => {
  const rows = readFileSync(REAL, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  for (const { solution, answer, unique_id: id } of rows) {
    expect(gradeMath(extractAnswer(solution), answer).correct, id).toBe(true);
    expect(readAnswer(answer).answer.kind === "text" ? id : null).toBe(
      /^\\text\{/.test(answer) ? id : null,
    );
  }
  const answers: string[] = rows.map(({ answer }) => answer);
  const keys = answers.map(key);
  answers.forEach((a, i) => {
    answers.forEach((b, j) => {
      if (keys[i] !== keys[j]) return;
      expect(areEqualAnswers(a, b), `${a} = ${b}`).toBe(true);
    });
  });
});

function anyAnswer(): fc.Arbitrary<string> {
  const pieces = fc.constantFrom(
    ..."0123456789xyeiπ+-*/^_!()[]{}|,;:=<>≤%$&°'. ",
    ...[
      "\\frac",
      "\\sqrt",
      "\\pi",
      "\\{",
      "\\}",
      "\\text{cm}",
      "\\pm",
      "\\cup",
      "\\infty",
      "\\le ",
    ],
    ...[
      "\\begin{pmatrix}",
      "\\end{pmatrix}",
      "\\\\",
      "\\sin",
      "\\log_",
      "\\boxed{",
      "\\left(",
      "10,000",
    ],
    ...[
      "\\overline{3}",
      "\\binom",
      "\\in",
      " or ",
      "\\lfloor",
      "\\rfloor",
      "####",
      "answer is",
      "1e9",
    ],
  );
  return fc.oneof(
    fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
}
