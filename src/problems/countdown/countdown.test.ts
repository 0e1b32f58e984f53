import fc from "fast-check";
import { expect, test } from "vitest";
import { drawOne, shuffled } from "../../lib/draw.ts";
import { createRandom } from "../../lib/random.ts";
import { ProblemError } from "../family.ts";
import { exactLabels } from "../label-steps.ts";
import { toldVerdict } from "../told-verdict.ts";
import { countdown } from "./countdown.ts";
import { readLine, writeLine } from "./lines.ts";
import { afterMove, movesFrom } from "./operations.ts";
import { canReach, nearestReachable } from "./reach.ts";

/** Slow but obvious: all that can be made of all the numbers. */
function naiveReach(numbers: readonly number[], found = new Set<number>()): Set<number> {
  if (numbers.length === 1) return found.add(numbers[0]!);
  for (let i = 0; i < numbers.length; i++) {
    for (let j = 0; j < numbers.length; j++) {
      if (i === j) continue;
      const rest = numbers.filter((_, k) => k !== i && k !== j);
      const a = numbers[i]!;
      const b = numbers[j]!;
      for (const value of [a + b, a - b, a * b, a / b]) {
        if (Number.isInteger(value) && value > 0) naiveReach([...rest, value], found);
      }
    }
  }
  return found;
}

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const generated = fc
  .record({
    level: fc.constantFrom(...countdown.levels),
    seed: seeds,
    split: fc.constant("train" as const),
  })
  .map((request) => countdown.generate(request));
const lists = (maxLength: number) =>
  fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength });

/** A chain of random right moves to the end: the lines, and the number it ends at. */
function wander(numbers: readonly number[], random: () => number) {
  const steps: string[] = [];
  let left = numbers;
  while (left.length > 1) {
    const move = drawOne(random, movesFrom(left));
    left = afterMove(left, move)!;
    steps.push(writeLine(move, left));
  }
  return { steps, end: left[0]! };
}

test("generated problems keep to their limits, and their targets are not plain to see", () => {
  fc.assert(
    fc.property(generated, ({ numbers, target }) => {
      expect(numbers.every((n) => n >= 1 && n <= 25)).toBe(true);
      expect(target >= 10 && target <= 100).toBe(true);
      expect(canReach(numbers, target)).toBe(true);
      expect(numbers).not.toContain(target);
      expect(numbers.reduce((a, b) => a + b)).not.toBe(target);
    }),
  );
});

test("every operator opens at least a tenth of the written solutions, except division", () => {
  const opening = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++) {
    const problem = countdown.generate({ level: 3 + (seed % 4), seed, split: "train" });
    const { steps } = countdown.writeSolution(problem, createRandom(seed), "solved");
    const operator = readLine(steps[0]!)!.operator;
    opening.set(operator, (opening.get(operator) ?? 0) + 1);
  }
  for (const operator of ["+", "-", "*"]) expect(opening.get(operator)).toBeGreaterThan(40);
  expect(opening.get("/")).toBeGreaterThan(8);
});

test("what can be reached agrees with trying everything", () => {
  fc.assert(
    fc.property(lists(4), fc.integer({ min: 1, max: 120 }), (numbers, target) => {
      const reach = naiveReach(numbers);
      expect(canReach(numbers, target)).toBe(reach.has(target));
      const some = [...reach][target % reach.size]!;
      expect(canReach(shuffled(createRandom(target), numbers), some)).toBe(true);
    }),
    { numRuns: 400 },
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 5, maxLength: 5 }),
      (numbers) => {
        const reach = naiveReach(numbers);
        for (let target = 1; target <= 150; target++) {
          expect(canReach(numbers, target)).toBe(reach.has(target));
        }
      },
    ),
    { numRuns: 4 },
  );
});

test("lists with the same digits are told apart", () => {
  expect(canReach([1, 1, 123], 125)).toBe(true);
  expect(canReach([1, 11, 23], 125)).toBe(false);
  expect(canReach([1, 11, 23], 35)).toBe(true);
  expect(canReach([1, 1, 123], 35)).toBe(false);
});

