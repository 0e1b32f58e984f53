export type Operator = "+" | "-" | "*" | "/";

/** One operation of two of the numbers that are left. */
export interface Move {
  /** The smaller operand of a sum or product, the larger one of a difference or quotient. */
  readonly left: number;
  readonly operator: Operator;
  readonly right: number;
  /** A positive integer up to `Number.MAX_SAFE_INTEGER`. */
  readonly value: number;
}

/** What two numbers give: at most one move for each operator. */
export function movesOf(a: number, b: number): Move[] {
  const [small, large] = a < b ? [a, b] : [b, a];
  const moves: Move[] = [];
  for (const operator of ["+", "-", "*", "/"] as const) {
    const [left, right] = operator === "+" || operator === "*" ? [small, large] : [large, small];
    const value = calculate(left, operator, right);
    if (value !== null) moves.push({ left, operator, right, value });
  }
  return moves;
}

/** Every move with two of these numbers, equal moves once. */
export function movesFrom(numbers: readonly number[]): Move[] {
  const pairs = new Map<string, Move[]>();
  for (const [i, a] of numbers.entries()) {
    for (const b of numbers.slice(i + 1)) {
      pairs.set(a < b ? `${a} ${b}` : `${b} ${a}`, movesOf(a, b));
    }
  }
  return [...pairs.values()].flat();
}

/** The result, or `null` if the rules forbid it: it must be a positive integer and exact in a double. */
export function calculate(left: number, operator: Operator, right: number): number | null {
  const value = resultOf(left, operator, right);
  return value > 0 && Number.isSafeInteger(value) ? value : null;
}

/** The numbers after a move, ascending; `null` if an operand is not among them. */
export function afterMove(
  numbers: readonly number[],
  { left, right, value }: Omit<Move, "operator">,
): number[] | null {
  const rest = [...numbers];
  for (const operand of [left, right]) {
    const place = rest.indexOf(operand);
    if (place < 0) return null;
    rest.splice(place, 1);
  }
  return [...rest, value].sort((a, b) => a - b);
}

function resultOf(left: number, operator: Operator, right: number): number {
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
