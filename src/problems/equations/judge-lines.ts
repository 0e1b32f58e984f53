import { type Said, say } from "../../lib/said.ts";
import type { StepJudge, StepVerdict } from "../family.ts";
import { ProblemError } from "../family.ts";
import { stopAtFirstError } from "../label-steps.ts";
import { holds, isSimpler, solve, statedValue } from "./algebra.ts";
import { type Equation, readEquation, writeEquation } from "./notation.ts";

/** A right line may be longer than its problem, and its numbers too: parentheses are multiplied out. */
export const LINE_LIMITS = { length: 600, digits: 15 };

/**
 * Judges the lines of a solution: each must be an equation with the same
 * solution as the problem, and simpler than the line before: fewer parentheses,
 * or as many and fewer terms, or smaller numbers. Whether one or several moves
 * were made in it does not matter; saying the same again, or going back, is
 * wrong, so a solution ends.
 */
export function judgeLines(problem: Equation, x: number): StepJudge {
  let current = problem;
  return stopAtFirstError((step) => {
    const line = readLine(step);
    if (line instanceof ProblemError) return wrong("malformed", line.said);
    const fault = faultOf(line, current, BigInt(x));
    if (fault !== null) return fault;
    current = line;
    return { right: true, reachable: true, complete: statedValue(line) !== null };
  });
}

function readLine(step: string): Equation | ProblemError {
  try {
    return readEquation(step, LINE_LIMITS);
  } catch (error) {
    // A line of a policy may be anything: that it cannot be read is its verdict.
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function faultOf(line: Equation, current: Equation, x: bigint): StepVerdict | null {
  if (solve(line) === "all")
    return wrong("arithmetic", say("every x solves {line}", { line: writeEquation(line) }));
  if (!holds(line, x)) {
    return wrong(
      "arithmetic",
      say("x={x} solves {before}, not {line}", {
        ...{ x: String(x), before: writeEquation(current), line: writeEquation(line) },
      }),
    );
  }
  if (statedValue(current) !== null) {
    return wrong(
      "operand",
      say("{answer} is the answer: nothing is left to do", { answer: writeEquation(current) }),
    );
  }
  if (isSimpler(line, current)) return null;
  return wrong(
    "operand",
    say("{line} is not simpler than {before}", {
      line: writeEquation(line),
      before: writeEquation(current),
    }),
  );
}

function wrong(fault: Exclude<StepVerdict, { right: true }>["fault"], because: Said): StepVerdict {
  return { right: false, fault, because };
}
