import { type Said, say } from "../../lib/said.ts";
import { TOGETHER } from "./calculation.ts";
import { type Line, readLine } from "./lines.ts";
import { neededIn, type WordProblem } from "./problem.ts";
import type { Calculated, Operator, Quantity } from "./quantities.ts";

const PLAIN: Readonly<Record<Operator, Said>> = {
  "+": say("add two amounts"),
  "-": say("take one amount from another"),
  "*": say("multiply two amounts"),
  "/": say("divide one amount by another"),
};

/** What a line is about, in a few words; by what it tries if it is wrong, `null` if it cannot be read. */
export function titleOf(problem: WordProblem, step: string): Said | null {
  const line = readLine(step);
  if (line === null) return null;
  const title = line.words === TOGETHER ? titleOfTogether(line) : titleOfMade(problem, line);
  return title ?? PLAIN[line.operator];
}

function titleOfTogether({ operator, unit }: Line): Said | null {
  if (unit === null || (operator !== "+" && operator !== "-")) return null;
  return operator === "+"
    ? say("put {things} together first", { things: unit })
    : say("set {things} off against each other", { things: unit });
}

function titleOfMade(problem: WordProblem, line: Line): Said | null {
  const made = likeliest(problem, line);
  if (made === undefined) return null;
  if (made.title !== null) return made.title;
  const [left, right] = [line.left, line.right].map((value) =>
    made.terms.map(({ of }) => problem.quantities[of]!).find((term) => term.value === value),
  );
  const part = right ?? left;
  if (part === undefined) return null;
  return say(line.operator === "+" ? "add {what}" : "take away {what}", { what: part.what });
}

/** The quantity that a line calculates, or tries to: of its kind and name, and with most of its numbers. */
function likeliest(problem: WordProblem, line: Line): Calculated | undefined {
  const kind = line.operator === "+" || line.operator === "-" ? "sum" : "product";
  const common = (quantity: Calculated) => {
    const values = quantity.terms.map(({ of }) => problem.quantities[of]!.value);
    const operands = [line.left, line.right].filter((operand) => values.includes(operand));
    return operands.length + (quantity.value === line.value ? 1 : 0);
  };
  return neededIn(problem)
    .filter((quantity: Quantity): quantity is Calculated => quantity.kind === kind)
    .filter(({ words }) => line.words === null || words === line.words)
    .sort((a, b) => common(b) - common(a))[0];
}
