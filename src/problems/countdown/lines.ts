import { type Said, say } from "../../lib/said.ts";
import type { StepJudge, StepVerdict } from "../family.ts";
import { stopAtFirstError } from "../label-steps.ts";
import { afterMove, calculate, type Move, type Operator } from "./operations.ts";
import type { Countdown } from "./problem.ts";
import { canReach } from "./reach.ts";

/** One line as it is written: what it claims need not be true. */
export interface Line extends Move {
  /** The numbers that it says are left, in the order of the line. */
  readonly rest: readonly number[];
}

/** Longest line that is read: 6 numbers of 15 digits and some space between. */
const MAX_LENGTH = 200;

const LINE =
  /^\s*(\d{1,15})\s*([-+*/])\s*(\d{1,15})\s*=\s*(\d{1,15})\s*\(\s*left((?:\s+\d{1,15})+)\s*\)\s*$/;

/** Reads a line such as `14-9=5 (left 4 5)`; `null` if it has another form. */
export function readLine(text: string): Line | null {
  if (text.length > MAX_LENGTH) return null;
  const [, left, operator, right, value, rest] = LINE.exec(text) ?? [];
  if (left === undefined || right === undefined || rest === undefined) return null;
  return {
    left: Number(left),
    operator: operator as Operator,
    right: Number(right),
    value: Number(value),
    rest: rest.trim().split(/\s+/).map(Number),
  };
}

/** Writes a move and the numbers that are left after it, which come in ascending order. */
export function writeLine(move: Move, rest: readonly number[]): string {
  return `${move.left}${move.operator}${move.right}=${move.value} (left ${rest.join(" ")})`;
}

/**
 * Judges the lines of a solution: each must do one operation with two of the
 * numbers that are left, rightly, and list what is left then, in any order.
 * "complete" when one number is left, whether or not it is the target.
 */
export function judgeLines({ numbers, target }: Countdown): StepJudge {
  let left: readonly number[] = [...numbers].sort((a, b) => a - b);
  let reachable = true;
  return stopAtFirstError((step) => {
    const line = readLine(step);
    if (line === null) {
      return wrong("malformed", say("a line has the form 14-9=5 (left 4 5)"));
    }
    const next = afterMove(left, line);
    if (next === null) return wrong("operand", missingOperand(left, line));
    const fault = faultInValue(line) ?? faultInRest(next, line);
    if (fault !== null) return fault;
    left = next;
    reachable &&= canReach(left, target);
    return { right: true, reachable, complete: left.length === 1 };
  });
}

function faultInValue({ left, operator, right, value }: Line): StepVerdict | null {
  const result = calculate(left, operator, right);
  if (result === value) return null;
  const done = `${left}${operator}${right}`;
  if (result !== null)
    return wrong(
      "arithmetic",
      say("{calculation} is {value}, not {found}", {
        ...{ calculation: done, value: String(result), found: String(value) },
      }),
    );
  if (operator === "/")
    return wrong("arithmetic", say("{calculation} is not a whole number", { calculation: done }));
  if (operator === "-")
    return wrong("arithmetic", say("{calculation} is not positive", { calculation: done }));
  return wrong("arithmetic", say("{calculation} is too large", { calculation: done }));
}

function faultInRest(expected: readonly number[], { rest }: Line): StepVerdict | null {
  const found = [...rest].sort((a, b) => a - b);
  if (found.join(" ") === expected.join(" ")) return null;
  return wrong(
    "remainder",
    say("left are {numbers}, not {found}", { numbers: expected.join(" "), found: rest.join(" ") }),
  );
}

function missingOperand(numbers: readonly number[], { left, right }: Line): Said {
  const have = numbers.join(" ");
  if (numbers.length === 1)
    return say("only {number} is left: there is nothing to combine it with", { number: have });
  if (numbers.includes(left) && numbers.includes(right)) {
    return say("there is only one {number}: left are {numbers}", {
      number: String(left),
      numbers: have,
    });
  }
  const number = String(numbers.includes(left) ? right : left);
  return say("there is no {number}: left are {numbers}", { number, numbers: have });
}

function wrong(fault: Exclude<StepVerdict, { right: true }>["fault"], because: Said): StepVerdict {
  return { right: false, fault, because };
}
