import type { Answer, Quantity } from "./answer.ts";
import { isMark, spellTokens, splitTop } from "./answer-tokens.ts";
import { valuesOf } from "./evaluate.ts";
import { type Program, variablesOf } from "./program.ts";
import { type Token, UnreadableError } from "./tokens.ts";

interface Readers {
  /** What stands on the right of a name. */
  readonly readPart: (tokens: readonly Token[]) => Answer;
  readonly quantity: (tokens: readonly Token[]) => Quantity;
}

type Tokens = readonly Token[];

/** Reads `x = 5`, `x \in (2, 5)`, `2 < x \le 5`; `null` for what relates nothing. Throws an `UnreadableError`. */
export function readRelation(tokens: Tokens, readers: Readers): Answer | null {
  const isRelation = (token: Token) => isMark(token, "=", "∈", "<", ">", "≤", "≥", "≠");
  const { parts, separators } = splitTop(tokens, isRelation);
  if (separators.length === 0) return null;
  if (parts.some((part) => part.length === 0)) throw new UnreadableError("a side is missing");
  const signs = separators.map(({ text }) => text);
  if (signs.every((sign) => sign === "=")) return readEquation(parts, readers);
  if (signs.length === 1 && signs[0] === "∈" && isLabel(parts[0]!)) {
    const right = readers.readPart(parts[1]!);
    return { kind: "equation", label: spellTokens(parts[0]!), right, difference: null };
  }
  if (signs.every((sign) => "<≤".includes(sign))) return readRising(parts, signs, readers);
  if (signs.every((sign) => ">≥".includes(sign))) {
    const turned = signs.map((sign) => (sign === ">" ? "<" : "≤"));
    return readRising(parts.toReversed(), turned.toReversed(), readers);
  }
  throw new UnreadableError("relations of several kinds");
}

function readEquation(parts: readonly Tokens[], readers: Readers): Answer {
  const [left, last] = [parts[0]!, parts.at(-1)!];
  if (isLabel(left)) {
    const right = readers.readPart(last);
    const isPlain = parts.length === 2 && right.kind === "quantity" && left[0]!.kind !== "text";
    const difference =
      isPlain && !isMark(left[0], "(") ? minus(readers.quantity(left), right) : null;
    return { kind: "equation", label: spellTokens(left), right, difference };
  }
  const value = readers.quantity(left);
  if (variablesOf(value.program).size === 0) return readers.readPart(last);
  if (parts.length > 2) throw new UnreadableError("a chain of equations");
  const difference = minus(value, readers.quantity(last));
  return { kind: "equation", label: null, right: null, difference };
}

/** Whether a side only names something: `x`, `a_n`, `f(x)`, `(x, y)`, words. */
function isLabel(tokens: Tokens): boolean {
  if (tokens.every(({ kind }) => kind === "text")) return true;
  const text = spellTokens(tokens);
  if (tokens.some(({ kind, text: name }) => kind === "symbol" && /^(?:pi|e|i|∞)$/.test(name))) {
    return tokens.length > 1 && /^\(/.test(text);
  }
  const name = String.raw`\\?[a-zA-Z]+'*(?:_(?:\w|\{[\w+-]*\}))?`;
  const isSingle = tokens.filter(({ kind }) => kind === "symbol").length === 1;
  if (isSingle || text.includes("_")) {
    if (new RegExp(`^${name}$`).test(text)) return true;
  }
  if (new RegExp(`^\\(${name}(?:,${name})+\\)$`).test(text)) return true;
  return /^[a-zA-Z]'*(?:\^\{?-1\}?)?\((?:[a-zA-Z]|\d+)(?:,(?:[a-zA-Z]|\d+))*\)$/.test(text);
}

/** Sides that rise from left to right: an interval where one name is bounded by constants. */
function readRising(parts: readonly Tokens[], signs: readonly string[], readers: Readers): Answer {
  const sides = parts.map(readers.quantity);
  const [open, close] = [signs[0] === "<" ? "(" : "[", signs.at(-1) === "<" ? ")" : "]"];
  const isBound = (side: Quantity) => [...variablesOf(side.program)].every((name) => name === "∞");
  const isName = (side: Quantity) => side.program.length === 1 && !isBound(side);
  const [a, b, c] = sides as [Quantity, Quantity, Quantity?];
  if (c && sides.length === 3 && isBound(a) && isName(b) && isBound(c)) {
    return { kind: "list", open, close, items: [a, c] };
  }
  if (sides.length > 2) throw new UnreadableError("a chain of inequalities");
  if (isName(a) && isBound(b))
    return { kind: "list", open: "(", close, items: [infinity(true), b] };
  if (isBound(a) && isName(b))
    return { kind: "list", open, close: ")", items: [a, infinity(false)] };
  return { kind: "inequality", isStrict: signs[0] === "<", difference: minus(b, a) };
}

function infinity(isNegative: boolean): Quantity {
  const symbol = { kind: "symbol", name: "∞" } as const;
  const negate = { kind: "apply", operation: "negate" } as const;
  return made(isNegative ? [symbol, negate] : [symbol], isNegative ? "-∞" : "∞");
}

function minus(a: Quantity, b: Quantity): Quantity {
  const program: Program = [...a.program, ...b.program, { kind: "apply", operation: "subtract" }];
  return made(program, `${a.spelling}-(${b.spelling})`);
}

function made(program: Program, spelling: string): Quantity {
  return { kind: "quantity", program, values: valuesOf(program), spelling, unit: null };
}
