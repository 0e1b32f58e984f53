import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { ProblemError } from "../family.ts";
import { exactLabels } from "../label-steps.ts";
import { isSimpler, movesOf, solve } from "./algebra.ts";
import { equations } from "./equations.ts";
import { type Equation, readEquation, type Side, writeEquation } from "./notation.ts";

const LIMITS = { length: 600, digits: 9 };
const seeds = fc.nat(0xffff_ffff);
const levels = fc.constantFrom(...equations.levels);
const generated = fc
  .tuple(levels, seeds)
  .map(([level, seed]) => equations.generate({ level, seed, split: "train" }));

/** What a side is worth, read anew from its text by JavaScript's own rules. */
function worth(text: string, x: number): number {
  const script = text
    .replaceAll(/(\d)(?=[x(])/g, "$1*")
    .replaceAll(/\)(?=[\dx(])/g, ")*")
    .replaceAll("x", `(${x})`);
  return new Function(`return ${script}`)() as number;
}

function isTrueFor(text: string, x: number): boolean {
  const [left, right] = text.split("=") as [string, string];
  return worth(left, x) === worth(right, x);
}

const factor = fc.integer({ min: -99, max: 99 }).filter((value) => value !== 0);
const side: fc.Arbitrary<Side> = fc.array(
  fc.oneof(
    factor.map((value) => ({ kind: "number" as const, value })),
    factor.map((value) => ({ kind: "x" as const, factor: value })),
    fc
      .tuple(factor, fc.integer({ min: -9, max: 9 }), factor)
      .map(([of, x, number]) => ({ kind: "group" as const, factor: of, x, number })),
  ),
  { maxLength: 5 },
);
const anyEquation: fc.Arbitrary<Equation> = fc.record({ left: side, right: side });

describe("notation", () => {
  test("P6: what is written is read back as the same equation", () => {
    fc.assert(
      fc.property(anyEquation, (equation) => {
        expect(readEquation(writeEquation(equation), LIMITS)).toEqual(equation);
      }),
    );
  });

  test("P6: spaces, stars, factors of 1 and terms of 0 make no difference", () => {
    const text = " 3 * ( 1x - 4 ) + 0 + 0x + 5 = 2 * x+7 ";
    expect(writeEquation(readEquation(text, LIMITS))).toBe("3(x-4)+5=2x+7");
    expect(writeEquation(readEquation("0=-(x+2)", LIMITS))).toBe("0=-(x+2)");
  });

  test.each([
    ["3(x-4=2x", "was to be expected here", 5],
    ["3(x-4", "never closed", 1],
    ["3x+=7", "a number, x", 3],
    ["3x+5", '"=" was to be expected here, and the text ends', 4],
    ["3x=5=7", '"=" makes no sense', 4],
    ["3y=5", '"=" was to be expected here, not "y"', 1],
    ["3((x))=5", "parentheses within parentheses", 2],
    ["3(x+x)=5", "one x and one number", 1],
    ["1234567890=x", "too long", 0],
    ["3*=x", "a number, x", 2],
  ])("%s is refused where it goes wrong", (text, words, at) => {
    expect(() => readEquation(text, LIMITS)).toThrow(words);
    try {
      readEquation(text, LIMITS);
    } catch (error) {
      expect((error as ProblemError).at).toBe(at);
    }
  });
});

describe("algebra", () => {
  test("P6: the solution makes both sides equal, by an independent reading of the text", () => {
    fc.assert(
      fc.property(generated, (problem) => {
        const solution = solve(problem);
        if (typeof solution === "string") throw new Error("no solution");
        const x = Number(solution.top / solution.bottom);
        expect(isTrueFor(writeEquation(problem), x)).toBe(true);
        expect(isTrueFor(writeEquation(problem), x + 1)).toBe(false);
      }),
    );
  });

  test("P6: every move keeps the solution and makes the equation simpler", () => {
    fc.assert(
      fc.property(anyEquation, (equation) => {
        const solution = solve(equation);
        fc.pre(typeof solution !== "string");
        for (const { to } of movesOf(equation)) {
          const after = solve(to);
          if (typeof solution === "string" || typeof after === "string") throw new Error("lost");
          expect(after.top * solution.bottom).toBe(solution.top * after.bottom);
          expect(isSimpler(to, equation), writeEquation(to)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("P6: a solver that takes any moves comes to x, in at most a dozen", () => {
    fc.assert(
      fc.property(generated, seeds, (problem, seed) => {
        const { steps } = equations.writeSolution(problem, createRandom(seed), "solved");
        expect(steps.length).toBeLessThanOrEqual(12);
        expect(steps.at(-1)).toMatch(/^(x=-?\d+|-?\d+=x)$/);
      }),
    );
  });
});

describe("verdicts", () => {
  const problem = equations.parse("3(x-4)+5=2x+7");
  const judge = (...steps: string[]) => exactLabels(equations, problem, steps);

  test("several moves in a line, in any order, are right while the equation gets simpler", () => {
    for (const steps of [
      ["3x-12+5=2x+7", "3x-7=2x+7", "x-7=7", "x=14"],
      ["3x-7=2x+7", "3x=2x+14", "x=14"],
      ["x=14"],
      ["14=x"],
    ]) {
      const verdicts = judge(...steps);
      expect(verdicts.every((verdict) => verdict.right)).toBe(true);
      expect(verdicts.map((v) => v.right && v.complete)).toEqual(
        steps.map((_, i) => i === steps.length - 1),
      );
    }
  });

  test.each([
    [["3x-12+5=2x-7"], "arithmetic", "x=14 solves 3(x-4)+5=2x+7, not 3x-12+5=2x-7"],
    [["3(x-4)+5=2x+7"], "operand", "is not simpler than"],
    [["3x-7=2x+7", "3x-12+5=2x+7"], "operand", "is not simpler than"],
    [["x=14", "x=14"], "operand", "is the answer"],
    [["0=0"], "arithmetic", "every x solves 0=0"],
    [["x is 14"], "malformed", "was to be expected"],
    [["x=13", "x=14"], "after-error", "line 1 is already wrong"],
  ])("%j: the last line is wrong for its own reason", (steps, fault, because) => {
    const last = judge(...steps).at(-1)!;
    expect(last).toMatchObject({ right: false, fault });
    expect(last.right ? "" : last.because).toContain(because);
  });

  test("P6: a line with one digit changed is right only if it still has the solution", () => {
    fc.assert(
      fc.property(
        generated,
        seeds,
        fc.nat(200),
        fc.constantFrom(..."0123456789"),
        (of, seed, at, digit) => {
          const { steps, answer } = equations.writeSolution(of, createRandom(seed), "solved");
          const line = steps[0]!;
          const places = [...line.matchAll(/\d/g)].map(({ index }) => index);
          const place = places[at % places.length]!;
          const changed = `${line.slice(0, place)}${digit}${line.slice(place + 1)}`;
          const verdict = equations.checkStep(of, [], changed);
          if (verdict.right)
            expect(isTrueFor(changed.replaceAll(/\b0+(?=\d)/g, ""), Number(answer))).toBe(true);
          else if (changed === line) throw new Error("the line itself was right");
        },
      ),
    );
  });
});

test("answers are read bare and as equations, and votes count them alike", () => {
  const problem = equations.parse("2x=28");
  for (const stated of ["14", " 014 ", "x=14", "14 = x"]) {
    expect(equations.grade(problem, [], stated)).toMatchObject({ canonical: "14", correct: true });
  }
  expect(equations.grade(problem, [], "fourteen")).toMatchObject({
    canonical: null,
    correct: false,
  });
  expect(equations.grade(equations.parse("2x=0"), [], "-0").canonical).toBe("0");
});

test.each([
  ["2x=3", "x=3/2"],
  ["-2x=3", "x=-3/2"],
  ["2x=2x+1", "no x solves it"],
  ["2x=2x", "every x solves it"],
  ["x=5", "says what x is already"],
])("%s cannot be asked for, and it says why", (text, words) => {
  expect(() => equations.parse(text)).toThrow(words);
  expect(() => equations.parse(text)).toThrow(ProblemError);
});

test("problems that differ in the order of sides or terms alone are in one split", () => {
  fc.assert(
    fc.property(generated, (problem) => {
      const { left, right } = problem;
      const split = equations.splitOf(problem);
      expect(equations.splitOf({ left: right, right: left })).toBe(split);
      expect(equations.splitOf({ left: left.toReversed(), right })).toBe(split);
    }),
  );
});

test("titles name what a line does, right or wrong", () => {
  const problem = equations.parse("3(x-4)+5=2x+7");
  const steps = ["3x-12+5=2x+7", "3x-7=2x+7", "x-7=7", "x=14"];
  expect(steps.map((step, i) => equations.titleOf(problem, steps.slice(0, i), step))).toEqual([
    "multiply out the parentheses",
    "collect like terms",
    "bring x to one side",
    "bring the numbers to one side",
  ]);
  const even = equations.parse("4x+8=20");
  expect(equations.titleOf(even, [], "x+2=5")).toBe("divide by 4");
  expect(equations.titleOf(even, [], "x+2=6")).toBe("divide by 4");
  expect(equations.titleOf(even, [], "well")).toBeNull();
});
