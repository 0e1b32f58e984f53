import type { Line } from "./lines.ts";
import type { Operator } from "./operations.ts";

/**
 * An expression as a sum of products: `a-(b-c)` has the terms a, c and -b,
 * `a/(b/c)` the factors a, c and /b. So expressions that differ only in the
 * order and grouping of equal operations are equal.
 */
type Composed =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "sum"; readonly plus: readonly string[]; readonly minus: readonly string[] }
  | {
      readonly kind: "product";
      readonly times: readonly string[];
      readonly by: readonly string[];
    };

/** A number that is left, and how it was made. */
interface Piece {
  readonly value: number;
  readonly made: Composed;
}

/**
 * The expression that a solution's lines build up, in canonical form, such as
 * `14+4*9`: the same for all solutions whose expressions differ only in the
 * order or grouping of sums and products. A line's result counts as it was
 * stated, right or wrong. `null` if a line uses a number that is not left, or
 * if not all numbers are used up.
 */
export function composeExpression(
  numbers: readonly number[],
  lines: readonly Line[],
): string | null {
  const pieces: Piece[] = numbers.map((value) => ({
    value,
    made: { kind: "number", text: String(value) },
  }));
  for (const { left, operator, right, value } of lines) {
    const a = takePiece(pieces, left);
    const b = takePiece(pieces, right);
    if (a === null || b === null) return null;
    pieces.push({ value, made: join(a, operator, b) });
  }
  const [whole, ...rest] = pieces;
  return whole === undefined || rest.length > 0 ? null : write(whole.made);
}

/** Of pieces with the same value the one with the first text, whatever the order they came in. */
function takePiece(pieces: Piece[], value: number): Composed | null {
  const [first] = pieces
    .filter((piece) => piece.value === value)
    .sort((a, b) => compare(write(a.made), write(b.made)));
  if (first === undefined) return null;
  pieces.splice(pieces.indexOf(first), 1);
  return first.made;
}

function join(a: Composed, operator: Operator, b: Composed): Composed {
  if (operator === "+" || operator === "-") {
    const [left, right] = [asSum(a), asSum(b)];
    const [same, other] = operator === "+" ? [right.plus, right.minus] : [right.minus, right.plus];
    return {
      kind: "sum",
      plus: sorted([...left.plus, ...same]),
      minus: sorted([...left.minus, ...other]),
    };
  }
  const [left, right] = [asProduct(a), asProduct(b)];
  const [same, other] = operator === "*" ? [right.times, right.by] : [right.by, right.times];
  return {
    kind: "product",
    times: sorted([...left.times, ...same]),
    by: sorted([...left.by, ...other]),
  };
}

function asSum(made: Composed): { plus: readonly string[]; minus: readonly string[] } {
  return made.kind === "sum" ? made : { plus: [write(made)], minus: [] };
}

function asProduct(made: Composed): { times: readonly string[]; by: readonly string[] } {
  if (made.kind === "product") return made;
  return { times: [made.kind === "sum" ? `(${write(made)})` : write(made)], by: [] };
}

function write(made: Composed): string {
  if (made.kind === "number") return made.text;
  if (made.kind === "sum") return [made.plus.join("+"), ...made.minus].join("-");
  return [made.times.join("*"), ...made.by].join("/");
}

/** Shorter texts first, so numbers before products and in their own order. */
function sorted(texts: readonly string[]): string[] {
  return [...texts].sort(compare);
}

function compare(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
