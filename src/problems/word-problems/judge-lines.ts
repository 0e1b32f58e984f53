import { type Said, say } from "../../lib/said.ts";
import type { StepJudge, StepVerdict } from "../family.ts";
import { stopAtFirstError } from "../label-steps.ts";
import { Calculation, type Move, type Progress, progressKey } from "./calculation.ts";
import { calculate, type Line, readLine } from "./lines.ts";
import type { WordProblem } from "./problem.ts";
import { neededFor, type Quantity } from "./quantities.ts";

/**
 * Where equal numbers stand for different things, a line can be meant in
 * several ways; so many are followed. Problems that are made have one.
 */
const MAX_READINGS = 64;

/**
 * Judges the lines of a solution: each must merge two amounts that are given
 * or calculated before, rightly, into one that the question needs, and name it
 * and its unit. Any order is right that keeps to this; amounts of one sum may
 * be added and taken away one by one or together.
 */
export function judgeLines(problem: WordProblem): StepJudge {
  const { quantities, asked } = problem;
  const calculation = new Calculation(quantities, asked);
  let readings: readonly Progress[] = [calculation.start];
  const known = new Set(
    quantities.filter(({ kind }) => kind === "given").map(({ value }) => value),
  );
  return stopAtFirstError((step) => {
    const line = readLine(step);
    if (line === null) return wrong("malformed", say('a line has the form "buys 3*6=18 pens"'));
    const moves = readings.flatMap((progress) => calculation.movesFrom(progress));
    const right = moves.filter((move) => isSpelledBy(move, line));
    if (right.length === 0) return findFault(problem, { line, moves, known });
    readings = different(right.map(({ next }) => next)).slice(0, MAX_READINGS);
    known.add(line.value);
    const complete = readings.some(({ groups }) => groups.size === 0);
    return { right: true, reachable: true, complete };
  });
}

function different(readings: readonly Progress[]): Progress[] {
  if (readings.length === 1) return [...readings];
  return [...new Map(readings.map((progress) => [progressKey(progress), progress])).values()];
}

function isSpelledBy(move: Move, line: Line): boolean {
  const { value, unit } = move.merge.result;
  return (
    hasOperands(move, line) &&
    value === line.value &&
    unit.word === line.unit &&
    (line.words === null || line.words === move.words)
  );
}

function hasOperands({ merge }: Move, { left, operator, right }: Line): boolean {
  if (merge.operator !== operator) return false;
  if (merge.left === left && merge.right === right) return true;
  const commutes = operator === "+" || operator === "*";
  return commutes && merge.left === right && merge.right === left;
}

interface Circumstances {
  readonly line: Line;
  readonly moves: readonly Move[];
  /** Values given or calculated so far. */
  readonly known: ReadonlySet<number>;
}

function findFault(problem: WordProblem, circumstances: Circumstances): StepVerdict {
  const { line, moves } = circumstances;
  return (
    faultAtEnd(problem, moves) ??
    faultInValue(line) ??
    faultInNames(circumstances) ??
    faultInOperands(problem, circumstances)
  );
}

function faultAtEnd({ quantities, asked }: WordProblem, moves: readonly Move[]) {
  if (moves.length > 0) return null;
  const { value, unit } = quantities[asked]!;
  return wrong(
    "operand",
    say("{answer} is the answer: nothing is left to calculate", {
      answer: `${value} ${unit.word}`,
    }),
  );
}

function faultInValue(line: Line): StepVerdict | null {
  const result = calculate(line);
  if (result === line.value) return null;
  const done = `${line.left}${line.operator}${line.right}`;
  if (!Number.isInteger(result))
    return wrong("arithmetic", say("{calculation} is not a whole number", { calculation: done }));
  return wrong(
    "arithmetic",
    say("{calculation} is {value}, not {found}", {
      ...{ calculation: done, value: String(result), found: String(line.value) },
    }),
  );
}

/** The calculation would be right here, under another name. */
function faultInNames({ line, moves }: Circumstances): StepVerdict | null {
  const meant = moves.find((move) => hasOperands(move, line));
  if (meant === undefined) return null;
  const { unit } = meant.merge.result;
  const done = `${line.left}${line.operator}${line.right}`;
  if (line.unit === null)
    return wrong(
      "operand",
      say("{calculation} counts {unit}: a unit is missing", { calculation: done, unit: unit.word }),
    );
  if (line.unit !== unit.word) {
    return wrong(
      "operand",
      say("{calculation} counts {unit}, not {found}", {
        ...{ calculation: done, unit: unit.word, found: line.unit },
      }),
    );
  }
  return wrong(
    "operand",
    say('{calculation} is "{words}", not "{found}"', {
      ...{ calculation: done, words: meant.words, found: String(line.words) },
    }),
  );
}

function faultInOperands(
  { quantities, asked }: WordProblem,
  { line, known }: Circumstances,
): StepVerdict {
  const done = `${line.left}${line.operator}${line.right}`;
  const operands = [line.left, line.right];
  const unknown = operands.find((value) => !known.has(value));
  if (unknown !== undefined) {
    return wrong(
      "operand",
      say("there is no {number}: it is neither given nor calculated before", {
        number: String(unknown),
      }),
    );
  }
  const needed = neededFor(quantities, asked).map((index) => quantities[index]!);
  const isIdle = ({ value, kind }: Quantity) => kind === "given" && operands.includes(value);
  const idle = quantities.find((quantity) => isIdle(quantity) && !holds(needed, quantity.value));
  if (idle !== undefined) {
    return wrong(
      "operand",
      say("the {amount} have no part in the question", {
        amount: `${idle.value} ${idle.unit.word}`,
      }),
    );
  }
  return wrong(
    "operand",
    say("{calculation} is not needed here: it is done already or leads nowhere", {
      calculation: done,
    }),
  );
}

function holds(quantities: readonly Quantity[], value: number): boolean {
  return quantities.some((quantity) => quantity.value === value);
}

function wrong(fault: Exclude<StepVerdict, { right: true }>["fault"], because: Said): StepVerdict {
  return { right: false, fault, because };
}