test("with 6 numbers, a target can be reached if and only if some first move keeps it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 1, max: 5000 }),
      (numbers, target) => {
        const keeps = movesFrom(numbers).some((move) =>
          canReach(afterMove(numbers, move)!, target),
        );
        expect(canReach(numbers, target)).toBe(keeps);
      },
    ),
    { numRuns: 30 },
  );
});

test("the nearest number that can be reached is the nearest, the smaller of two", () => {
  fc.assert(
    fc.property(lists(4), fc.integer({ min: 1, max: 3000 }), (numbers, target) => {
      const ranked = [...naiveReach(numbers)].sort(
        (a, b) => Math.abs(a - target) - Math.abs(b - target) || a - b,
      );
      expect(nearestReachable(numbers, target)).toBe(ranked[0]);
    }),
    { numRuns: 200 },
  );
});

test("6 numbers are solved from scratch within 20 ms, in the mean of unreachable targets", () => {
  const random = createRandom(3);
  canReach([1, 2, 3, 4, 5, 6], 7777);
  const start = performance.now();
  for (let i = 0; i < 20; i++) {
    const numbers = Array.from({ length: 6 }, () => 1 + Math.floor(random() * 25));
    canReach(numbers, 9000 + i);
  }
  expect((performance.now() - start) / 20).toBeLessThan(20);
});

test("P3: a line is marked unreachable exactly if trying everything finds no way from it", () => {
  const small = generated.filter(({ numbers }) => numbers.length <= 5);
  fc.assert(
    fc.property(small, seeds, (problem, seed) => {
      const { steps } = wander(problem.numbers, createRandom(seed));
      const labels = exactLabels(countdown, problem, steps);
      for (const [i, step] of steps.entries()) {
        const left = readLine(step)!.rest;
        expect(labels[i]).toEqual({
          right: true,
          reachable: naiveReach(left).has(problem.target),
          complete: i === steps.length - 1,
        });
      }
    }),
    { numRuns: 60 },
  );
});

test("a dead end is right in every line, loses the target and says where it ended", () => {
  fc.assert(
    fc.property(generated, seeds, (problem, seed) => {
      const { steps, answer } = countdown.writeSolution(problem, createRandom(seed), "dead-end");
      const labels = exactLabels(countdown, problem, steps);
      expect(labels.every((label) => label.right)).toBe(true);
      expect(labels.at(-1)).toEqual({ right: true, reachable: false, complete: true });
      expect(answer).toBe(String(readLine(steps.at(-1)!)!.value));
      expect(answer).not.toBe(String(problem.target));
      const grade = countdown.grade(problem, steps, answer);
      expect(grade.correct).toBe(false);
      expect(grade.canonical).not.toBe(null);
    }),
    { numRuns: 300 },
  );
});

test("dead ends leave the way at every line", () => {
  const exits = new Map<number, number>();
  for (let seed = 0; seed < 200; seed++) {
    const problem = countdown.generate({ level: 4, seed, split: "train" });
    const { steps } = countdown.writeSolution(problem, createRandom(seed), "dead-end");
    const exit = exactLabels(countdown, problem, steps).findIndex(
      (label) => label.right && !label.reachable,
    );
    exits.set(exit, (exits.get(exit) ?? 0) + 1);
  }
  for (const exit of [0, 1, 2]) expect(exits.get(exit)).toBeGreaterThan(30);
});

test("the last move of a lost chain ends as near to the target as it can", () => {
  const lost = generated.filter(({ numbers }) => numbers.length > 3);
  fc.assert(
    fc.property(lost, seeds, (problem, seed) => {
      const { steps } = countdown.writeSolution(problem, createRandom(seed), "dead-end");
      const left = readLine(steps.at(-2)!)!.rest;
      fc.pre(!canReach(left, problem.target));
      const distances = movesFrom(left).map(({ value }) => Math.abs(value - problem.target));
      const end = readLine(steps.at(-1)!)!.value;
      expect(Math.abs(end - problem.target)).toBe(Math.min(...distances));
    }),
  );
});

