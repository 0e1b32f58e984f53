import { type Equation, type Side, type Term, terms } from "./notation.ts";

/** A side as `x·X + number`, exact. */
export interface Linear {
  readonly x: bigint;
  readonly number: bigint;
}

export function linearOf(side: Side): Linear {
  let x = 0n;
  let number = 0n;
  for (const term of side) {
    if (term.kind === "x") x += BigInt(term.factor);
    else if (term.kind === "number") number += BigInt(term.value);
    else {
      x += BigInt(term.factor) * BigInt(term.x);
      number += BigInt(term.factor) * BigInt(term.number);
    }
  }
  return { x, number };
}

/**
 * What x must be, as a fraction in lowest terms whose bottom is positive;
 * `none` and `all` where no x or every x solves it.
 */
export type Solution = { readonly top: bigint; readonly bottom: bigint } | "none" | "all";

export function solve({ left, right }: Equation): Solution {
  const [a, b] = [linearOf(left), linearOf(right)];
  const top = b.number - a.number;
  const bottom = a.x - b.x;
  if (bottom === 0n) return top === 0n ? "all" : "none";
  const shared = commonDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { top: top / shared, bottom: bottom / shared };
}

/** The greatest common divisor, positive. */
function commonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger < 0n ? -larger : larger;
}

/** Whether x solves the equation. */
export function holds({ left, right }: Equation, x: bigint): boolean {
  const [a, b] = [linearOf(left), linearOf(right)];
  return a.x * x + a.number === b.x * x + b.number;
}

/** What is left to do: a step must bring it down, the first that differs deciding. */
interface Effort {
  readonly groups: number;
  readonly terms: number;
  /** Numbers beside an x: `x-23=0` is more than `x=23`. */
  readonly beside: number;
  /** Σ of the factors and numbers, without their signs. */
  readonly size: number;
  /** Negative factors of x. */
  readonly negative: number;
}

const BY_WEIGHT = ["groups", "terms", "beside", "size", "negative"] as const;

export function effortOf({ left, right }: Equation): Effort {
  const all = [...left, ...right];
  const numbersBesideX = [left, right]
    .filter((side) => side.some(({ kind }) => kind !== "number"))
    .flatMap((side) => side.filter(({ kind }) => kind === "number"));
  return {
    groups: all.filter(({ kind }) => kind === "group").length,
    terms: all.length,
    beside: numbersBesideX.length,
    size: all.reduce((sum, term) => sum + weightOf(term), 0),
    negative: all.filter((term) => term.kind === "x" && term.factor < 0).length,
  };
}

function weightOf(term: Term): number {
  if (term.kind === "number") return Math.abs(term.value);
  if (term.kind === "x") return Math.abs(term.factor);
  return Math.abs(term.factor) + Math.abs(term.x) + Math.abs(term.number);
}

export function isSimpler(next: Equation, before: Equation): boolean {
  const [a, b] = [effortOf(next), effortOf(before)];
  const first = BY_WEIGHT.find((name) => a[name] !== b[name]);
  return first !== undefined && a[first] < b[first];
}

/** The number that x is, if the equation says nothing else: `x=14` or `14=x`. */
export function statedValue({ left, right }: Equation): number | null {
  const [x, number] = left[0]?.kind === "x" ? [left, right] : [right, left];
  if (x.length !== 1 || x[0]!.kind !== "x" || x[0]!.factor !== 1) return null;
  if (number.length === 0) return 0;
  const [term] = number;
  return number.length === 1 && term!.kind === "number" ? term!.value : null;
}

export const SIDES = ["left", "right"] as const;
type SideName = (typeof SIDES)[number];

/** One thing that may be done to an equation, and what it is called. */
export interface Move {
  readonly name: "expand" | "collect" | "move-x" | "move-number" | "divide";
  readonly to: Equation;
}

/** Everything that a tidy solver may do next; none when x is found. */
export function movesOf(equation: Equation): Move[] {
  return [...expansions(equation), ...collections(equation), ...balances(equation)];
}

function expansions(equation: Equation): Move[] {
  return SIDES.flatMap((name) =>
    equation[name].flatMap((term, i): Move[] => {
      if (term.kind !== "group") return [];
      const inside = terms(term.factor * term.x, term.factor * term.number);
      return [
        { name: "expand", to: withSide(equation, name, equation[name].toSpliced(i, 1, ...inside)) },
      ];
    }),
  );
}

function collections(equation: Equation): Move[] {
  return SIDES.flatMap((name): Move[] => {
    const side = equation[name];
    if (side.some(({ kind }) => kind === "group") || isCollected(side)) return [];
    const { x, number } = linearOf(side);
    return [{ name: "collect", to: withSide(equation, name, terms(Number(x), Number(number))) }];
  });
}

/** Whether a side without parentheses has each kind of term at most once. */
function isCollected(side: Side): boolean {
  const kinds = side.map(({ kind }) => kind);
  return new Set(kinds).size === kinds.length;
}

/** What is done to both sides of a collected equation. */
function balances({ left, right }: Equation): Move[] {
  const isTidy = (side: Side) => isCollected(side) && !side.some(({ kind }) => kind === "group");
  if (!isTidy(left) || !isTidy(right)) return [];
  const [a, b] = [numbers(left), numbers(right)];
  /** Both sides less `x·X + number`. */
  const less = (x: number, number: number): Equation => ({
    left: terms(a.x - x, a.number - number),
    right: terms(b.x - x, b.number - number),
  });
  const moves: Move[] = [];
  // The smaller x goes, so that what stays is positive.
  const hasTwo = a.x !== 0 && b.x !== 0;
  if (hasTwo) moves.push({ name: "move-x", to: less(Math.min(a.x, b.x), 0) });
  // The number beside x goes; beside the larger x where there are two, if it meets another number.
  const away = b.x === 0 || (a.x !== 0 && a.x > b.x) ? a.number : b.number;
  const meets = a.number !== 0 && b.number !== 0;
  if (away !== 0 && (meets || !hasTwo)) moves.push({ name: "move-number", to: less(0, away) });
  const factor = a.x === 0 ? b.x : a.x;
  if (!hasTwo && factor !== 1 && [a.number, b.number].every((n) => n % factor === 0)) {
    const share = (x: number, number: number) => terms(x / factor, number / factor);
    const to = { left: share(a.x, a.number), right: share(b.x, b.number) };
    moves.push({ name: "divide", to });
  }
  return moves;
}

function numbers(side: Side): { x: number; number: number } {
  const { x, number } = linearOf(side);
  return { x: Number(x), number: Number(number) };
}

function withSide(equation: Equation, name: SideName, side: Side): Equation {
  return { ...equation, [name]: side };
}

/** How many moves a tidy solver makes: the level of a problem. */
export function countMoves(equation: Equation): number {
  let count = 0;
  for (let [next] = movesOf(equation); next; [next] = movesOf(next.to)) count++;
  return count;
}
