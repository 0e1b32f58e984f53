import { createRandom, deriveSeed } from "../../lib/random.ts";
import { msg } from "../../lib/said.ts";
import type { Family } from "../family.ts";
import { exactLabels, judgeAfter } from "../label-steps.ts";
import { nameOperation } from "../name-operation.ts";
import { splitOfKey } from "../split.ts";
import { composeExpression } from "./compose.ts";
import { drawProblem } from "./generate.ts";
import { judgeLines, readLine } from "./lines.ts";
import { type Countdown, readProblem, writeProblem } from "./problem.ts";
import { drawSolution } from "./write-solution.ts";

const LEVELS = [3, 4, 5, 6];

/**
 * Combining numbers to reach a target: the problem `4 14 9 -> 50` is solved by
 * the lines `4*9=36 (left 14 36)`, `14+36=50 (left 50)`. Every number is used
 * exactly once, with + - * and exact division; everything in between is a
 * positive whole number. The level is how many numbers there are.
 *
 * The answer that a solution states is the number it reached; the answer that
 * is shown and voted on is the expression that its lines build, `14+4*9`. An
 * honest dead end states the number that it ended at.
 */
export const countdown: Family<Countdown> = {
  name: "countdown",
  about: msg("Combine all the numbers, each once, with + - * / to reach the target."),
  levels: LEVELS,
  example: "4 14 9 -> 50",

  generate({ level, seed, split }) {
    if (!LEVELS.includes(level)) {
      throw new RangeError(`countdown has the levels ${LEVELS.join(", ")}, not ${level}`);
    }
    const random = createRandom(deriveSeed(seed, level));
    for (;;) {
      const problem = drawProblem(level, random);
      if (splitOf(problem) === split) return problem;
    }
  },
  splitOf,
  levelOf: ({ numbers }) => numbers.length,
  render: writeProblem,
  parse: readProblem,
  owns: (text) => /->|→/.test(text),

  judge: judgeLines,
  checkStep: (problem, before, step) => judgeAfter(judgeLines(problem), before, step),
  grade(problem, steps, stated) {
    const lines = steps.map(readLine).filter((line) => line !== null);
    const canonical =
      lines.length === steps.length ? composeExpression(problem.numbers, lines) : null;
    const right = exactLabels(countdown, problem, steps).every((verdict) => verdict.right);
    const reached = lines.at(-1)?.value === problem.target;
    const agrees = stated === null || stated.trim() === String(problem.target);
    return {
      answer: canonical ?? stated,
      canonical,
      correct: canonical !== null && right && reached && agrees,
    };
  },
  writeSolution: drawSolution,
  titleOf: (_, __, step) => {
    const line = readLine(step);
    return line === null ? null : nameOperation(line.left, line.operator, line.right);
  },
};

/** Problems with the same numbers in another order are in one split. */
function splitOf({ numbers, target }: Countdown) {
  const ascending = [...numbers].sort((a, b) => a - b);
  return splitOfKey(writeProblem({ numbers: ascending, target }));
}
