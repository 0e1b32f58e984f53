import type { Instruction, Operation, Program } from "./program.ts";
import { plus, type Rational } from "./rational.ts";
import { fractionAt, readNumber } from "./read-number.ts";
import { FUNCTIONS, type Token, UnreadableError } from "./tokens.ts";

/** Deepest nesting. */
const MOST_DEPTH = 64;

/** Reads an expression in LaTeX or plain text, all of it. Throws an `UnreadableError`. */
export function readExpression(tokens: readonly Token[]): Program {
  return new ExpressionReader(tokens).readAll();
}

const CLOSING: Readonly<Record<string, string>> = {
  ...{ "(": ")", "[": "]", "{": "}", "|": "|", "|(": "|)", "⌊": "⌋", "⌈": "⌉" },
};
const BRACKETS: Readonly<Record<string, Operation>> = {
  ...{ "|": "abs", "|(": "abs", "⌊": "floor", "⌈": "ceil" },
};
const POSTFIX: Readonly<Record<string, Operation>> = {
  ...{ "!": "factorial", "°": "degrees", "%": "percent" },
};
const INVERSES: Readonly<Partial<Record<Operation, Operation>>> = {
  ...{ sin: "arcsin", cos: "arccos", tan: "arctan" },
};

/**
 * A descent by precedence that writes the program as it reads: sums, products
 * (also of what stands side by side), signs, powers, what follows a value, values.
 */