test("even where nearly every move is right, a dead end is written", () => {
  for (const text of ["2 2 -> 4", "1 1 -> 1", "1 1 1 -> 1", "1 2 -> 3", "1 1 1 1 1 1 -> 6"]) {
    const problem = countdown.parse(text);
    for (let seed = 0; seed < 20; seed++) {
      const { steps, answer } = countdown.writeSolution(problem, createRandom(seed), "dead-end");
      expect(answer).not.toBe(String(problem.target));
      expect(countdown.grade(problem, steps, answer).correct).toBe(false);
    }
  }
});

/** Slow but obvious: whether a line is right after `left`, by its own reading of it. */
function naivelyRight(left: readonly number[], line: string): boolean {
  const words = line
    .replaceAll("(", " ( ")
    .replaceAll(")", " ) ")
    .replaceAll(/([-+*/=])/g, " $1 ");
  const [a, operator, b, equals, c, open, word, ...rest] = words.trim().split(/\s+/);
  if (equals !== "=" || open !== "(" || word !== "left" || rest.pop() !== ")") return false;
  const [x, y, z] = [Number(a), Number(b), Number(c)];
  const results: Record<string, boolean> = {
    "+": x + y === z,
    "-": y + z === x,
    "*": x * y === z,
    "/": y * z === x,
  };
  if (!results[operator ?? ""] || z <= 0) return false;
  const used = [...left].map(String);
  for (const operand of [x, y]) {
    const place = used.indexOf(String(operand));
    if (place < 0) return false;
    used.splice(place, 1);
  }
  const count = (list: readonly string[]) =>
    list
      .map(Number)
      .sort((p, q) => p - q)
      .join();
  return count([...used, String(z)]) === count(rest);
}

