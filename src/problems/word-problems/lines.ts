import type { Move } from "./calculation.ts";
import type { Operator } from "./quantities.ts";

/** One line as it is written: what it claims need not be true. */
export interface Line {
  /** What it begins with, `null` for a bare calculation. */
  readonly words: string | null;
  readonly left: number;
  readonly operator: Operator;
  readonly right: number;
  readonly value: number;
  /** The unit behind it, `null` if there is none. */
  readonly unit: string | null;
}

/** Longest line that is read; written ones have about 20 characters. */
const MAX_LENGTH = 80;

const LINE =
  /^\s*([A-Za-z]+(?: [A-Za-z]+){0,2})?\s*(0|[1-9]\d{0,6})\s*([-+*/])\s*(0|[1-9]\d{0,6})\s*=\s*(0|[1-9]\d{0,8})(?:\s*([a-z]+))?\s*$/;

/** Reads a line such as `buys 3*6=18 pens`; `null` if it has another form. */
export function readLine(text: string): Line | null {
  if (text.length > MAX_LENGTH) return null;
  const [, words, left, operator, right, value, unit] = LINE.exec(text) ?? [];
  if (left === undefined) return null;
  return {
    words: words ?? null,
    left: Number(left),
    operator: operator as Operator,
    right: Number(right),
    value: Number(value),
    unit: unit ?? null,
  };
}

export function writeLine({ words, merge }: Move): string {
  const { left, operator, right, result } = merge;
  return `${words} ${left}${operator}${right}=${result.value} ${result.unit.word}`;
}

/** What the operation of a line comes to, whole or not. */
export function calculate({ left, operator, right }: Pick<Line, "left" | "operator" | "right">) {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}