class ExpressionReader {
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;
  /** Bars that are open: the next one closes. */
  #bars = 0;
  readonly #program: Instruction[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = [...tokens];
  }

  readAll(): Program {
    this.#sum();
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return this.#program;
  }

  #sum(): void {
    if (++this.#depth > MOST_DEPTH) throw new UnreadableError("too deep");
    this.#product();
    for (;;) {
      if (this.#takes("+")) this.#then("add", () => this.#product());
      else if (this.#takes("-")) this.#then("subtract", () => this.#product());
      else break;
    }
    this.#depth--;
  }

  #product(): void {
    this.#signed();
    for (;;) {
      if (this.#takes("*")) this.#then("multiply", () => this.#signed());
      else if (this.#takes("/")) this.#then("divide", () => this.#signed());
      else if (this.#beginsFactor()) this.#then("multiply", () => this.#power());
      else break;
    }
  }

  #signed(): void {
    let isNegative = false;
    for (; this.#is("+") || this.#is("-"); this.#at++) {
      if (this.#is("-")) isNegative = !isNegative;
    }
    this.#power();
    if (isNegative) this.#apply("negate");
  }

  #power(): void {
    this.#followed();
    if (this.#takes("^")) this.#then("power", () => this.#exponent());
  }

  /** Towers are read from the right, as they are written. */
  #exponent(): void {
    const isNegative = this.#takes("-");
    this.#followed();
    if (this.#takes("^")) this.#then("power", () => this.#exponent());
    if (isNegative) this.#apply("negate");
  }

  #followed(): void {
    this.#value();
    for (;;) {
      const operation = POSTFIX[this.#next?.kind === "mark" ? this.#next.text : ""];
      if (!operation) return;
      this.#at++;
      this.#apply(operation);
    }
  }

  #value(): void {
    const token = this.#next;
    if (!token) throw this.#unexpected();
    if (token.kind === "number") this.#number();
    else if (token.kind === "symbol") this.#symbol();
    else if (token.kind === "function") this.#function();
    else if (token.kind === "mark") this.#bracketed(token.text);
    else throw this.#unexpected();
  }

  #bracketed(mark: string): void {
    this.#at++;
    if (mark === "frac") {
      this.#argument();
      this.#then("divide", () => this.#argument());
    } else if (mark === "binom") {
      this.#argument();
      this.#then("choose", () => this.#argument());
    } else if (mark === "sqrt") this.#root();
    else {
      this.#at--;
      this.#group(mark);
    }
  }

  #group(open: string): void {
    const close = CLOSING[open];
    if (close === undefined) throw this.#unexpected();
    this.#at++;
    if (open === "|") this.#bars++;
    this.#sum();
    if (open === "|") this.#bars--;
    if (!this.#takes(close)) throw this.#unexpected();
    const operation = BRACKETS[open];
    if (operation) this.#apply(operation);
  }

  #root(): void {
    const hasDegree = this.#is("[");
    if (hasDegree) this.#group("[");
    this.#argument();
    this.#apply(hasDegree ? "root" : "sqrt");
  }

  /** A group, or one token as TeX cuts them: one digit. */
  #argument(): void {
    const token = this.#next;
    if (token?.kind === "number" && /^\d{2,}/.test(token.text)) {
      const [digit, ...rest] = token.text;
      this.#program.push({ kind: "number", value: readNumber(digit!) });
      this.#tokens[this.#at] = { ...token, text: rest.join("") };
    } else if (token?.kind === "number" || token?.kind === "symbol") {
      this.#at++;
      this.#program.push(
        token.kind === "number"
          ? { kind: "number", value: readNumber(token.text) }
          : { kind: "symbol", name: token.text },
      );
    } else this.#value();
  }

  /** A number, a whole number and a fraction, or digits in a base, which stand for themselves. */
  #number(): void {
    const { text } = this.#next!;
    this.#at++;
    if (this.#is("_")) {
      const digits = text.replace(/^0+(?=.)/, "");
      this.#program.push({ kind: "symbol", name: `${digits}_${this.#subscript()}` });
      return;
    }
    const value = readNumber(text);
    const part = /^\d+$/.test(text) ? this.#fractionBehind() : null;
    this.#program.push({ kind: "number", value: part ? plus(value, part) : value });
    if (this.#next?.kind === "number") throw this.#unexpected();
  }

  /** What makes a mixed number of the whole number before, unless it is raised to a power itself. */
  #fractionBehind(): Rational | null {
    const found = fractionAt(this.#tokens.slice(this.#at, this.#at + 7));
    if (!found || this.#isRaised(found.length)) return null;
    this.#at += found.length;
    return found.value;
  }

  #isRaised(ahead: number): boolean {
    return ["^", "!", "_"].includes(this.#tokens[this.#at + ahead]?.text ?? "");
  }

  #symbol(): void {
    const { text } = this.#next!;
    this.#at++;
    let name = text;
    if (this.#is("_")) name += `_${this.#subscript()}`;
    for (; this.#is("'"); this.#at++) name += "'";
    this.#program.push({ kind: "symbol", name });
  }

  /** What stands after `_`, as written, without spaces and braces around it. */
  #subscript(): string {
    this.#at++;
    const start = this.#at;
    if (!this.#is("{")) {
      const token = this.#next;
      if (!token || token.kind === "mark") throw this.#unexpected();
      this.#at++;
      return token.text;
    }
    let depth = 0;
    do {
      if (this.#is("{")) depth++;
      if (this.#is("}")) depth--;
      this.#at++;
    } while (depth > 0 && this.#at < this.#tokens.length);
    if (depth > 0) throw this.#unexpected();
    const inside = this.#tokens.slice(start + 1, this.#at - 1);
    return inside.map((token) => token.text).join("");
  }

  /** `\sin x`, `\sin^2 x`, `\sin^{-1} x`, `\log_2 8`, `\sin 2x`. */
  #function(): void {
    let operation = FUNCTIONS[this.#next!.text]!;
    this.#at++;
    let base: Program | null = null;
    if (operation === "log" && this.#takes("_")) base = this.#apart(() => this.#argument());
    let exponent: Program | null = null;
    if (this.#takes("^")) exponent = this.#apart(() => this.#exponent());
    const inverse = exponent && isMinusOne(exponent) ? INVERSES[operation] : undefined;
    if (inverse) operation = inverse;
    this.#applied();
    if (base) {
      this.#program.push(...base);
      this.#apply("logBase");
    } else this.#apply(operation);
    if (exponent && !inverse) {
      this.#program.push(...exponent);
      this.#apply("power");
    }
  }

  /** What a function is of: a group, or the product that follows, up to the next function. */
  #applied(): void {
    if (++this.#depth > MOST_DEPTH) throw new UnreadableError("too deep");
    if (["(", "{", "[", "|("].includes(this.#next?.text ?? "")) this.#value();
    else {
      this.#signedFactor();
      while (this.#next?.kind !== "function" && this.#beginsFactor() && !this.#is("(")) {
        this.#then("multiply", () => this.#power());
      }
    }
    this.#depth--;
  }

  #signedFactor(): void {
    const isNegative = this.#takes("-");
    this.#power();
    if (isNegative) this.#apply("negate");
  }

  /** The instructions that `read` writes, taken out of the program. */
  #apart(read: () => void): Program {
    const start = this.#program.length;
    read();
    return this.#program.splice(start);
  }

  /** Whether what comes next can be multiplied with what came before without a sign. */
  #beginsFactor(): boolean {
    const token = this.#next;
    if (!token) return false;
    if (token.kind === "number") return this.#tokens[this.#at - 1]?.kind !== "number";
    if (token.kind !== "mark") return token.kind === "symbol" || token.kind === "function";
    if (token.text === "|") return this.#bars === 0;
    return token.text in CLOSING || ["frac", "sqrt", "binom"].includes(token.text);
  }

  #then(operation: Operation, read: () => void): void {
    read();
    this.#apply(operation);
  }

  #apply(operation: Operation): void {
    this.#program.push({ kind: "apply", operation });
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #is(mark: string): boolean {
    const token = this.#next;
    return token?.kind === "mark" && token.text === mark;
  }

  #takes(mark: string): boolean {
    const isThere = this.#is(mark);
    if (isThere) this.#at++;
    return isThere;
  }

  #unexpected(): UnreadableError {
    const token = this.#next;
    return new UnreadableError(
      token ? `"${token.text}" cannot stand here` : "something is missing",
    );
  }
}

function isMinusOne(program: Program): boolean {
  const [number, sign] = program;
  return (
    program.length === 2 &&
    number?.kind === "number" &&
    number.value.n === 1n &&
    number.value.d === 1n &&
    sign?.kind === "apply" &&
    sign.operation === "negate"
  );
}
