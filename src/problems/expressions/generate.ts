import { drawInteger, drawOne } from "../../lib/draw.ts";
import type { Expression, Operator, Token } from "./notation.ts";
import { calculate } from "./operations.ts";

/** The numbers of a generated problem are in [1, MAX_LEAF]. */
const MAX_LEAF = 20;
/** Every value in between, and the answer, is in [0, MAX_VALUE]. */
const MAX_VALUE = 200;
/** The smaller factor of every product is in [2, MAX_FACTOR]: neither 0 nor 1 may hide an error. */
const MAX_FACTOR = 9;

/** A part of an expression while it grows. */
interface Part {
  readonly tokens: Expression;
  readonly value: number;
  /** The last operation in it that is done. */
  readonly last: Operator | null;
}

/**
 * An expression with `count` operations. It grows from a row of numbers: two
 * neighbours are joined by an operation until one part is left, so all shapes
 * of trees occur. Its parentheses are those that the tree needs, none more.
 */
export function drawExpression(count: number, random: () => number): Expression {
  for (;;) {
    let parts: Part[] = Array.from({ length: count + 1 }, () => {
      const value = drawInteger(random, 1, MAX_LEAF);
      return { tokens: [value], value, last: null };
    });
    while (parts.length > 1) {
      const joins = possibleJoins(parts);
      if (joins.length === 0) break;
      const operator = drawOne(random, [...new Set(joins.map((join) => join.operator))]);
      const { at } = drawOne(
        random,
        joins.filter((join) => join.operator === operator),
      );
      parts = parts.toSpliced(at, 2, join(parts[at]!, operator, parts[at + 1]!));
    }
    if (parts.length === 1) return parts[0]!.tokens;
  }
}

function possibleJoins(parts: readonly Part[]): { at: number; operator: Operator }[] {
  const joins: { at: number; operator: Operator }[] = [];
  for (let at = 0; at + 1 < parts.length; at++) {
    for (const operator of ["+", "-", "*"] as const) {
      if (isAllowed(parts[at]!, operator, parts[at + 1]!)) joins.push({ at, operator });
    }
  }
  return joins;
}

/**
 * Whether the join keeps to the limits, and whether the text it makes is read
 * as the same tree: a sum after `+` and a product after `*` would lose their
 * parentheses, and with them their place in the order.
 */
function isAllowed(left: Part, operator: Operator, right: Part): boolean {
  const value = calculate(left.value, operator, right.value);
  if (value < 0 || value > MAX_VALUE) return false;
  if (operator === "+") return !isSum(right);
  if (operator === "-") return true;
  const smaller = Math.min(left.value, right.value);
  return smaller >= 2 && smaller <= MAX_FACTOR && right.last !== "*";
}

function join(left: Part, operator: Operator, right: Part): Part {
  const tokens: Token[] = [
    ...(operator === "*" && isSum(left) ? enclosed(left) : left.tokens),
    operator,
    ...(operator !== "+" && isSum(right) ? enclosed(right) : right.tokens),
  ];
  return { tokens, value: calculate(left.value, operator, right.value), last: operator };
}

function isSum({ last }: Part): boolean {
  return last === "+" || last === "-";
}

function enclosed({ tokens }: Part): Token[] {
  return ["(", ...tokens, ")"];
}