test("P2: a line with one character changed, added or lost is caught, or it is another right line", () => {
  const alphabet = "0123456789+-*/=() left";
  fc.assert(
    fc.property(generated, seeds, fc.nat(), (problem, seed, where) => {
      const { steps } = countdown.writeSolution(problem, createRandom(seed), "solved");
      const place = where % steps.length;
      const before = steps.slice(0, place);
      const left = place === 0 ? problem.numbers : readLine(steps[place - 1]!)!.rest;
      const step = steps[place]!;
      for (let i = 0; i <= step.length; i++) {
        const head = step.slice(0, i);
        const corrupted = [
          head + step.slice(i + 1),
          ...[...alphabet].map((character) => head + character + step.slice(i)),
          ...[...alphabet].map((character) => head + character + step.slice(i + 1)),
        ];
        for (const line of corrupted) {
          const { right } = countdown.checkStep(problem, before, line);
          if (right) expect(naivelyRight(left, line), `"${line}" for "${step}"`).toBe(true);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("a wrong line gets its fault, with the values", () => {
  const problem = countdown.parse("4 14 9 -> 50");
  const verdicts: [string, { fault: string; because?: string }][] = [
    ["14-9=6 (left 4 6)", { fault: "arithmetic", because: "14-9 is 5, not 6" }],
    ["14/9=1 (left 1 4)", { fault: "arithmetic", because: "14/9 is not a whole number" }],
    ["9-14=5 (left 4 5)", { fault: "arithmetic", because: "9-14 is not positive" }],
    ["7+4=11 (left 9 11)", { fault: "operand", because: "there is no 7: left are 4 9 14" }],
    ["9+9=18 (left 4 18)", { fault: "operand", because: "there is only one 9: left are 4 9 14" }],
    ["14-9=5 (left 5)", { fault: "remainder", because: "left are 4 5, not 5" }],
    ["14-9=5 (left 4 4)", { fault: "remainder", because: "left are 4 5, not 4 4" }],
    ["14-9=5", { fault: "malformed", because: "a line has the form 14-9=5 (left 4 5)" }],
    ["14-9=-5 (left 4 -5)", { fault: "malformed" }],
  ];
  for (const [step, expected] of verdicts) {
    expect(toldVerdict(countdown.checkStep(problem, [], step)), step).toMatchObject({
      right: false,
      ...expected,
    });
  }
  const done = ["4*9=36 (left 14 36)", "14+36=50 (left 50)"];
  expect(toldVerdict(countdown.checkStep(problem, done, "50+4=54 (left 54)"))).toMatchObject({
    because: "only 50 is left: there is nothing to combine it with",
  });
  const equals = countdown.parse("5 5 2 -> 2");
  for (const step of ["5-5=0 (left 0 2)", "5/5=0 (left 0 2)"]) {
    expect(countdown.checkStep(equals, [], step)).toMatchObject({ fault: "arithmetic" });
  }
});

test("operands of sums and products, and the numbers left, may come in any order", () => {
  const problem = countdown.parse("4 14 9 -> 50");
  for (const step of ["9*4=36 (left 36 14)", " 4 * 9 = 36 ( left 14  36 ) "]) {
    expect(countdown.checkStep(problem, [], step)).toEqual({
      right: true,
      reachable: true,
      complete: false,
    });
  }
});

test("the canonical expression has the value that the lines reach", () => {
  const value = (expression: string): number => {
    const inner = /\(([^()]*)\)/.exec(expression);
    if (inner)
      return value(expression.replace(inner[0], `#${value(inner[1]!)}#`.replaceAll("#", "")));
    const terms = expression.replaceAll(/(?<=[\d.])-/g, "+-").split("+");
    return terms
      .map((term) =>
        term
          .split("*")
          .map((factor) =>
            factor
              .split("/")
              .map(Number)
              .reduce((a, b) => a / b),
          )
          .reduce((a, b) => a * b),
      )
      .reduce((a, b) => a + b);
  };
  fc.assert(
    fc.property(lists(6), seeds, (numbers, seed) => {
      fc.pre(numbers.length > 1);
      const { steps, end } = wander(numbers, createRandom(seed));
      const { canonical } = countdown.grade({ numbers, target: end }, steps, String(end));
      expect(value(canonical!) / end).toBeCloseTo(1, 9);
    }),
  );
});

test("P8: the canonical expression does not depend on the order of operands, of lines, or of grouping", () => {
  fc.assert(
    fc.property(generated, seeds, (problem, seed) => {
      const random = createRandom(seed);
      const { steps } = wander(problem.numbers, random);
      const commuted = steps.map((step) => {
        const { left, operator, right, value, rest } = readLine(step)!;
        const swapped = operator === "+" || operator === "*";
        return swapped
          ? `${right}${operator}${left}=${value} (left ${shuffled(random, rest).join(" ")})`
          : step;
      });
      const grade = countdown.grade(problem, steps, null);
      expect(countdown.grade(problem, commuted, null)).toEqual(grade);
      const turned = { ...problem, numbers: shuffled(random, problem.numbers) };
      expect(countdown.grade(turned, steps, null)).toEqual(grade);
    }),
  );
  const canonicals = (numbers: number[], ...solutions: string[][]) =>
    solutions.map(
      (moves) =>
        countdown.grade(
          { numbers, target: 1 },
          moves.map((move) => `${move} (left 1)`),
          null,
        ).canonical,
    );
  expect(canonicals([1, 2, 3, 4], ["1+2=3", "3*4=12", "3+12=15"])).toEqual(["1+2+3*4"]);
  expect(
    canonicals(
      [2, 5, 7, 20],
      ["20-5=15", "15-7=8", "2+8=10"],
      ["5+7=12", "20-12=8", "8+2=10"],
      ["7-2=5", "5+5=10", "20-10=10"],
    ),
  ).toEqual(Array(3).fill("2+20-5-7"));
  expect(
    canonicals([2, 3, 4, 24], ["24/4=6", "6/3=2", "2*2=4"], ["3*4=12", "24/12=2", "2*2=4"]),
  ).toEqual(Array(2).fill("2*24/3/4"));
  // Which of the two fives goes where cannot be told from the lines.
  expect(
    canonicals(
      [2, 3, 4, 9, 14],
      ["14-9=5", "2+3=5", "4*5=20", "5+20=25"],
      ["2+3=5", "14-9=5", "4*5=20", "5+20=25"],
    ),
  ).toEqual(Array(2).fill("14+4*(2+3)-9"));
  expect(canonicals([2, 3, 9], ["9-3=6", "2*6=12"], ["2*9=18", "18-3=15"])).toEqual([
    "2*(9-3)",
    "2*9-3",
  ]);
});

test("a solution is correct only if every line is right and the number reached is the target", () => {
  const problem = countdown.parse("4 14 9 -> 50");
  const solved = ["4*9=36 (left 14 36)", "14+36=50 (left 50)"];
  const cases: [string[], string | null, { canonical: string | null; correct: boolean }][] = [
    [solved, "50", { canonical: "14+4*9", correct: true }],
    [solved, null, { canonical: "14+4*9", correct: true }],
    [solved, "51", { canonical: "14+4*9", correct: false }],
    [solved.slice(0, 1), "50", { canonical: null, correct: false }],
    [[], "50", { canonical: null, correct: false }],
    [["14-9=5 (left 4 5)", "4*5=50 (left 50)"], "50", { canonical: "4*(14-9)", correct: false }],
    [["14-9=5 (left 4 5)", "4*5=20 (left 20)"], "20", { canonical: "4*(14-9)", correct: false }],
    [["14-9=5 (left 4 5)", "4*5=20 (left 20)"], null, { canonical: "4*(14-9)", correct: false }],
    [["4*9=36 (left 36)", "14+36=50 (left 50)"], "50", { canonical: "14+4*9", correct: false }],
    [["4*9=36 (left 14 36)", "15+35=50 (left 50)"], "50", { canonical: null, correct: false }],
    [["so it is 50"], "50", { canonical: null, correct: false }],
  ];
  for (const [steps, stated, expected] of cases) {
    expect(countdown.grade(problem, steps, stated), steps.join()).toMatchObject(expected);
  }
  expect(countdown.grade(problem, [], "50").answer).toBe("50");
  expect(countdown.grade(problem, solved, "50").answer).toBe("14+4*9");
});

test("P6: problems with the same numbers in another order are in the same split", () => {
  fc.assert(
    fc.property(generated, seeds, (problem, seed) => {
      const turned = { ...problem, numbers: shuffled(createRandom(seed), problem.numbers) };
      expect(countdown.splitOf(turned)).toBe(countdown.splitOf(problem));
    }),
  );
});

test("a typed problem that cannot be used is refused with its reason and place", () => {
  for (const [text, message, at] of [
    ["4 14 9 -> 51", "no combination of 4, 14, 9 with + - * / reaches 51; the nearest is 50", null],
    ["4 14 9 50", "an arrow is missing", 9],
    ["4 14 9 ->", "the target is missing", 9],
    ["4 14 9 -> 50 51", "only be one target, not 2", 9],
    ["4 x 9 -> 50", '"x" is not a whole number', 2],
    ["4 -3 9 -> 50", '"-3" is not a whole number', 2],
    ["4 1.5 -> 6", '"1.5" is not a whole number', 2],
    ["4 0 9 -> 50", "0 is out of range: it must be from 1 to 999", 2],
    ["4 1000 -> 50", "1000 is out of range: it must be from 1 to 999", 2],
    ["4 14 -> 10000", "10000 is out of range: it must be from 1 to 9999", 8],
    ["4 -> 4", "2 to 6 numbers can be combined, not 1", 0],
    ["1 2 3 4 5 6 7 -> 28", "2 to 6 numbers can be combined, not 7", 0],
    ["-> 5", "2 to 6 numbers can be combined, not 0", 0],
  ] as const) {
    let error: unknown = null;
    try {
      countdown.parse(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error, text).toBeInstanceOf(ProblemError);
    expect(error, text).toMatchObject({ at, message: expect.stringContaining(message) });
  }
  expect(countdown.render(countdown.parse(" 4,14 , 9→50 "))).toBe("4 14 9 -> 50");
});

test("the largest numbers that may be typed are answered within a second", () => {
  const start = performance.now();
  expect(() => countdown.parse("999 997 991 983 977 971 -> 9999")).toThrow("the nearest is");
  expect(() => countdown.parse("999 999 999 999 999 999 -> 9999")).toThrow("the nearest is");
  expect(performance.now() - start).toBeLessThan(1000);
});
