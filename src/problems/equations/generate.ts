import { drawInteger, drawOne } from "../../lib/draw.ts";
import { countMoves, linearOf } from "./algebra.ts";
import type { Equation, Side, Term } from "./notation.ts";

/** Levels are the number of moves of a tidy solver. */
export const LEVELS = [2, 3, 4, 5, 6];

/** Solutions are in [−MAX_X, MAX_X], each equally likely: guessing does not pay. */
const MAX_X = 50;
/** Factors of x are in [2, MAX_FACTOR], those of parentheses too. */
const MAX_FACTOR = 6;
/** Numbers that are drawn are in [1, MAX_NUMBER], either sign. */
const MAX_NUMBER = 20;
/** No number of a problem, its last one that makes it right included, is larger. */
const MAX_SHOWN = 300;

/** How many parentheses, and whether there is x on the other side and a number that can be collected. */
interface Shape {
  readonly groups: 0 | 1 | 2;
  readonly otherX: boolean;
  readonly extra: boolean;
}

const SHAPES: readonly Shape[] = [0, 1, 2].flatMap((groups) =>
  [false, true].flatMap((otherX) =>
    [false, true].map((extra): Shape => ({ groups: groups as Shape["groups"], otherX, extra })),
  ),
);

/** An equation of this level. Its solution is drawn first: whatever is refused, each stays equally likely. */
export function drawEquation(level: number, random: () => number): Equation {
  const x = drawInteger(random, -MAX_X, MAX_X);
  for (;;) {
    const equation = draw(x, drawOne(random, SHAPES), random);
    if (equation !== null && countMoves(equation) === level) return equation;
  }
}

/** `null` if the number that would make it right is too large, or x would fall out. */
function draw(x: number, shape: Shape, random: () => number): Equation | null {
  const left: Term[] = [];
  const right: Term[] = [];
  for (let i = 0; i < shape.groups; i++) (i === 0 ? left : right).push(drawGroup(random));
  if (shape.groups === 0 || (shape.extra && random() < 0.5)) left.push(drawX(random));
  if (shape.otherX) right.push(drawX(random));
  if (shape.extra || shape.groups === 0) left.push(drawNumber(random));
  const [a, b] = [linearOf(left), linearOf(right)];
  if (a.x === b.x) return null;
  const rest = Number((a.x - b.x) * BigInt(x) + a.number - b.number);
  if (Math.abs(rest) > MAX_SHOWN) return null;
  if (rest !== 0) right.push({ kind: "number", value: rest });
  const sides: [Side, Side] = [left, right];
  const [first, second] = random() < 0.5 ? sides : sides.toReversed();
  return { left: first!, right: second! };
}

function drawX(random: () => number): Term {
  return { kind: "x", factor: drawInteger(random, 1, MAX_FACTOR) };
}

function drawNumber(random: () => number): Term {
  return { kind: "number", value: withSign(drawInteger(random, 1, MAX_NUMBER), random) };
}

function drawGroup(random: () => number): Term {
  return {
    kind: "group",
    factor: drawInteger(random, 2, MAX_FACTOR),
    x: random() < 0.7 ? 1 : drawInteger(random, 2, 4),
    number: withSign(drawInteger(random, 1, 12), random),
  };
}

function withSign(value: number, random: () => number): number {
  return random() < 0.5 ? value : -value;
}
