import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { ProblemError } from "../family.ts";
import { toldVerdict } from "../told-verdict.ts";
import { expressions } from "./expressions.ts";
import { readExpression, writeExpression } from "./notation.ts";
import { evaluate, operationsIn, replaceOperation } from "./operations.ts";

/** Slow but obvious: the value of an expression by recursive descent, exact for any size. */
function naiveValue(text: string): bigint {
  let at = 0;
  const peek = () => text.replaceAll(" ", "")[at];
  const take = () => text.replaceAll(" ", "")[at++]!;
  const atom = (): bigint => {
    if (peek() === "(") {
      take();
      const inner = sum();
      take();
      return inner;
    }
    let digits = peek() === "-" ? take() : "";
    while (/\d/.test(peek() ?? "")) digits += take();
    return BigInt(digits);
  };
  const product = (): bigint => {
    let value = atom();
    while (peek() === "*") {
      take();
      value *= atom();
    }
    return value;
  };
  const sum = (): bigint => {
    let value = product();
    while (peek() === "+" || peek() === "-") value += take() === "+" ? product() : -product();
    return value;
  };
  return sum();
}

/**
 * Slow but obvious: every line without negative numbers that may follow `text`,
 * by replacing what looks like an operation and keeping what keeps the value.
 */
function naiveNextLines(text: string): Set<string> {
  const lines = new Set<string>();
  for (let from = 0; from < text.length; from++) {
    if (/\d/.test(text[from - 1] ?? "")) continue;
    const [match, a, operator, b] = /^(\d+)([-+*])(\d+)/.exec(text.slice(from)) ?? [];
    if (match === undefined) continue;
    const value = naiveValue(`${a}${operator}${b}`);
    const rest = text.slice(from + match.length);
    const line = `${text.slice(0, from)}${value}${rest}`.replaceAll(/\((\d+)\)/g, "$1");
    if (naiveValue(line) === naiveValue(text)) lines.add(line);
  }
  return lines;
}

const generated = fc
  .record({
    level: fc.constantFrom(...expressions.levels),
    seed: fc.integer(),
    split: fc.constant("train" as const),
  })
  .map((request) => expressions.generate(request));

/** Any expression that a person could type, with needless parentheses, spaces and negative numbers. */
const { typed } = fc.letrec<{ typed: string }>((tie) => ({
  typed: fc.oneof(
    { depthSize: "small" },
    fc.nat(30).map(String),
    fc.integer({ min: -30, max: 30 }).map((n) => `(${n})`),
    fc
      .tuple(tie("typed"), fc.constantFrom("+", "-", "*", " * ", "- "), tie("typed"))
      .map((p) => p.join("")),
    tie("typed").map((inner) => `(${inner})`),
  ),
}));
const typedProblem = typed.filter(
  (text) => text.length <= 60 && /\d\)* *[-+*]/.test(text) && naiveValue(text) ** 2n < 10n ** 20n,
);

const LIMITS = { length: 600, digits: 15 };

test("numbers, values in between and factors of generated problems keep to their limits", () => {
  fc.assert(
    fc.property(generated, (problem) => {
      for (const token of problem) {
        if (typeof token === "number") expect(token >= 1 && token <= 20).toBe(true);
      }
      let rest = problem;
      while (rest.length > 1) {
        const next = operationsIn(rest).find(({ turn }) => turn === "in-order")!;
        expect(next.value >= 0 && next.value <= 200).toBe(true);
        if (next.operator === "*") {
          expect(Math.min(next.left, next.right)).toBeLessThanOrEqual(9);
        }
        rest = replaceOperation(rest, next.at, next.value);
      }
    }),
    { numRuns: 500 },
  );
});

test("more than half of the problems of every level from 4 on have parentheses", () => {
  for (const level of [4, 5, 6, 7]) {
    const problems = Array.from({ length: 300 }, (_, seed) =>
      expressions.generate({ level, seed, split: "train" }),
    );
    expect(problems.filter((problem) => problem.includes("(")).length).toBeGreaterThan(150);
  }
});

test("generated problems are in canonical form: no pair of parentheses can be left out", () => {
  fc.assert(
    fc.property(generated, (problem) => {
      expect(readExpression(writeExpression(problem), LIMITS)).toEqual(problem);
    }),
  );
});

