import type { Expression } from "./notation.ts";

/** A sum while it is read: its finished terms, and the factors of the term at hand. */
interface Sum {
  readonly terms: string[];
  factors: string[];
  sign: "+" | "-";
}

/**
 * A text that is equal for expressions that differ only in the order of the
 * terms of a sum or the factors of a product, such as `(7+5)*9-14` and
 * `9*(5+7)-14`.
 */
export function commutedKey(tokens: Expression): string {
  let sum: Sum = { terms: [], factors: [], sign: "+" };
  const open: Sum[] = [];
  for (const token of tokens) {
    if (typeof token === "number") sum.factors.push(String(token));
    else if (token === "(") {
      open.push(sum);
      sum = { terms: [], factors: [], sign: "+" };
    } else if (token === ")") {
      const inner = `(${endSum(sum)})`;
      sum = open.pop()!;
      sum.factors.push(inner);
    } else if (token !== "*") {
      endTerm(sum);
      sum.sign = token;
    }
  }
  return endSum(sum);
}

function endTerm(sum: Sum): void {
  sum.terms.push(sum.sign + sum.factors.sort().join("*"));
  sum.factors = [];
}

function endSum(sum: Sum): string {
  endTerm(sum);
  return sum.terms.sort().join("");
}
