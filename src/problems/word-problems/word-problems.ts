import { drawOne } from "../../lib/draw.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { msg } from "../../lib/said.ts";
import type { Family } from "../family.ts";
import { judgeAfter } from "../label-steps.ts";
import { splitOfKey } from "../split.ts";
import { Calculation } from "./calculation.ts";
import { drawProblem } from "./generate.ts";
import { judgeLines } from "./judge-lines.ts";
import { readLine, writeLine } from "./lines.ts";
import { neededIn, readProblem, type WordProblem, writeProblem } from "./problem.ts";
import { calculationKey, countOperations } from "./quantities.ts";
import { titleOf } from "./titles.ts";

const LEVELS = [2, 3, 4, 5, 6];

/**
 * Short stories with numbers, one operation a line: `Ann has 14 pens. She buys
 * 3 bags of 6 pens. How many pens has she now?` is solved by the lines `buys
 * 3*6=18 pens`, `now has 14+18=32 pens`. The sentences are those of a closed
 * set of forms; what they come to is a calculation, and any order of lines that
 * does it is right. The level is the number of operations.
 */
export const wordProblems: Family<WordProblem> = {
  name: "word-problems",
  about: msg("Read a short story and calculate what is asked, one operation a line."),
  levels: LEVELS,
  example: "Leo has 26 plums. Max has 8 fewer plums than Leo. How many plums have they in all?",
  owns: (text) => text.trimEnd().endsWith("?"),

  generate({ level, seed, split }) {
    if (!LEVELS.includes(level)) {
      throw new RangeError(`word-problems has the levels ${LEVELS.join(", ")}, not ${level}`);
    }
    const random = createRandom(deriveSeed(seed, level));
    for (;;) {
      const problem = drawProblem(level, random);
      if (splitOf(problem) === split) return problem;
    }
  },
  splitOf,
  levelOf: (problem) => countOperations(neededIn(problem)),
  render: writeProblem,
  parse: readProblem,

  judge: judgeLines,
  checkStep: (problem, before, step) => judgeAfter(judgeLines(problem), before, step),
  titleOf: (problem, _before, step) => titleOf(problem, step),
  grade(problem, steps, stated) {
    const { value, unit } = problem.quantities[problem.asked]!;
    const last = steps.length > 0 ? readLine(steps.at(-1)!) : null;
    const canonical = stated === null ? last && String(last.value) : readAnswer(stated, unit.word);
    return { answer: stated ?? canonical, canonical, correct: canonical === String(value) };
  },
  writeSolution({ quantities, asked }, random) {
    const calculation = new Calculation(quantities, asked);
    const steps: string[] = [];
    let progress = calculation.start;
    while (progress.groups.size > 0) {
      const moves = calculation.movesFrom(progress).filter(({ inOrder }) => inOrder);
      const move = drawOne(random, moves);
      steps.push(writeLine(move));
      progress = move.next;
    }
    return { steps, answer: String(quantities[asked]!.value) };
  },
};

/** Stories that come to the same calculation are in one split, whoever and whatever they tell of. */
function splitOf({ quantities, asked }: WordProblem) {
  return splitOfKey(calculationKey(quantities, asked));
}

/** The number that an answer states, in its shortest spelling; the unit may stand behind it. */
function readAnswer(answer: string, unit: string): string | null {
  if (answer.length > 100) return null;
  const [, digits, word] = /^\s*(\d{1,15})(?:\s*([a-z]+))?\s*\.?\s*$/.exec(answer) ?? [];
  if (digits === undefined || (word !== undefined && word !== unit)) return null;
  return String(Number(digits));
}
