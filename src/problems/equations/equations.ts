import { drawOne } from "../../lib/draw.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import { msg, say } from "../../lib/said.ts";
import type { Family } from "../family.ts";
import { ProblemError } from "../family.ts";
import { judgeAfter } from "../label-steps.ts";
import { splitOfKey } from "../split.ts";
import { countMoves, movesOf, solve, statedValue } from "./algebra.ts";
import { drawEquation, LEVELS } from "./generate.ts";
import { judgeLines } from "./judge-lines.ts";
import { type Equation, readEquation, type Side, writeEquation, writeSide } from "./notation.ts";
import { titleOf } from "./titles.ts";

/**
 * What a person may type: far beyond what is generated. At most 15 products of
 * two such numbers fit in, so everything in between is exact in doubles.
 */
const TYPED_LIMITS = { length: 200, digits: 5 };

/**
 * Linear equations in x with a whole solution: `3(x-4)+5=2x+7` is solved by the
 * lines `3x-12+5=2x+7`, `3x-7=2x+7`, `x-7=7`, `x=14`. Parentheses may be
 * multiplied out, terms collected and both sides changed in any order. The
 * level is the number of moves of a solver that makes one at a time. The answer
 * is the number; a solution is graded by it alone, as benchmarks do.
 */
export const equations: Family<Equation> = {
  name: "equations",
  about: msg("Find x, one change of the equation a line."),
  levels: LEVELS,
  example: "4(x+5)-11=3x+52",

  generate({ level, seed, split }) {
    if (!LEVELS.includes(level)) {
      throw new RangeError(`equations has the levels ${LEVELS.join(", ")}, not ${level}`);
    }
    const random = createRandom(deriveSeed(seed, level));
    for (;;) {
      const problem = drawEquation(level, random);
      if (splitOf(problem) === split) return problem;
    }
  },
  splitOf,
  levelOf: countMoves,
  render: writeEquation,
  parse,
  owns: (text) => text.includes("=") && !/->|→|\?/.test(text),

  judge: (problem) => judgeLines(problem, solutionOf(problem)),
  checkStep: (problem, before, step) =>
    judgeAfter(judgeLines(problem, solutionOf(problem)), before, step),
  grade(problem, steps, stated) {
    const canonical = readAnswer(stated ?? steps.at(-1) ?? "");
    const correct = canonical === String(solutionOf(problem));
    return { answer: stated ?? canonical, canonical, correct };
  },
  writeSolution(problem, random) {
    const steps: string[] = [];
    let current = problem;
    for (let moves = movesOf(current); moves.length > 0; moves = movesOf(current)) {
      current = drawOne(random, moves).to;
      steps.push(writeEquation(current));
    }
    return { steps, answer: String(statedValue(current)) };
  },
  titleOf,
};

/** Copies with sides swapped or terms in another order are in one split. */
function splitOf({ left, right }: Equation) {
  const keyOf = (side: Side) =>
    side
      .map((term) => writeSide([term]))
      .toSorted()
      .join(" ");
  return splitOfKey([keyOf(left), keyOf(right)].toSorted().join(" = "));
}

function parse(text: string): Equation {
  const problem = readEquation(text, TYPED_LIMITS);
  const solution = solve(problem);
  if (solution === "none")
    throw new ProblemError(say("no x solves it: both sides have the same x"));
  if (solution === "all") throw new ProblemError(say("every x solves it"));
  if (solution.bottom !== 1n) {
    const { top, bottom } = solution;
    throw new ProblemError(
      say("its solution is x={solution}, and only whole ones can be asked for", {
        solution: `${top}/${bottom}`,
      }),
    );
  }
  if (statedValue(problem) !== null) throw new ProblemError(say("it says what x is already"));
  return problem;
}

function solutionOf(problem: Equation): number {
  const solution = solve(problem);
  if (typeof solution === "string")
    throw new Error(`${writeEquation(problem)} has no one solution`);
  return Number(solution.top);
}

/** The number that an answer states, bare or as `x=14` or `14=x`, in its shortest spelling. */
function readAnswer(answer: string): string | null {
  const [, digits] = /^\s*(?:x\s*=\s*)?(-?\d{1,15})\s*(?:=\s*x\s*)?$/.exec(answer) ?? [];
  if (digits === undefined) return null;
  // No answer is −0.
  return String(Number(digits) + 0);
}
