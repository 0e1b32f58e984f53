import { hash32 } from "../../lib/hash.ts";
import type { Answer, Quantity, ReadAnswer } from "./answer.ts";
import {
  type Complex,
  isSameValue,
  type Maybe,
  product,
  quotient,
  real,
  spellValue,
} from "./complex.ts";
import { ENOUGH_POINTS } from "./evaluate.ts";
import { rational } from "./rational.ts";
import { absolute, isExact, isZero, type Real, signOf } from "./real.ts";

/** Most items of a set that are compared with one another. */
const MOST_ITEMS = 64;

/** Whether two answers mean the same. Where that is in doubt they do not. Symmetric, and true of an answer and itself. */
export function isSameAnswer(a: ReadAnswer, b: ReadAnswer): boolean {
  return a.spelling === b.spelling || isSame(a.answer, b.answer);
}

function isSame(a: Answer, b: Answer): boolean {
  if (a.kind !== b.kind) {
    // A name may be left out.
    if (a.kind === "equation") return a.right !== null && isSame(a.right, b);
    return b.kind === "equation" && b.right !== null && isSame(a, b.right);
  }
  const compare = COMPARE[a.kind] as (a: Answer, b: Answer) => boolean;
  return compare(a, b);
}

type Of<K extends Answer["kind"]> = Extract<Answer, { kind: K }>;

/** How two answers of one kind are compared. */
const COMPARE: { readonly [K in Answer["kind"]]: (a: Of<K>, b: Of<K>) => boolean } = {
  quantity: isSameQuantity,
  list: (a, b) => a.open === b.open && a.close === b.close && areSame(a.items, b.items),
  set: isSameSet,
  union: (a, b) => areMatched(a.parts, b.parts),
  equation: isSameEquation,
  inequality: (a, b) => a.isStrict === b.isStrict && signOfRatio(a.difference, b.difference) === 1,
  matrix: (a, b) =>
    a.rows.length === b.rows.length && a.rows.every((row, i) => areSame(row, b.rows[i]!)),
  text: (a, b) => a.text === b.text,
};

function areSame(a: readonly Answer[], b: readonly Answer[]): boolean {
  return a.length === b.length && a.every((item, i) => isSame(item, b[i]!));
}

function isSameSet(a: Of<"set">, b: Of<"set">): boolean {
  if (!a.isBraced && !b.isBraced) return areMatched(a.items, b.items);
  if (a.items.length > MOST_ITEMS || b.items.length > MOST_ITEMS) return false;
  const isWithin = (items: readonly Answer[], others: readonly Answer[]) =>
    items.every((item) => others.some((other) => isSame(item, other)));
  return isWithin(a.items, b.items) && isWithin(b.items, a.items);
}

/** Whether each of one has a partner of its own among the others. */
function areMatched(a: readonly Answer[], b: readonly Answer[]): boolean {
  if (a.length !== b.length || a.length > MOST_ITEMS) return false;
  const free = [...b];
  return a.every((item) => {
    const place = free.findIndex((other) => isSame(item, other));
    if (place >= 0) free.splice(place, 1);
    return place >= 0;
  });
}

function isSameEquation(a: Of<"equation">, b: Of<"equation">): boolean {
  if (a.right && b.right && a.label === b.label && isSame(a.right, b.right)) return true;
  if (!a.difference || !b.difference) return false;
  return signOfRatio(a.difference, b.difference) !== 0;
}

/** Units may be left out; a percentage without its sign is the number in front of it, or what it means. */
function isSameQuantity(a: Quantity, b: Quantity): boolean {
  if (a.unit !== null && b.unit !== null && a.unit !== b.unit) return false;
  if (a.spelling === b.spelling || haveSameValues(a.values, b.values)) return true;
  if ((a.unit === "%") === (b.unit === "%") || (a.unit ?? b.unit) !== "%") return false;
  const [percent, other] = a.unit === "%" ? [a, b] : [b, a];
  const hundredth = real(rational(1n, 100n));
  const parts = percent.values?.map((value) => value && product(value, hundredth)) ?? null;
  return haveSameValues(parts, other.values);
}

