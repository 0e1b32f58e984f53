import type { Said } from "../../lib/said.ts";

/** What a number counts: `pens`, or `pens` per `bags`; a mere number such as "3 times" has no word. */
interface Unit {
  readonly word: string;
  readonly per: string | null;
}

/**
 * A quantity of a problem: given, or calculated from quantities before it. The
 * terms of a sum are added or, if inverse, taken away; those of a product
 * multiply or, if inverse, divide.
 */
export type Quantity = Given | Calculated;

interface Given {
  readonly kind: "given";
  readonly value: number;
  readonly unit: Unit;
  /** For people: "the pens bought". */
  readonly what: Said;
}

export interface Calculated {
  readonly kind: "sum" | "product";
  readonly terms: readonly Term[];
  readonly value: number;
  readonly unit: Unit;
  readonly what: Said;
  /** What a written line begins with: "buys". */
  readonly words: string;
  /** Light title of the line that calculates it, `null` for one that names its right operand. */
  readonly title: Said | null;
}

export interface Term {
  /** Index of a quantity. */
  readonly of: number;
  readonly inverse: boolean;
}

/** A number on its way into a sum or a product. */
export interface Amount {
  readonly value: number;
  readonly unit: Unit;
  readonly inverse: boolean;
}

export type Operator = "+" | "-" | "*" | "/";

/** Two amounts made one, as it is written. */
export interface Merge {
  readonly left: number;
  readonly operator: Operator;
  readonly right: number;
  readonly result: Amount;
}

/**
 * Adds or takes away; `null` if the units differ, where the price of one ball
 * is cents like any others. The smaller is taken from the larger.
 */
export function mergeTerms(a: Amount, b: Amount): Merge | null {
  if (a.unit.word !== b.unit.word) return null;
  const unit = { word: a.unit.word, per: a.unit.per === b.unit.per ? a.unit.per : null };
  if (a.inverse === b.inverse) {
    const result = { value: a.value + b.value, unit, inverse: a.inverse };
    return { left: a.value, operator: "+", right: b.value, result };
  }
  const [larger, smaller] =
    a.value > b.value || (a.value === b.value && !a.inverse) ? [a, b] : [b, a];
  const result = { value: larger.value - smaller.value, unit, inverse: larger.inverse };
  return { left: larger.value, operator: "-", right: smaller.value, result };
}

/** Multiplies or divides, exactly or not; `null` if the result counts nothing that has a name. */
export function mergeFactors(a: Amount, b: Amount): Merge | null {
  if (a.inverse && b.inverse) return null;
  if (!(a.inverse || b.inverse)) {
    const unit = unitOfProduct(a.unit, b.unit);
    const result = unit && { value: a.value * b.value, unit, inverse: false };
    return result && { left: a.value, operator: "*", right: b.value, result };
  }
  const [whole, divisor] = a.inverse ? [b, a] : [a, b];
  const unit = unitOfQuotient(whole.unit, divisor.unit);
  const value = whole.value / divisor.value;
  if (unit === null) return null;
  const result = { value, unit, inverse: false };
  return { left: whole.value, operator: "/", right: divisor.value, result };
}

function unitOfProduct(a: Unit, b: Unit): Unit | null {
  if (a.word === "") return b;
  if (b.word === "") return a;
  if (b.per === a.word) return { word: b.word, per: a.per };
  if (a.per === b.word) return { word: a.word, per: b.per };
  return null;
}

/** 180 miles at 60 miles an hour are hours; 12 pens for 4 friends are pens a friend. */
function unitOfQuotient(whole: Unit, divisor: Unit): Unit | null {
  if (divisor.word === "") return whole;
  if (divisor.word === whole.word && divisor.per !== null) return { word: divisor.per, per: null };
  if (divisor.per === null && whole.per === null) return { word: whole.word, per: divisor.word };
  return null;
}

/** The merges from the left that make a sum or product; `null` from the first on that is impossible. */
export function mergesInOrder(
  kind: Calculated["kind"],
  amounts: readonly Amount[],
): (Merge | null)[] {
  const merge = kind === "sum" ? mergeTerms : mergeFactors;
  const merges: (Merge | null)[] = [];
  let total: Amount | null = amounts[0] ?? null;
  for (const amount of amounts.slice(1)) {
    const next: Merge | null = total && merge(total, amount);
    merges.push(next);
    total = next?.result ?? null;
  }
  return merges;
}

/** Indices of what the quantity `asked` is calculated from, itself included; ascending. */
export function neededFor(quantities: readonly Quantity[], asked: number): number[] {
  const needed = new Set([asked]);
  for (let index = asked; index >= 0; index--) {
    const quantity = quantities[index]!;
    if (!needed.has(index) || quantity.kind === "given") continue;
    for (const { of } of quantity.terms) needed.add(of);
  }
  return [...needed].sort((a, b) => a - b);
}

/** How many operations calculate these quantities. */
export function countOperations(quantities: readonly Quantity[]): number {
  return quantities.reduce(
    (sum, quantity) => sum + (quantity.kind === "given" ? 0 : quantity.terms.length - 1),
    0,
  );
}

/**
 * A text that is equal for calculations which differ only in names, units and
 * the order of terms and factors.
 */
export function calculationKey(quantities: readonly Quantity[], asked: number): string {
  const keys: string[] = [];
  for (const quantity of quantities.slice(0, asked + 1)) {
    if (quantity.kind === "given") {
      keys.push(String(quantity.value));
      continue;
    }
    const [forward, inverse] = quantity.kind === "sum" ? ["+", "-"] : ["*", "/"];
    const terms = quantity.terms.map((term) => (term.inverse ? inverse : forward) + keys[term.of]);
    keys.push(`(${terms.sort().join("")})`);
  }
  return keys[asked]!;
}