test("reading drops only parentheses that do not change the value, and all of those", () => {
  fc.assert(
    fc.property(typedProblem, (text) => {
      const problem = readExpression(text, LIMITS);
      const spelling = writeExpression(problem);
      expect(naiveValue(spelling)).toBe(naiveValue(text));
      expect(readExpression(spelling, LIMITS)).toEqual(problem);
    }),
    { numRuns: 2000 },
  );
  const spellings = {
    "7+(5-3)": "7+5-3",
    "7-(5-3)": "7-(5-3)",
    "7-((5*3))": "7-5*3",
    "2*(3*4)": "2*3*4",
    "2*((3+4))": "2*(3+4)",
    "(2+3)*4": "(2+3)*4",
    "(2+3)+4": "2+3+4",
    "((2+3)+4)*5": "(2+3+4)*5",
    "2*((3+4)+5)": "2*(3+4+5)",
    "9-((3+4)+5)": "9-(3+4+5)",
    "(-7)+3": "-7+3",
    "-7*3": "(-7)*3",
    "2*(-7+3)": "2*(-7+3)",
    "2+(-7+3)": "2+(-7)+3",
    "5-(-7)": "5-(-7)",
    "(-0)*2": "0*2",
  };
  expect(readExpression("(-0)*2", LIMITS)).toEqual([0, "*", 2]);
  for (const [text, spelling] of Object.entries(spellings)) {
    expect(writeExpression(readExpression(text, LIMITS))).toBe(spelling);
  }
});

test("the value agrees with a recursive evaluator of whole numbers of any size", () => {
  fc.assert(
    fc.property(typedProblem, (text) => {
      expect(BigInt(evaluate(readExpression(text, LIMITS)))).toBe(naiveValue(text));
    }),
    { numRuns: 1000 },
  );
});

