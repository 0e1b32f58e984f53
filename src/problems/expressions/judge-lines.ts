import { type Said, say, sayCount } from "../../lib/said.ts";
import type { StepJudge, StepVerdict } from "../family.ts";
import { ProblemError } from "../family.ts";
import { stopAtFirstError } from "../label-steps.ts";
import { type Expression, readExpression, type Token, writeExpression } from "./notation.ts";
import { countOperations, type Operation, operationsIn, replaceOperation } from "./operations.ts";

/** A right line can be longer than its problem: `1-2` becomes `(-1)`. */
const LINE_LIMITS = { length: 600, digits: 15 };

/**
 * Judges the lines of a calculation: each must be the line before it, the first
 * one the problem, with exactly one operation replaced by its value, and
 * nothing else changed. Spaces and redundant parentheses do not count.
 */
export function judgeLines(problem: Expression): StepJudge {
  let current = problem;
  return stopAtFirstError((step) => {
    const line = readLine(step);
    if (line instanceof ProblemError) return wrong("malformed", line.said);
    const fault = findFault(current, line);
    if (fault !== null) return fault;
    current = line;
    return { right: true, reachable: true, complete: line.length === 1 };
  });
}

export function readLine(step: string): Expression | ProblemError {
  try {
    return readExpression(step, LINE_LIMITS);
  } catch (error) {
    // A line of a policy may be anything: that it cannot be read is its verdict.
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function findFault(current: Expression, line: Expression): StepVerdict | null {
  const operations = operationsIn(current);
  const free = operations.filter(({ turn }) => turn !== "blocked");
  const isNext = ({ at, value }: Operation) => same(replaceOperation(current, at, value), line);
  if (free.some(isNext)) return null;
  return (
    faultInCount(current, line) ??
    faultInValue(current, line, free) ??
    faultInTurn(current, line, operations) ??
    faultInCopy(current, line, free)
  );
}

function faultInCount(current: Expression, line: Expression): StepVerdict | null {
  const before = countOperations(current);
  const after = countOperations(line);
  if (before === 0) {
    return wrong(
      "operand",
      say("{answer} is the answer: no operation is left", { answer: writeExpression(current) }),
    );
  }
  if (same(current, line)) return wrong("operand", say("no operation was done in this line"));
  if (after === before - 1) return null;
  return wrong(
    "remainder",
    sayCount(
      after,
      "{count} operation is left after one of {before} was done",
      "{count} operations are left after one of {before} was done",
      { before: String(before) },
    ),
  );
}

function faultInValue(
  current: Expression,
  line: Expression,
  free: readonly Operation[],
): StepVerdict | null {
  for (const operation of free) {
    const found = valueInstead(current, line, operation);
    if (found === null) continue;
    const { left, operator, right, value } = operation;
    const done = writeExpression([left, operator, right]);
    return wrong(
      "arithmetic",
      say("{calculation} is {value}, not {found}", {
        ...{ calculation: done, value: String(value), found: String(found) },
      }),
    );
  }
  return null;
}

function faultInTurn(
  current: Expression,
  line: Expression,
  operations: readonly Operation[],
): StepVerdict | null {
  const done = operations.find(
    (operation) => operation.turn === "blocked" && valueInstead(current, line, operation) !== null,
  );
  if (!done) return null;
  const { left, operator, right } = done;
  const text = writeExpression([left, operator, right]);
  return wrong(
    "operand",
    say("{calculation} is not its turn in {before}", {
      ...{ calculation: text, before: writeExpression(current) },
    }),
  );
}

/** Compares with the likeliest of the right lines: the one that differs in the fewest places. */
function faultInCopy(
  current: Expression,
  line: Expression,
  free: readonly Operation[],
): StepVerdict {
  const expected = free
    .map(({ at, value }) => replaceOperation(current, at, value))
    .map((tokens) => ({ tokens, changes: differences(tokens, line) }))
    .reduce((best, next) => (next.changes.length < best.changes.length ? next : best));
  const text = writeExpression(expected.tokens);
  const place = expected.changes[0]!;
  const [copied, found] = [expected.tokens[place], line[place]].map((token) =>
    token === undefined ? say("the end") : String(token),
  );
  return wrong(
    "remainder",
    say('{expected} was to be expected: "{found}" stands for "{copied}" in it', {
      ...{ expected: text, found: found!, copied: copied! },
    }),
  );
}

/** The number that `line` has in the place of the operation's value, if that is all that differs. */
export function valueInstead(
  current: Expression,
  line: Expression,
  { at, value }: Operation,
): number | null {
  const next = replaceOperation(current, at, value);
  const alone = next.length === current.length - 4;
  const place = alone ? at - 1 : at;
  const found = line[place];
  if (typeof found !== "number" || next.length !== line.length) return null;
  return next.every((token, i) => i === place || token === line[i]) ? found : null;
}

/** The places in which two lists of tokens differ, in ascending order. */
function differences(a: Expression, b: Expression): number[] {
  const longer: readonly Token[] = a.length < b.length ? b : a;
  return [...longer.keys()].filter((i) => a[i] !== b[i]);
}

function same(a: Expression, b: Expression): boolean {
  return a.length === b.length && a.every((token, i) => token === b[i]);
}

function wrong(fault: Exclude<StepVerdict, { right: true }>["fault"], because: Said): StepVerdict {
  return { right: false, fault, because };
}
