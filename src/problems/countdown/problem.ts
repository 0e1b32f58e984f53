import { say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { canReach, nearestReachable } from "./reach.ts";

/** Numbers to combine, in the order in which they are shown, and the target to reach. */
export interface Countdown {
  readonly numbers: readonly number[];
  readonly target: number;
}

const MAX_LENGTH = 200;
const MIN_COUNT = 2;
const MAX_COUNT = 6;
const MAX_NUMBER = 999;
const MAX_TARGET = 9999;

/** Writes a problem as `4 14 9 -> 50`. */
export function writeProblem({ numbers, target }: Countdown): string {
  return `${numbers.join(" ")} -> ${target}`;
}

/**
 * Reads `4 14 9 -> 50`; commas between the numbers and an arrow `→` do as well.
 * Throws a `ProblemError` if the text has another form, a number is out of
 * range, or the target cannot be reached: then it names the nearest that can.
 */
export function readProblem(text: string): Countdown {
  if (text.length > MAX_LENGTH) {
    throw new ProblemError(
      say("too long: {length} characters, and at most {most} can be read", {
        ...{ length: String(text.length), most: String(MAX_LENGTH) },
      }),
      MAX_LENGTH,
    );
  }
  const arrow = /->|→/.exec(text);
  if (arrow === null) {
    throw new ProblemError(say("an arrow is missing before the target: 4 14 9 -> 50"), text.length);
  }
  const end = arrow.index + arrow[0].length;
  const numbers = readNumbers(text.slice(0, arrow.index), 0, MAX_NUMBER);
  const targets = readNumbers(text.slice(end), end, MAX_TARGET);
  if (numbers.length < MIN_COUNT || numbers.length > MAX_COUNT) {
    throw new ProblemError(
      say("{least} to {most} numbers can be combined, not {count}", {
        ...{ least: MIN_COUNT, most: MAX_COUNT, count: String(numbers.length) },
      }),
      0,
    );
  }
  const [target] = targets;
  if (target === undefined) throw new ProblemError(say("the target is missing"), text.length);
  if (targets.length > 1) {
    throw new ProblemError(
      say("there can only be one target, not {count}", { count: String(targets.length) }),
      end,
    );
  }
  if (!canReach(numbers, target)) {
    const nearest = nearestReachable(numbers, target);
    throw new ProblemError(
      say("no combination of {numbers} with + - * / reaches {target}; the nearest is {nearest}", {
        ...{ numbers: numbers.join(", "), target: String(target), nearest: String(nearest) },
      }),
    );
  }
  return { numbers, target };
}

/** Reads whole numbers in [1, max] between spaces or commas; `offset` is where `text` begins. */
function readNumbers(text: string, offset: number, max: number): number[] {
  return [...text.matchAll(/[^\s,]+/g)].map(({ 0: word, index }) => {
    const at = offset + index;
    if (!/^\d+$/.test(word))
      throw new ProblemError(say('"{word}" is not a whole number', { word }), at);
    const value = Number(word);
    if (value < 1 || value > max) {
      throw new ProblemError(
        say("{number} is out of range: it must be from 1 to {most}", {
          ...{ number: word, most: String(max) },
        }),
        at,
      );
    }
    return value;
  });
}