test("solutions of typed problems are right too, with negative values in between", () => {
  fc.assert(
    fc.property(typedProblem, fc.integer(), (text, seed) => {
      const problem = readExpression(text, LIMITS);
      const { steps, answer } = expressions.writeSolution(problem, createRandom(seed), "solved");
      const judge = expressions.judge(problem);
      expect(steps.map(judge).every((verdict) => verdict.right)).toBe(true);
      expect(BigInt(answer)).toBe(naiveValue(text));
      expect(expressions.grade(problem, steps, answer).correct).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("solutions are written from left to right within every sum and product", () => {
  const written = (text: string) => {
    const problem = expressions.parse(text);
    const solutions = Array.from({ length: 40 }, (_, seed) =>
      expressions.writeSolution(problem, createRandom(seed), "solved").steps.join(" "),
    );
    return [...new Set(solutions)].sort();
  };
  expect(written("2*3*4")).toEqual(["6*4 24"]);
  expect(written("7+5+3")).toEqual(["12+3 15"]);
  expect(written("2*3+4*5")).toEqual(["2*3+20 6+20 26", "6+4*5 6+20 26"]);
});

test("every line that does one operation and keeps the value by associativity is right", () => {
  const verdict = (text: string, step: string) =>
    expressions.checkStep(expressions.parse(text), [], step);
  for (const [text, step] of [
    ["7+5+3", "12+3"],
    ["7+5+3", "7+8"],
    ["7+5-9", "7+(-4)"],
    ["2*3*4", "2*12"],
    ["20-2*3*4", "20-2*12"],
    ["(7+5)*9", "12 * 9"],
    ["(7+5)*9", "(12)*9"],
    ["5-12+3", "-7+3"],
    ["(5-12)*3", "(-7)*3"],
  ] as const) {
    expect(verdict(text, step), `${text} then ${step}`).toMatchObject({ right: true });
  }
});

test("a wrong line gets its fault, with the values", () => {
  for (const [text, step, fault, because] of [
    ["12*9-14*3", "98-14*3", "arithmetic", "12*9 is 108, not 98"],
    ["12*9-14*3", "12*9-24", "arithmetic", "14*3 is 42, not 24"],
    ["(5-12)*3", "7*3", "arithmetic", "5-12 is -7, not 7"],
    [
      "12*9-14*3",
      "108-41*3",
      "remainder",
      '108-14*3 was to be expected: "41" stands for "14" in it',
    ],
    ["12*9-14*3", "108-42", "remainder", "1 operation is left after one of 3 was done"],
    ["12*9-14*3", "12*9-14*3", "operand", "no operation was done in this line"],
    ["12*9-14*3", "12*9-14*3+1", "remainder", "4 operations are left after one of 3 was done"],
    ["12-9-3", "12-6", "operand", "9-3 is not its turn in 12-9-3"],
    ["7+5*2", "12*2", "operand", "7+5 is not its turn in 7+5*2"],
    ["7+5", "1 2", "malformed", 'an operation is missing between "1" and "2"'],
    ["7+5", "", "malformed", "nothing is written here: try (7+5)*9-14*3"],
    [
      "7+5",
      "twelve",
      "malformed",
      '"t" is not part of an expression: use whole numbers, + - * and parentheses',
    ],
  ] as const) {
    const verdict = toldVerdict(expressions.checkStep(expressions.parse(text), [], step));
    expect(verdict, `${text} then ${step}`).toEqual({ right: false, fault, because });
  }
});

test("P2: a line with one character changed, added or lost is caught, or it is another right line", () => {
  const alphabet = "0123456789+-*() x";
  fc.assert(
    fc.property(generated, fc.integer(), fc.nat(), (problem, seed, where) => {
      const { steps } = expressions.writeSolution(problem, createRandom(seed), "solved");
      const place = where % steps.length;
      const before = steps.slice(0, place);
      const step = steps[place]!;
      const allowed = naiveNextLines(before.at(-1) ?? writeExpression(problem));
      expect(allowed).toContain(step);
      for (let i = 0; i <= step.length; i++) {
        const head = step.slice(0, i);
        const corrupted = [
          head + step.slice(i + 1),
          ...[...alphabet].map((character) => head + character + step.slice(i)),
          ...[...alphabet].map((character) => head + character + step.slice(i + 1)),
        ];
        for (const line of corrupted) {
          const { right } = expressions.checkStep(problem, before, line);
          const harmless = !/\d \d/.test(line) && allowed.has(line.replaceAll(" ", ""));
          if (right) expect(harmless, `"${line}" for "${step}"`).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("the answer decides the grade, in any spelling of the number", () => {
  const problem = expressions.parse("(5-12)*3");
  const grade = (stated: string | null, steps: string[] = []) =>
    expressions.grade(problem, steps, stated);
  expect(grade("-21")).toEqual({ answer: "-21", canonical: "-21", correct: true });
  expect(grade(" -021 ")).toEqual({ answer: " -021 ", canonical: "-21", correct: true });
  expect(grade("21")).toEqual({ answer: "21", canonical: "21", correct: false });
  expect(grade("21", ["-21"])).toMatchObject({ canonical: "21", correct: false });
  expect(grade("x")).toEqual({ answer: "x", canonical: null, correct: false });
  expect(grade(null, ["(-7)*3", "-21"])).toEqual({
    answer: "-21",
    canonical: "-21",
    correct: true,
  });
  expect(grade(null, ["(-7)*3"])).toEqual({ answer: null, canonical: null, correct: false });
  expect(expressions.grade(expressions.parse("0*(-3)"), [], "-0").correct).toBe(true);
});

test("P6: commuted copies of a problem are in the same split", () => {
  for (const [a, b] of [
    ["(7+5)*9-14*3", "9*(5+7)-3*14"],
    ["1+2+3-4-5", "3+1-5+2-4"],
    ["2*(3-4)*5", "5*2*(3-4)"],
    ["8-(1+2*3)", "8-(3*2+1)"],
  ] as const) {
    for (let salt = 0; salt < 40; salt++) {
      const [left, right] = [expressions.parse(`${a}+${salt}`), expressions.parse(`${salt}+${b}`)];
      expect(expressions.splitOf(left)).toBe(expressions.splitOf(right));
    }
  }
  const differ = (a: string, b: string) =>
    Array.from({ length: 60 }, (_, salt) => salt).some(
      (salt) =>
        expressions.splitOf(expressions.parse(`${a}+${salt}`)) !==
        expressions.splitOf(expressions.parse(`${b}+${salt}`)),
    );
  expect(differ("7-5", "5-7")).toBe(true);
  expect(differ("(7+5)*9", "7+5*9")).toBe(true);
});

test("a typed problem that cannot be used is refused with its reason and place", () => {
  for (const [text, message, at] of [
    ["", "nothing is written here", 0],
    ["7+x", '"x" is not part of an expression', 2],
    ["7+🙂", '"🙂" is not part of an expression', 2],
    ["8/2+1", "division does not exist here", 1],
    ["(7+5", 'this "(" is never closed', 0],
    ["2*((7+5)", 'this "(" is never closed', 2],
    ["7+5)", 'this ")" closes nothing', 3],
    ["7+", "a number is missing at the end", 2],
    ["7+*5", 'a number is missing after "+" and before "*"', 2],
    ["*5", 'a number is missing before "*"', 0],
    ["-(7+5)", 'a number is missing before "-"', 0],
    ["7*-5", 'write (-5) for a negative number after "*"', 2],
    ["7()", 'an operation is missing between "7" and "("', 1],
    ["()+1", "nothing stands between these parentheses", 1],
    ["7 5", 'an operation is missing between "7" and "5"', 2],
    ["007+1", "007 begins with a 0", 0],
    ["1234567+1", "a number of 7 digits: at most 6 can be read", 0],
    ["((7))", "there is no operation to do in it", null],
    ["999999*999999*999999", "its values can become too large", null],
    ["999999*999999*9999-999999*999999*9999", "its values can become too large", null],
    ["999999*999999*999999*0", "its values can become too large", null],
    [`1${"+1".repeat(100)}`, "too long: 201 characters, and at most 200 can be read", 200],
  ] as const) {
    let error: unknown = null;
    try {
      expressions.parse(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error, text).toBeInstanceOf(ProblemError);
    expect(error, text).toMatchObject({ at, message: expect.stringContaining(message) });
  }
});

test("a problem may be as long as a text may be", () => {
  const problem = expressions.parse(`1${"-2".repeat(99)}`);
  expect(expressions.levelOf(problem)).toBe(99);
  const { steps, answer } = expressions.writeSolution(problem, createRandom(1), "solved");
  expect(answer).toBe("-197");
  expect(expressions.checkStep(problem, steps.slice(0, -1), steps.at(-1)!)).toEqual({
    right: true,
    reachable: true,
    complete: true,
  });
});