function haveSameValues(a: readonly Maybe[] | null, b: readonly Maybe[] | null): boolean {
  if (a === null || b === null || a.length === 0) return false;
  // An expression without variables has one value, and it holds at every point.
  const length = Math.max(a.length, b.length);
  const at = (values: readonly Maybe[], i: number) =>
    values.length === 1 ? values[0]! : values[i]!;
  let defined = 0;
  for (let i = 0; i < length; i++) {
    const [x, y] = [at(a, i), at(b, i)];
    if ((x === null) !== (y === null)) return false;
    if (x && y && !isSameValue(x, y)) return false;
    if (x && y) defined++;
  }
  return defined >= Math.min(length, ENOUGH_POINTS);
}

/** The sign of a / b if that is the same real number everywhere and not 0, else 0. */
function signOfRatio(a: Quantity, b: Quantity): -1 | 0 | 1 {
  if (!a.values || !b.values || a.values.length === 1) return 0;
  const ratios = a.values.flatMap((value, i) => {
    const other = b.values![i] ?? null;
    // Where both are 0 they are multiples of each other.
    if (value && other && isZeroValue(value) && isZeroValue(other)) return [];
    return [value && other ? quotient(value, other) : null];
  });
  const [first] = ratios;
  const sign = first && isRealValue(first) ? signOf(first.re) : null;
  return sign && haveSameValues(ratios, [first!]) ? sign : 0;
}

function isZeroValue({ re, im }: Complex): boolean {
  return isZero(re) && isZero(im);
}

function isRealValue({ im }: { im: Real }): boolean {
  return isExact(im) && im.n === 0n;
}

/**
 * A key by which equal answers are counted together, whatever they are measured
 * in: the value where there is one, and otherwise the spelling.
 */
export function keyOf({ answer, spelling }: ReadAnswer): string {
  return keyOrNull(answer) ?? spelling;
}

function keyOrNull(answer: Answer): string | null {
  switch (answer.kind) {
    case "quantity":
      return keyOfQuantity(answer);
    case "list": {
      const items = keysOf(answer.items);
      return items && `${answer.open}${items.join(", ")}${answer.close}`;
    }
    case "set": {
      const items = keysOf(answer.items)?.sort();
      const kept = answer.isBraced && items ? [...new Set(items)] : items;
      return kept ? `{${kept.join(", ")}}` : null;
    }
    case "union":
      return keysOf(answer.parts)?.sort().join(" ∪ ") ?? null;
    case "equation":
      return answer.right ? keyOrNull(answer.right) : keyOfProportion(answer.difference, "= 0");
    case "inequality":
      return keyOfProportion(answer.difference, answer.isStrict ? "> 0" : "≥ 0");
    case "matrix": {
      const rows = answer.rows.map(keysOf);
      return rows.includes(null) ? null : `[${rows.map((row) => row!.join(", ")).join("; ")}]`;
    }
    case "text":
      return answer.text;
  }
}

function keysOf(answers: readonly Answer[]): string[] | null {
  const keys = answers.map(keyOrNull);
  return keys.includes(null) ? null : (keys as string[]);
}

const UNDEFINED = "?";

/** The number itself; of an expression with variables, a hash of its values at the drawn points. */
function keyOfQuantity({ values, spelling }: Quantity): string {
  return keyOfValues(values) ?? spelling;
}

function keyOfValues(values: readonly Maybe[] | null): string | null {
  const spelled = values?.map((value) => (value ? spellValue(value) : UNDEFINED)) ?? [];
  const known = spelled.filter((each) => each !== UNDEFINED);
  if (spelled.includes(null)) return null;
  if (known.length === 0 || known.length < Math.min(spelled.length, ENOUGH_POINTS)) return null;
  const [first] = known;
  if (first && spelled.every((each) => each === first)) return first;
  const text = spelled.join(" ");
  const hash = [text, `${text} `].map((each) => hash32(each).toString(16).padStart(8, "0"));
  return `expression ${hash.join("")}`;
}

/** Equations are the same if they are multiples of each other, inequalities if by a positive number. */
function keyOfProportion(
  difference: Quantity | null,
  relation: "= 0" | "> 0" | "≥ 0",
): string | null {
  const first = difference?.values?.find((value) => value !== null);
  if (!difference?.values || !first) return null;
  const scale = relation === "= 0" ? first : real(absolute(first.re));
  const scaled = difference.values.map((value) => value && quotient(value, scale));
  const key = keyOfValues(scaled);
  return key && `${key} ${relation}`;
}
