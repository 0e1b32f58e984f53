import { drawOne } from "../../lib/draw.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { msg, say } from "../../lib/said.ts";
import type { Family } from "../family.ts";
import { ProblemError } from "../family.ts";
import { judgeAfter } from "../label-steps.ts";
import { splitOfKey } from "../split.ts";
import { commutedKey } from "./commuted-key.ts";
import { drawExpression } from "./generate.ts";
import { judgeLines } from "./judge-lines.ts";
import { type Expression, readExpression, writeExpression } from "./notation.ts";
import { countOperations, evaluate, operationsIn, replaceOperation } from "./operations.ts";
import { titleOf } from "./titles.ts";

const LEVELS = [3, 4, 5, 6, 7];

/** What a person may type: far beyond what is generated. */
const TYPED_LIMITS = { length: 200, digits: 6 };

/** Largest value in between, either sign: whatever the order, doubles are exact up to here. */
const MAX_VALUE = 999_999_999_999_999;

/**
 * Calculating an integer expression, one operation a line: the problem
 * `(7+5)*9-14*3` is solved by the lines `12*9-14*3`, `108-14*3`, `108-42`,
 * `66`. Any operation whose turn it is may be done next. The level is the
 * number of operations. The answer is the number; a solution is graded by it
 * alone, as benchmarks do, so errors that cancel out are found by the verdicts
 * of the lines only.
 */
export const expressions: Family<Expression> = {
  name: "expressions",
  about: msg("Calculate an expression, one operation a line."),
  levels: LEVELS,
  // Held out, and picked because search helps: greedy and the majority of 16 (seed 0) say 108.
  example: "2*7*(20-13)+1",

  generate({ level, seed, split }) {
    if (!LEVELS.includes(level)) {
      throw new RangeError(`expressions has the levels ${LEVELS.join(", ")}, not ${level}`);
    }
    const random = createRandom(deriveSeed(seed, level));
    for (;;) {
      const problem = drawExpression(level, random);
      if (splitOf(problem) === split) return problem;
    }
  },
  splitOf,
  levelOf: countOperations,
  render: writeExpression,
  parse,
  owns: (text) => !/->|→|[=?]/.test(text),

  judge: judgeLines,
  checkStep: (problem, before, step) => judgeAfter(judgeLines(problem), before, step),
  grade(problem, steps, stated) {
    const canonical = readAnswer(stated ?? steps.at(-1) ?? "");
    const correct = canonical === String(evaluate(problem));
    return { answer: stated ?? canonical, canonical, correct };
  },
  writeSolution(problem, random) {
    const steps: string[] = [];
    let rest = problem;
    while (rest.length > 1) {
      const next = operationsIn(rest).filter(({ turn }) => turn === "in-order");
      const { at, value } = drawOne(random, next);
      rest = replaceOperation(rest, at, value);
      steps.push(writeExpression(rest));
    }
    return { steps, answer: writeExpression(rest) };
  },
  titleOf,
};

/** Commuted copies of an expression are in one split. */
function splitOf(problem: Expression) {
  return splitOfKey(commutedKey(problem));
}

function parse(text: string): Expression {
  const problem = readExpression(text, TYPED_LIMITS);
  if (problem.length === 1) throw new ProblemError(say("there is no operation to do in it"));
  // The value with all signs + and no factor 0 bounds every value in between, in any order.
  const bound = problem.map((token) => {
    if (typeof token === "number") return Math.max(1, Math.abs(token));
    return token === "-" ? "+" : token;
  });
  if (evaluate(bound) > MAX_VALUE) {
    throw new ProblemError(
      say("its values can become too large: at most 15 digits are calculated"),
    );
  }
  return problem;
}

/** The number that an answer states, in its shortest spelling. */
function readAnswer(answer: string): string | null {
  const [, digits] = /^\s*(-?\d{1,15})\s*$/.exec(answer) ?? [];
  return digits === undefined ? null : String(Number(digits));
}
