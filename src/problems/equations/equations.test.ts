import fc from "fast-check";
import { expect, test } from "vitest";
import { shuffled } from "../../lib/draw.ts";
import { createRandom } from "../../lib/random.ts";
import { inEnglish } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { toldVerdict } from "../told-verdict.ts";
import { isSimpler, movesOf, solve } from "./algebra.ts";
import { equations } from "./equations.ts";
import { type Equation, readEquation, type Side, writeEquation } from "./notation.ts";

/**
 * Slow but obvious: left side minus right side with a number put for x, by
 * recursive descent over the text; `null` if it is no equation.
 */
function naiveGap(text: string, x: bigint): bigint | null {
  const characters = [...text.replaceAll(" ", "")];
  let at = 0;
  const takes = (wanted: string) => characters[at] === wanted && ++at > 0;
  const fail = (): never => {
    throw new SyntaxError(text);
  };
  const factor = (): bigint => {
    if (takes("x")) return x;
    if (takes("(")) {
      const inner = sum();
      return takes(")") ? inner : fail();
    }
    let digits = "";
    while (/\d/.test(characters[at] ?? "")) digits += characters[at++];
    return digits === "" ? fail() : BigInt(digits);
  };
  const product = (): bigint => {
    let value = factor();
    while (takes("*") || characters[at] === "x" || characters[at] === "(") value *= factor();
    return value;
  };
  const sum = (): bigint => {
    const sign = takes("-") ? -1n : 1n;
    takes("+");
    let value = sign * product();
    while (characters[at] === "+" || characters[at] === "-") {
      value += characters[at++] === "+" ? product() : -product();
    }
    return value;
  };
  try {
    const left = sum();
    if (!takes("=")) return null;
    const gap = left - sum();
    return at === characters.length ? gap : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whether x solves the equation, and no other number does. */
function naivelySolves(text: string, x: bigint): boolean {
  return naiveGap(text, x) === 0n && naiveGap(text, x + 1n) !== 0n;
}

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const generated = fc
  .record({
    level: fc.constantFrom(...equations.levels),
    seed: seeds,
    split: fc.constantFrom("train" as const, "held-out" as const),
  })
  .map((request) => equations.generate(request));

/** Anything that a person could type: both signs, `*`, spaces, 0, terms and parentheses in any number. */
const typedTerm = fc
  .tuple(
    fc.constantFrom("+", "-", " + ", "- "),
    fc.nat(99),
    fc.constantFrom("", "x", "*x", " x", "(x-7)", "*(2x+5)", "( 4 - x )", "(-x)", "(3+0)"),
  )
  .map((parts) => parts.join(""));
const typed = fc
  .record({
    left: fc.array(typedTerm, { minLength: 1, maxLength: 5 }),
    right: fc.array(typedTerm, { maxLength: 4 }),
    x: fc.bigInt({ min: -300n, max: 300n }),
  })
  .map(({ left, right, x }) => {
    const sides = `${left.join("")} = 0${right.join("")}`;
    const rest = naiveGap(sides, x)!;
    return { text: sides + (rest < 0n ? String(rest) : `+${rest}`), x };
  })
  .filter(({ text, x }) => naivelySolves(text, x) && !/\d{6}/.test(text) && !isSolved(text));

function isSolved(text: string): boolean {
  try {
    equations.parse(text);
    return false;
  } catch (error) {
    return error instanceof ProblemError && error.message.includes("already");
  }
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

const LIMITS = { length: 600, digits: 15 };

test("P4: what is written is read back as the same equation, and spaces, stars, 1 and 0 make no difference", () => {
  fc.assert(
    fc.property(anyEquation, (equation) => {
      expect(readEquation(writeEquation(equation), LIMITS)).toEqual(equation);
    }),
  );
  const text = " 3 * ( 1x - 4 ) + 0 + 0x + 5 = 2 * x+7 ";
  expect(writeEquation(readEquation(text, LIMITS))).toBe("3(x-4)+5=2x+7");
  expect(writeEquation(readEquation("0=-(x+2)", LIMITS))).toBe("0=-(x+2)");
});

test("every move keeps the solution and makes the equation simpler, and only a solved one has none", () => {
  fc.assert(
    fc.property(anyEquation, (equation) => {
      const solution = solve(equation);
      fc.pre(typeof solution !== "string");
      for (const { to } of movesOf(equation)) {
        expect(solve(to)).toEqual(solution);
        expect(isSimpler(to, equation), writeEquation(to)).toBe(true);
      }
      if (typeof solution === "string" || solution.bottom !== 1n) return;
      const solved = /^(x=-?\d+|-?\d+=x)$/.test(writeEquation(equation));
      expect(movesOf(equation).length === 0).toBe(solved);
    }),
    { numRuns: 2000 },
  );
});

test("generated problems and their solutions are short and in small numbers", () => {
  fc.assert(
    fc.property(generated, seeds, (problem, seed) => {
      const { steps, answer } = equations.writeSolution(problem, createRandom(seed), "solved");
      const lines = [equations.render(problem), ...steps, answer];
      const numbers = lines.flatMap((line) => line.match(/\d+/g) ?? []).map(Number);
      expect(Math.max(...numbers)).toBeLessThanOrEqual(999);
      expect(lines.join("\n").length).toBeLessThanOrEqual(150);
      expect(lines.join("")).toMatch(/^[-+()=x0-9]+$/);
      expect(lines.join(" "), "a negative factor of x").not.toMatch(/-\d*x/);
    }),
    { numRuns: 2000 },
  );
});

test("answers are spread so widely that no guess pays", () => {
  for (const level of equations.levels) {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++) {
      const problem = equations.generate({ level, seed, split: "train" });
      const { answer } = equations.writeSolution(problem, createRandom(seed), "solved");
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    expect(counts.size).toBeGreaterThan(100);
    expect(Math.max(...counts.values()) / 2000).toBeLessThan(0.02);
  }
});

test("every line of a solution has the solution of the problem, by putting it for x", () => {
  fc.assert(
    fc.property(generated, seeds, (problem, seed) => {
      const { steps, answer } = equations.writeSolution(problem, createRandom(seed), "solved");
      for (const line of [equations.render(problem), ...steps]) {
        expect(naivelySolves(line, BigInt(answer)), line).toBe(true);
      }
      expect([`x=${answer}`, `${answer}=x`]).toContain(steps.at(-1));
    }),
  );
});

test("most problems with parentheses can be solved in several orders", () => {
  let several = 0;
  for (let seed = 0; seed < 100; seed++) {
    const problem = equations.generate({ level: equations.levels.at(-1)!, seed, split: "train" });
    const solutions = Array.from({ length: 20 }, (_, i) =>
      equations.writeSolution(problem, createRandom(i), "solved").steps.join(" "),
    );
    if (new Set(solutions).size > 1) several++;
  }
  expect(several).toBeGreaterThan(80);
});

test("whatever is typed keeps its solution, and is solved by right lines", () => {
  fc.assert(
    fc.property(typed, seeds, ({ text, x }, seed) => {
      const problem = equations.parse(text);
      expect(naivelySolves(equations.render(problem), x)).toBe(true);
      expect(equations.parse(equations.render(problem))).toEqual(problem);
      const { steps, answer } = equations.writeSolution(problem, createRandom(seed), "solved");
      expect(answer).toBe(String(x));
      const verdicts = steps.map(equations.judge(problem));
      for (const [i, verdict] of verdicts.entries()) {
        const complete = i === steps.length - 1;
        expect(verdict, steps[i]).toEqual({ right: true, reachable: true, complete });
      }
    }),
    { numRuns: 1000 },
  );
});

test("the largest numbers that may be typed are calculated exactly", () => {
  const long = "99999(99999x+99999)+".repeat(4);
  for (const [text, x] of [
    ["99999(x-99999)=0", "99999"],
    ["x+99999(99999)=0", "-9999800001"],
    [`${long}x=${long}7`, "7"],
  ] as const) {
    const problem = equations.parse(text);
    const { steps, answer } = equations.writeSolution(problem, createRandom(3), "solved");
    expect(answer).toBe(x);
    const verdicts = steps.map(equations.judge(problem));
    expect(verdicts.filter(({ right }) => !right)).toEqual([]);
    expect(verdicts.at(-1)).toMatchObject({ complete: true });
  }
});

test("P2: a line with one character changed, added or lost is caught, or has the same solution", () => {
  const alphabet = "0123456789+-*()=x ";
  fc.assert(
    fc.property(generated, seeds, fc.nat(), (problem, seed, where) => {
      const { steps, answer } = equations.writeSolution(problem, createRandom(seed), "solved");
      const place = where % steps.length;
      const before = steps.slice(0, place);
      const step = steps[place]!;
      for (let i = 0; i <= step.length; i++) {
        const head = step.slice(0, i);
        const corrupted = [
          head + step.slice(i + 1),
          ...[...alphabet].map((character) => head + character + step.slice(i)),
          ...[...alphabet].map((character) => head + character + step.slice(i + 1)),
        ];
        for (const line of corrupted) {
          const verdict = equations.checkStep(problem, before, line);
          const same = !/\d \d/.test(line) && naivelySolves(line, BigInt(answer));
          if (verdict.right) expect(same, `"${line}" for "${step}"`).toBe(true);
          else if (same) expect(["operand", "malformed"], line).toContain(verdict.fault);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("saying the same again, turned round or not, or going back is wrong, so solutions end", () => {
  fc.assert(
    fc.property(generated, seeds, fc.nat(), (problem, seed, where) => {
      const { steps } = equations.writeSolution(problem, createRandom(seed), "solved");
      const lines = [equations.render(problem), ...steps];
      const place = where % lines.length;
      const earlier = lines[(where >> 8) % (place + 1)]!;
      const turned = earlier.split("=").toReversed().join("=");
      for (const line of [earlier, turned]) {
        const verdict = equations.checkStep(problem, lines.slice(1, place + 1), line);
        expect(verdict, line).toMatchObject({ right: false, fault: "operand" });
      }
    }),
  );
});

test("lines may do several things at once, in any spelling", () => {
  const verdict = (text: string, ...lines: string[]) =>
    equations.checkStep(equations.parse(text), lines.slice(0, -1), lines.at(-1)!);
  const right = { right: true, reachable: true };
  for (const step of [
    "3x-12+5=2x+7",
    "3x-7=2x+7",
    " 3*x - 7 = 7 + 2 x ",
    "x-7=7",
    "-12+5+3x=2x+7",
  ]) {
    expect(verdict("3(x-4)+5=2x+7", step), step).toEqual({ ...right, complete: false });
  }
  for (const step of ["x=14", "14=x", "1x=14", "x = 14 + 0"]) {
    expect(verdict("3(x-4)+5=2x+7", step), step).toEqual({ ...right, complete: true });
  }
  expect(verdict("2x=4x", "x=0")).toEqual({ ...right, complete: true });
  expect(verdict("5-x=2", "-x=-3", "x=3")).toEqual({ ...right, complete: true });
});

test("a wrong line gets its fault, with the values", () => {
  const text = "3(x-4)+5=2x+7";
  for (const [step, fault, values] of [
    ["3x-12+5=2x+8", "arithmetic", ["x=14", "3x-12+5=2x+8"]],
    ["x=15", "arithmetic", ["x=14", "x=15"]],
    ["0=0", "arithmetic", ["every x", "0=0"]],
    ["3(x-4)+5=2x+7", "operand", ["not simpler", "3(x-4)+5=2x+7"]],
    ["6(x-4)+10=4x+14", "operand", ["not simpler", "6(x-4)+10=4x+14"]],
    ["so x is 14", "malformed", ['not "s"']],
    ["", "malformed", ["missing"]],
    ["x=28/2", "malformed", ['"/"']],
  ] as const) {
    const verdict = toldVerdict(equations.checkStep(equations.parse(text), [], step));
    expect(verdict, step).toMatchObject({ right: false, fault });
    for (const value of values) expect(!verdict.right && verdict.because).toContain(value);
  }
  expect(toldVerdict(equations.checkStep(equations.parse(text), ["x=14"], "x=14"))).toMatchObject({
    fault: "operand",
    because: "x=14 is the answer: nothing is left to do",
  });
});

test("P6: copies with sides swapped and terms in another order are in the same split", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        generated.map(equations.render),
        typed.map(({ text }) => text),
      ),
      seeds,
      (text, seed) => {
        const random = createRandom(seed);
        const sides = equations
          .render(equations.parse(text))
          .split("=")
          .map((side) => {
            const terms = side.match(/[-+]?(?:\([^)]*\)|[^-+(])+/g)!;
            const signed = terms.map((term) => (/^[-+]/.test(term) ? term : `+${term}`));
            return shuffled(random, signed).join("");
          });
        const copy = equations.parse(shuffled(random, sides).join("="));
        expect(equations.splitOf(copy)).toBe(equations.splitOf(equations.parse(text)));
      },
    ),
    { numRuns: 500 },
  );
});

test("the answer decides the grade, in any spelling of it", () => {
  const problem = equations.parse("5-x=26");
  const grade = (stated: string | null, steps: string[] = []) =>
    equations.grade(problem, steps, stated);
  for (const stated of ["-21", " -021 ", "x=-21", " x = -21 "]) {
    expect(grade(stated)).toEqual({ answer: stated, canonical: "-21", correct: true });
  }
  expect(grade("21", ["x=-21"])).toMatchObject({ canonical: "21", correct: false });
  expect(grade(null, ["-x=21", "-21=x"])).toMatchObject({ canonical: "-21", correct: true });
  expect(grade(null, ["-x=21"])).toEqual({ answer: null, canonical: null, correct: false });
  expect(grade("x")).toEqual({ answer: "x", canonical: null, correct: false });
  expect(equations.grade(equations.parse("2x=4x"), [], "-0")).toMatchObject({ correct: true });
});

test("a typed problem that cannot be used is refused with its reason and place", () => {
  for (const [text, message, at] of [
    ["", "missing", 0],
    ["x+1=x+2", "no x solves it", null],
    ["2(x+1)=2x+2", "every x solves it", null],
    ["2x=3", "its solution is x=3/2", null],
    ["-6x=4", "its solution is x=-2/3", null],
    ["x=5", "it says what x is already", null],
    ["5 = x", "it says what x is already", null],
    ["3x+4", '"=" was to be expected', 4],
    ["2x=4=x", '"=" makes no sense here', 4],
    ["2y=4", '"y"', 1],
    ["−x=4", '"−"', 0],
    ["x=10/2", '"/"', 4],
    ["2((x+1))=4", "parentheses within parentheses", 2],
    ["2(x-4=3", '"="', 5],
    ["2(x-4", "never closed", 1],
    ["2x+=4", '"="', 3],
    ["2x=", "missing", 3],
    ["123456x=0", "at most 5 digits", 0],
    [`x${"+1".repeat(100)}=1`, "too long: 203 characters, and at most 200 can be read", 200],
  ] as const) {
    let error: unknown = null;
    try {
      equations.parse(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error, text).toBeInstanceOf(ProblemError);
    expect(error, text).toMatchObject({ at, message: expect.stringContaining(message) });
  }
});

test("titles name what a line does, or tries", () => {
  const title = (text: string, ...lines: string[]) => {
    const said = equations.titleOf(equations.parse(text), lines.slice(0, -1), lines.at(-1)!);
    return said && inEnglish(said);
  };
  expect(title("3(x-4)+5=2x+7", "3x-12+5=2x+7")).toBe("multiply out the parentheses");
  expect(title("3(x-4)+5=2x+7", "3x-4+5=2x+7")).toBe("multiply out the parentheses");
  expect(title("3x-12+5=2x+7", "3x-7=2x+7")).toBe("collect like terms");
  expect(title("3x-7=2x+7", "x-7=7")).toBe("bring x to one side");
  expect(title("3x-7=2x+7", "x-7=7", "x=14")).toBe("bring the numbers to one side");
  expect(title("3x=42", "x=14")).toBe("divide by 3");
  expect(title("3x=42", "x=15")).toBe("divide by 3");
  expect(title("3x=42", "three x")).toBe(null);
});
