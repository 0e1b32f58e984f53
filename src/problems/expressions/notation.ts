import { say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";

export type Operator = "+" | "-" | "*";

/** A number may be negative; a minus sign in front of it is part of the number, not an operator. */
export type Token = number | Operator | "(" | ")";

/**
 * An expression in its canonical form: a list of tokens without a redundant
 * pair of parentheses. A pair is redundant if the value is the same without it
 * whatever the numbers are: it holds one number or a product, or a sum that
 * neither follows `-` or `*` nor precedes `*`. So `a+(b-c)` is `a+b-c` and
 * `a*(b*c)` is `a*b*c`, while `a-(b-c)` and `a*(b+c)` stay.
 */
export type Expression = readonly Token[];

export interface ReadLimits {
  /** Longest text, in characters. */
  readonly length: number;
  /** Longest number, in digits; at most 15, so that it is exact. */
  readonly digits: number;
}

/**
 * Reads an expression: integers, `+ - *`, parentheses and spaces. A negative
 * number is written `-7`; it may only stand at the beginning of the expression
 * or after `(`, so within a product or after an operator it needs parentheses:
 * `3*(-7)`. Throws a `ProblemError` with the offset at which it goes wrong.
 */
export function readExpression(text: string, limits: ReadLimits): Expression {
  if (text.length > limits.length) {
    throw new ProblemError(
      say("too long: {length} characters, and at most {most} can be read", {
        ...{ length: String(text.length), most: String(limits.length) },
      }),
      limits.length,
    );
  }
  const lexemes = joinSigns(scan(text, limits.digits));
  if (lexemes.length === 0) {
    throw new ProblemError(say("nothing is written here: try (7+5)*9-14*3"), 0);
  }
  checkOrder(lexemes, text.length);
  return dropParentheses(lexemes);
}

/**
 * Writes an expression without spaces. A negative number stands bare if it is
 * the first term of a sum or the whole expression (`-7+3`, `4*(-7+3)`), and in
 * parentheses everywhere else (`3+(-7)`, `(-7)*3`).
 */
export function writeExpression(tokens: Expression): string {
  let text = "";
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const bare = (before === undefined || before === "(") && tokens[i + 1] !== "*";
    text += typeof token === "number" && token < 0 && !bare ? `(${token})` : token;
  }
  return text;
}

interface Lexeme {
  /** A number here is never negative. */
  readonly token: Token;
  readonly at: number;
}

function scan(text: string, maxDigits: number): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isDigit(character)) {
      let end = at + 1;
      while (isDigit(text[end] ?? "")) end++;
      lexemes.push({ token: readNumber(text.slice(at, end), at, maxDigits), at });
      at = end - 1;
    } else if (isSign(character)) {
      lexemes.push({ token: character, at });
    } else if (character.trim() !== "") {
      throw unknownCharacter(text, at);
    }
  }
  return lexemes;
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

function isSign(character: string): character is Operator | "(" | ")" {
  return "+-*()".includes(character);
}

function readNumber(digits: string, at: number, maxDigits: number): number {
  if (digits.length > maxDigits) {
    throw new ProblemError(
      say("a number of {digits} digits: at most {most} can be read", {
        ...{ digits: String(digits.length), most: String(maxDigits) },
      }),
      at,
    );
  }
  if (digits.length > 1 && digits.startsWith("0")) {
    throw new ProblemError(say("{number} begins with a 0", { number: digits }), at);
  }
  return Number(digits);
}

function unknownCharacter(text: string, at: number): ProblemError {
  const character = String.fromCodePoint(text.codePointAt(at)!);
  if (character === "/" || character === "÷") {
    return new ProblemError(say("division does not exist here: only + - * and parentheses do"), at);
  }
  return new ProblemError(
    say('"{character}" is not part of an expression: use whole numbers, + - * and parentheses', {
      character,
    }),
    at,
  );
}

