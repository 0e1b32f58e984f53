import type { Expression, Operator, Token } from "./notation.ts";

/** An operation whose two operands are numbers. */
export interface Operation {
  /** Index of the left operand among the tokens; the operator and the right operand follow. */
  readonly at: number;
  readonly left: number;
  readonly operator: Operator;
  readonly right: number;
  readonly value: number;
  /**
   * Whether it may be done now. "in-order": it is the first of its sum or
   * product, as one calculates from left to right. "regrouped": it is not, but
   * the value of the expression stays the same by associativity, as for 5+3 in
   * 7+5+3. "blocked": another operation comes first, as for 5+3 in 7-5+3.
   */
  readonly turn: "in-order" | "regrouped" | "blocked";
}

/** The operations between two numbers that stand side by side, from left to right. */
export function operationsIn(tokens: Expression): Operation[] {
  const operations: Operation[] = [];
  for (let at = 0; at + 2 < tokens.length; at++) {
    const left = tokens[at]!;
    const operator = tokens[at + 1]!;
    const right = tokens[at + 2]!;
    if (typeof left !== "number" || typeof right !== "number" || !isOperator(operator)) continue;
    const value = calculate(left, operator, right);
    operations.push({ at, left, operator, right, value, turn: turnOf(tokens, at, operator) });
  }
  return operations;
}

/** The number of operations that are left to do. */
export function countOperations(tokens: Expression): number {
  return tokens.filter(isOperator).length;
}

/** The expression with the operation at `at` replaced by `value`. */
export function replaceOperation(tokens: Expression, at: number, value: number): Expression {
  const alone = tokens[at - 1] === "(" && tokens[at + 3] === ")";
  return alone
    ? [...tokens.slice(0, at - 1), value, ...tokens.slice(at + 4)]
    : [...tokens.slice(0, at), value, ...tokens.slice(at + 3)];
}

/** The value of an expression; quadratic in its length, for lengths of a line. */
export function evaluate(tokens: Expression): number {
  let rest = tokens;
  while (rest.length > 1) {
    const { at, value } = operationsIn(rest).find(({ turn }) => turn === "in-order")!;
    rest = replaceOperation(rest, at, value);
  }
  return Number(rest[0]);
}

export function calculate(left: number, operator: Operator, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
  }
}

function isOperator(token: Token): token is Operator {
  return token === "+" || token === "-" || token === "*";
}

function turnOf(tokens: Expression, at: number, operator: Operator): Operation["turn"] {
  const before = tokens[at - 1];
  if (operator === "*") return before === "*" ? "regrouped" : "in-order";
  if (before === "-" || before === "*" || tokens[at + 3] === "*") return "blocked";
  return before === "+" ? "regrouped" : "in-order";
}
