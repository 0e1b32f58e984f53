import type { Rational } from "./rational.ts";

/** How many values an operation takes. */
export const ARITY = {
  ...{ add: 2, subtract: 2, multiply: 2, divide: 2, power: 2, root: 2, logBase: 2, choose: 2 },
  ...{ negate: 1, sqrt: 1, factorial: 1, percent: 1, degrees: 1, abs: 1, floor: 1, ceil: 1 },
  ...{ exp: 1, ln: 1, log: 1, lg: 1, sin: 1, cos: 1, tan: 1, cot: 1, sec: 1, csc: 1 },
  ...{ arcsin: 1, arccos: 1, arctan: 1, sinh: 1, cosh: 1, tanh: 1 },
} as const;
export type Operation = keyof typeof ARITY;

export type Instruction =
  | { readonly kind: "number"; readonly value: Rational }
  /** A variable, or a constant by the name of `pi`, `e`, `i`. */
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "apply"; readonly operation: Operation };

/**
 * An expression in postfix order: operands before what is done with them. A flat
 * list needs no recursion to be evaluated, and its length is its size.
 */
export type Program = readonly Instruction[];

/** Names that mean a number. */
const CONSTANTS: ReadonlySet<string> = new Set(["pi", "e", "i"]);

/** Variables of an expression, each once. */
export function variablesOf(program: Program): ReadonlySet<string> {
  const names = program.flatMap((each) => (each.kind === "symbol" ? [each.name] : []));
  return new Set(names.filter((name) => !CONSTANTS.has(name)));
}