/** Makes one number of a minus sign that begins an expression or a group, and the number after it. */
function joinSigns(lexemes: readonly Lexeme[]): Lexeme[] {
  const joined: Lexeme[] = [];
  for (const lexeme of lexemes) {
    const sign = joined.at(-1);
    const before = joined.at(-2)?.token;
    const first = before === undefined || before === "(";
    if (typeof lexeme.token === "number" && sign?.token === "-" && first) {
      joined[joined.length - 1] = { token: 0 - lexeme.token, at: sign.at }; // 0 - 0 is not -0
    } else {
      joined.push(lexeme);
    }
  }
  return joined;
}

/** Throws unless operands and operators take turns. */
function checkOrder(lexemes: readonly Lexeme[], end: number): void {
  let operandExpected = true;
  for (const [i, { token }] of lexemes.entries()) {
    const beginsOperand = typeof token === "number" || token === "(";
    if (operandExpected !== beginsOperand) throw misplaced(lexemes, i);
    operandExpected = typeof token !== "number" && token !== ")";
  }
  if (operandExpected) throw new ProblemError(say("a number is missing at the end"), end);
}

/** What is open while an expression is read: a pair of parentheses, or the expression itself. */
interface Group {
  /** Index of its "(" among the tokens written so far, -1 for the expression itself. */
  readonly start: number;
  /** Offset of its "(" in the text. */
  readonly at: number;
  /** Whether it is a sum: a + or - stands in it, outside of the parentheses in it. */
  sum: boolean;
}

/** Drops redundant parentheses, innermost first; throws if they are not balanced. */
function dropParentheses(lexemes: readonly Lexeme[]): Expression {
  const tokens: Token[] = [];
  let group: Group = { start: -1, at: 0, sum: false };
  const outer: Group[] = [];
  for (const [i, { token, at }] of lexemes.entries()) {
    if (token === ")") {
      const closed = group;
      const around = outer.pop();
      if (around === undefined) throw new ProblemError(say('this ")" closes nothing'), at);
      group = around;
      const kept = close(tokens, closed, lexemes[i + 1]?.token);
      if (!kept) group.sum ||= closed.sum;
      continue;
    }
    if (token === "(") {
      outer.push(group);
      group = { start: tokens.length, at, sum: false };
    }
    group.sum ||= token === "+" || token === "-";
    tokens.push(token);
  }
  if (outer.length > 0) throw new ProblemError(say('this "(" is never closed'), group.at);
  return tokens;
}

/** Ends a group; returns whether its parentheses are needed. */
function close(tokens: Token[], { start, sum }: Group, next: Token | undefined): boolean {
  const before = tokens[start - 1];
  const needed = sum && (before === "*" || before === "-" || next === "*");
  if (needed) tokens.push(")");
  else tokens.splice(start, 1);
  return needed;
}

function misplaced(lexemes: readonly Lexeme[], i: number): ProblemError {
  const { token, at } = lexemes[i]!;
  const before = lexemes[i - 1]?.token;
  if (typeof token === "number" || token === "(") {
    return new ProblemError(
      say('an operation is missing between "{before}" and "{token}"', {
        ...{ before: String(before), token: String(token) },
      }),
      at,
    );
  }
  if (before === "(" && token === ")") {
    return new ProblemError(say("nothing stands between these parentheses"), at);
  }
  if (token === "-" && before !== undefined && typeof lexemes[i + 1]?.token === "number") {
    const number = `-${lexemes[i + 1]!.token}`;
    return new ProblemError(
      say('write ({number}) for a negative number after "{before}"', {
        ...{ number, before: String(before) },
      }),
      at,
    );
  }
  return new ProblemError(
    before === undefined
      ? say('a number is missing before "{token}"', { token: String(token) })
      : say('a number is missing after "{before}" and before "{token}"', {
          ...{ before: String(before), token: String(token) },
        }),
    at,
  );
}
