import { type Said, say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";
import { effortOf, linearOf, SIDES } from "./algebra.ts";
import { LINE_LIMITS } from "./judge-lines.ts";
import { type Equation, readEquation, type Side } from "./notation.ts";

/** What a line does to the equation before it, right or wrong; `null` if it cannot be read. */
export function titleOf(problem: Equation, before: readonly string[], step: string): Said | null {
  const line = read(step);
  if (line === null) return null;
  const last = before.length === 0 ? problem : read(before.at(-1)!);
  if (last === null) return say("write an equation");
  const [now, then] = [effortOf(line), effortOf(last)];
  if (now.groups < then.groups) return say("multiply out the parentheses");
  if (now.groups > then.groups) return say("put terms in parentheses");
  if (now.terms < then.terms && hasSameSides(line, last)) return say("collect like terms");
  if (sidesWithX(line) < sidesWithX(last)) return say("bring x to one side");
  if (sidesWithNumber(line) < sidesWithNumber(last) || now.beside < then.beside) {
    return say("bring the numbers to one side");
  }
  if (now.terms > then.terms) return say("take terms apart");
  return titleOfDivision(largestFactor(line), largestFactor(last)) ?? say("rewrite the equation");
}

function titleOfDivision(factor: number, before: number): Said | null {
  if (Math.abs(factor) > Math.abs(before) || factor === 0 || factor === before) return null;
  return before % factor === 0
    ? say("divide by {number}", { number: String(before / factor) })
    : say("divide both sides");
}

function read(text: string): Equation | null {
  try {
    return readEquation(text, LINE_LIMITS);
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Whether each side is worth the same as before, whatever x is. */
function hasSameSides(a: Equation, b: Equation): boolean {
  return SIDES.every((side) => {
    const [now, then] = [linearOf(a[side]), linearOf(b[side])];
    return now.x === then.x && now.number === then.number;
  });
}

function hasX(side: Side): boolean {
  return side.some(({ kind }) => kind !== "number");
}

function sidesWithX({ left, right }: Equation): number {
  return Number(hasX(left)) + Number(hasX(right));
}

function sidesWithNumber({ left, right }: Equation): number {
  const has = (side: Side) => side.some(({ kind }) => kind === "number");
  return Number(has(left)) + Number(has(right));
}

/** Of x, the one furthest from 0; 0 where there is none. */
function largestFactor({ left, right }: Equation): number {
  return [...left, ...right]
    .map((term) => (term.kind === "x" ? term.factor : 0))
    .reduce((largest, factor) => (Math.abs(factor) > Math.abs(largest) ? factor : largest), 0);
}
