import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../lib/random.ts";
import { inEnglish } from "../lib/said.ts";
import { FAMILIES, familyOf, parseProblem } from "./families.ts";
import { ProblemError, type Split } from "./family.ts";
import { exactLabels } from "./label-steps.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const splits = fc.constantFrom<Split>("train", "held-out");

/** A small problem of a family, another one for every number. */
function numbered(family: string, number: number): string {
  if (family === "countdown") return `${number} 1 -> ${number + 1}`;
  if (family === "word-problems") {
    return `Bob has ${number} pens. He finds 9 pens. How many pens has he now?`;
  }
  if (family === "equations") return `${number}x+9=9`;
  return `${number}+1`;
}

/** Texts that look like problems and lines, so that they get past the first check. */
const nearlyText = fc
  .array(
    fc.constantFrom(
      ..."0123456789+-*/()=>→ ,x\n",
      "-> ",
      "(left ",
      "99",
      "(",
      ")",
      "Ann has 9 pens. ",
      " pens?",
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(nearlyText, fc.string({ unit: "binary", maxLength: 60 }));

describe.each(FAMILIES)("$name", (family) => {
  const requests = fc.record({
    level: fc.constantFrom(...family.levels),
    seed: seeds,
    split: splits,
  });

  test("the same arguments give the same problem, of the level and split asked for", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const problem = family.generate(request);
        expect(family.generate(request)).toEqual(problem);
        expect(family.splitOf(problem)).toBe(request.split);
        expect(family.levelOf(problem)).toBe(request.level);
      }),
    );
  });

  test("different seeds give different problems", () => {
    for (const level of family.levels) {
      const texts = Array.from({ length: 500 }, (_, seed) =>
        family.render(family.generate({ level, seed, split: "train" })),
      );
      expect(new Set(texts).size).toBeGreaterThan(480);
    }
  });

  test("a level that does not exist is refused", () => {
    expect(() => family.generate({ level: 99, seed: 1, split: "train" })).toThrow(RangeError);
  });

  test("P4: a problem survives being written and read, and its spelling is stable", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const problem = family.generate(request);
        const text = family.render(problem);
        expect(family.parse(text)).toEqual(problem);
        expect(parseProblem(text)).toEqual({ family, problem });
      }),
    );
    expect(family.render(family.parse(family.example))).toBe(family.example);
  });

  test("about one problem in eight is held out", () => {
    const parse = (seed: number) => family.parse(numbered(family.name, seed));
    const heldOut = Array.from({ length: 900 }, (_, i) => family.splitOf(parse(i + 2))).filter(
      (split) => split === "held-out",
    ).length;
    // 112.5 expected; 5 standard deviations are 50.
    expect(Math.abs(heldOut - 112.5)).toBeLessThan(50);
  });

  test("P1: every written solution is right line by line, complete at its end only, and correct", () => {
    fc.assert(
      fc.property(requests, seeds, (request, seed) => {
        const problem = family.generate(request);
        const { steps, answer } = family.writeSolution(problem, createRandom(seed), "solved");
        const labels = exactLabels(family, problem, steps);
        expect(labels).toEqual(
          steps.map((_, i) => ({
            right: true,
            reachable: true,
            complete: i === steps.length - 1,
          })),
        );
        const grade = family.grade(problem, steps, answer);
        expect(grade.correct).toBe(true);
        expect(grade.canonical).not.toBe(null);
        expect(family.grade(problem, steps, null)).toEqual(grade);
      }),
    );
  });

  test("the same random numbers write the same solution", () => {
    fc.assert(
      fc.property(requests, seeds, (request, seed) => {
        const problem = family.generate(request);
        for (const ending of ["solved", "dead-end"] as const) {
          const first = family.writeSolution(problem, createRandom(seed), ending);
          expect(family.writeSolution(problem, createRandom(seed), ending)).toEqual(first);
        }
      }),
    );
  });

  test("P7: labels in one pass are the verdicts of each line after the lines before it", () => {
    fc.assert(
      fc.property(requests, seeds, fc.nat(), fc.nat(), (request, seed, where, what) => {
        const problem = family.generate(request);
        const { steps } = family.writeSolution(problem, createRandom(seed), "dead-end");
        const place = where % steps.length;
        const line = steps[place]!;
        const cut = what % line.length;
        steps[place] = line.slice(0, cut) + line.slice(cut + 1);
        const labels = exactLabels(family, problem, steps);
        for (const [i, step] of steps.entries()) {
          expect(family.checkStep(problem, steps.slice(0, i), step)).toEqual(labels[i]);
        }
      }),
    );
  });

  test("after a wrong line every line is after-error, whatever it says", () => {
    fc.assert(
      fc.property(requests, seeds, fc.nat(), anyText, (request, seed, where, text) => {
        const problem = family.generate(request);
        const { steps } = family.writeSolution(problem, createRandom(seed), "solved");
        const place = where % steps.length;
        const mixed = [...steps.slice(0, place), "no line at all", ...steps.slice(place), text];
        const labels = exactLabels(family, problem, mixed);
        expect(labels.slice(0, place).every((label) => label.right)).toBe(true);
        expect(labels[place]).toMatchObject({ right: false, fault: "malformed" });
        for (const label of labels.slice(place + 1)) {
          expect(label).toMatchObject({ right: false, fault: "after-error" });
          expect(!label.right && inEnglish(label.because)).toContain(`line ${place + 1} `);
        }
      }),
    );
  });

  test("nothing comes after the last line", () => {
    fc.assert(
      fc.property(requests, seeds, (request, seed) => {
        const problem = family.generate(request);
        const { steps } = family.writeSolution(problem, createRandom(seed), "solved");
        const verdict = family.checkStep(problem, steps, steps.at(-1)!);
        expect(verdict).toMatchObject({ right: false, fault: "operand" });
      }),
    );
  });

  test("P5: reading garbage throws a ProblemError that points into the text, or nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          const problem = family.parse(text);
          const spelling = family.render(problem);
          expect(family.render(family.parse(spelling))).toBe(spelling);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          expect(error.message).not.toBe("");
          if (error.at === null) return;
          expect(error.at).toBeGreaterThanOrEqual(0);
          expect(error.at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("P9: it owns the problems that it writes, and no other family does", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const text = family.render(family.generate(request));
        expect(FAMILIES.filter((each) => each.owns(text))).toEqual([family]);
      }),
    );
  });

  test("P10: every line that is written has a title of at most 40 characters", () => {
    fc.assert(
      fc.property(requests, seeds, (request, seed) => {
        const problem = family.generate(request);
        const { steps } = family.writeSolution(problem, createRandom(seed), "dead-end");
        for (const [i, step] of steps.entries()) {
          const title = family.titleOf(problem, steps.slice(0, i), step);
          expect(inEnglish(title!)).toMatch(/^[a-z].{3,39}$/);
        }
        expect(family.titleOf(problem, [], "no line at all")).toBe(null);
      }),
    );
  });

  test("judging, grading and naming garbage never throws", () => {
    const problem = family.parse(family.example);
    fc.assert(
      fc.property(fc.array(anyText), fc.option(anyText), anyText, (steps, stated, step) => {
        exactLabels(family, problem, steps);
        family.grade(problem, steps, stated);
        const title = family.titleOf(problem, steps, step);
        expect(title ? inEnglish(title).length : 0).toBeLessThanOrEqual(40);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["a long line of digits", "9".repeat(100_000)],
    ["deep parentheses", "(".repeat(50_000) + ")".repeat(50_000)],
    ["much space", `1${" ".repeat(100_000)}`],
    ["a long list", `1+1=2 (left${" 1".repeat(50_000)} `],
    ["many minus signs", "-".repeat(100_000)],
    ["a long sum", "1+".repeat(50_000)],
    ["a long equation", `${"3(x-4)+".repeat(20_000)}5=2x+7`],
    ["many equals signs", "x=".repeat(50_000)],
  ])("%s is answered at once", (_, text) => {
    const problem = family.parse(family.example);
    const start = performance.now();
    expect(() => family.parse(text)).toThrow(ProblemError);
    expect(family.checkStep(problem, [], text).right).toBe(false);
    expect(family.titleOf(problem, [text], text)).toBe(null);
    expect(family.grade(problem, [text], text).correct).toBe(false);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

test("the problem of a level and a seed is the same for ever", () => {
  const texts = FAMILIES.flatMap((family) =>
    family.levels.map((level) => {
      const text = (split: Split) => family.render(family.generate({ level, seed: 1, split }));
      return [family.name, level, text("train"), text("held-out")];
    }),
  );
  expect(texts).toEqual([
    ["expressions", 3, "5*(3+4+19)", "8+2+2-10"],
    ["expressions", 4, "15*(19-4-(7+3))", "(9+1+20)*(9-5)"],
    ["expressions", 5, "(15-9)*15-(18+13+10)", "8+15+17-(19-8+12)"],
    ["expressions", 6, "(13-11)*(1+5+6-(13-13))", "18+4*2-(19-10)-5*2"],
    ["expressions", 7, "13*(20-1-(7-7-(14-14)+11))", "(5+8-(6+2)-(11-10))*(11+17)"],
    ["countdown", 3, "3 2 10 -> 11", "6 6 25 -> 26"],
    ["countdown", 4, "24 1 24 1 -> 46", "13 23 21 12 -> 45"],
    ["countdown", 5, "18 22 18 12 16 -> 21", "24 19 24 23 20 -> 12"],
    ["countdown", 6, "2 16 10 11 23 6 -> 34", "7 23 8 10 17 11 -> 62"],
    ["equations", 2, "4x+8=-104", "123=5x+8"],
    ["equations", 3, "2x+18=6x+70", "3x-3=x-99"],
    ["equations", 4, "2x+90=4(x+1)", "85=2(x+11)-3"],
    ["equations", 5, "3(2x+5)-72=5(x-7)", "2(x+4)+2x+6=2x+48"],
    ["equations", 6, "4(x+1)+6x+94=6(x+9)", "4(4x-9)=3(x-4)-141"],
    [
      "word-problems",
      2,
      "A tart needs 8 plums. Max bakes 15 tarts. Mia gives him 9 plums. How many plums must he buy?",
      "Ann has 47 balls. She gives 31 balls to Max. She packs the balls in boxes of 8. How many boxes has she now?",
    ],
    [
      "word-problems",
      3,
      "A truck goes 4 hours at 17 miles an hour. The way is 340 miles long. How many hours does it need for the rest at 8 miles an hour?",
      "Leo has 7 jars of 20 toys. He buys 60 toys. He shares the toys among 8 friends. How many toys does each get?",
    ],
    [
      "word-problems",
      4,
      "Bob gets 12 pears an hour for 5 hours. He gives 2 pears to each of 5 friends. He shares the pears among 2 friends. How many pears does each get?",
      "Bob saves 12 cents a week for 4 weeks. He earns 47 cents. A cup costs 15 cents. He earns 27 cents. A pear costs 241 cents. How many cents are missing for a pear?",
    ],
    [
      "word-problems",
      5,
      "Leo has 45 pens. He buys 7 jars of 12 pens. Sam gives him 22 pens. He buys 47 pens. He shares the pens among 6 friends. How many pens does each get?",
      "A truck goes 41 miles. It goes 31 miles. It goes 3 hours at 10 miles an hour. It goes 50 miles. The way is 360 miles long. How many miles are left?",
    ],
    [
      "word-problems",
      6,
      "Eve gets 19 balls an hour for 5 hours. A pen costs 32 cents. She loses 5 balls. She sells half of the balls. She finds 4 bags of 5 balls. She sells the balls at 6 cents each. How many cents has she now?",
      "Dan has 32 rolls. He sells half of the rolls. He finds 8 trays of 21 rolls. He sells half of the rolls. He loses 42 rolls. He sells the rolls at 6 cents each. How many cents has he now?",
    ],
  ]);
});

test("a family is found by its name, and an unknown name is answered with the names", () => {
  for (const family of FAMILIES) expect(familyOf(family.name)).toBe(family);
  expect(() => familyOf("sudoku")).toThrow(
    /"sudoku".*expressions, countdown, equations, word-problems/,
  );
});

test("the family is known from the text alone", () => {
  expect(parseProblem("4, 14,9 → 50").family.name).toBe("countdown");
  for (const { name } of FAMILIES) expect(parseProblem(numbered(name, 7)).family.name).toBe(name);
  expect(parseProblem("4 - 14 * 9").family.name).toBe("expressions");
  expect(() => parseProblem("4 14 9 -> fifty")).toThrow('"fifty" is not a whole number');
  expect(() => parseProblem("4*(14-9")).toThrow("never closed");
  expect(() => parseProblem("2x = 3")).toThrow("x=3/2");
});

test("P9: a text that some family reads is owned by at most one, and read by that one", () => {
  const reads = (text: string) =>
    FAMILIES.filter((family) => {
      try {
        family.parse(text);
        return true;
      } catch (error) {
        if (error instanceof ProblemError) return false;
        throw error;
      }
    });
  fc.assert(
    fc.property(anyText, (text) => {
      const readers = reads(text);
      if (readers.length === 0) return;
      expect(FAMILIES.filter((family) => family.owns(text))).toEqual(readers);
    }),
    { numRuns: 5000 },
  );
});
