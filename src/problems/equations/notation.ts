import { say } from "../../lib/said.ts";
import { ProblemError } from "../family.ts";

/** `factor·x`, a number, or `factor·(x·X + number)`. Factors are never 0. */
export type Term =
  | { readonly kind: "x"; readonly factor: number }
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "group";
      readonly factor: number;
      readonly x: number;
      readonly number: number;
    };

/** A sum, in the order in which it is written; empty is 0. */
export type Side = readonly Term[];

/** A linear equation in x. */
export interface Equation {
  readonly left: Side;
  readonly right: Side;
}

export interface ReadLimits {
  /** Longest text, in characters. */
  readonly length: number;
  /** Longest number, in digits; at most 15, so that it is exact. */
  readonly digits: number;
}

/**
 * Reads an equation such as `3(x-4)+5 = 2x+7`: whole numbers, `x`, `+ - *`, one
 * pair of parentheses deep, spaces. Terms of 0 are dropped. Throws a
 * `ProblemError` with the offset at which it goes wrong.
 */
export function readEquation(text: string, limits: ReadLimits): Equation {
  if (text.length > limits.length) {
    throw new ProblemError(
      say("too long: {length} characters, and at most {most} can be read", {
        ...{ length: String(text.length), most: String(limits.length) },
      }),
      limits.length,
    );
  }
  const reader = new Reader(text, limits.digits);
  const left = reader.side();
  reader.expect("=");
  const right = reader.side();
  reader.expectEnd();
  return { left, right };
}

/** Without spaces, factors of 1 left out: `3(x-4)+5=2x+7`. A side without terms is `0`. */
export function writeEquation({ left, right }: Equation): string {
  return `${writeSide(left)}=${writeSide(right)}`;
}

export function writeSide(side: Side): string {
  if (side.length === 0) return "0";
  return side.map((term, i) => signed(sizeOf(term), textOf(term), i === 0)).join("");
}

function sizeOf(term: Term): number {
  return term.kind === "number" ? term.value : term.factor;
}

/** A term without its sign. */
function textOf(term: Term): string {
  const size = Math.abs(sizeOf(term));
  if (term.kind === "number") return String(size);
  const factor = size === 1 ? "" : String(size);
  if (term.kind === "x") return `${factor}x`;
  return `${factor}(${writeSide(insideOf(term))})`;
}

function insideOf({ x, number }: Extract<Term, { kind: "group" }>): Side {
  return terms(x, number);
}

/** `x·X + number` as a side. */
export function terms(x: number, number: number): Side {
  const side: Term[] = [];
  if (x !== 0) side.push({ kind: "x", factor: x });
  if (number !== 0) side.push({ kind: "number", value: number });
  return side;
}

function signed(size: number, text: string, isFirst: boolean): string {
  if (size < 0) return `-${text}`;
  return isFirst ? text : `+${text}`;
}

class Reader {
  readonly #text: string;
  readonly #maxDigits: number;
  #at = 0;

  constructor(text: string, maxDigits: number) {
    this.#text = text;
    this.#maxDigits = maxDigits;
  }

  side(): Side {
    return this.#sum(() => this.#term());
  }

  expect(character: string): void {
    if (this.#take(character)) return;
    const found = this.#peek();
    throw new ProblemError(
      found === ""
        ? say('"{character}" was to be expected here, and the text ends', { character })
        : say('"{character}" was to be expected here, not "{found}"', { character, found }),
      this.#at,
    );
  }

  expectEnd(): void {
    const found = this.#peek();
    if (found !== "")
      throw new ProblemError(say('"{found}" makes no sense here', { found }), this.#at);
  }

  #sum(term: () => Term | null): Side {
    const side: Term[] = [];
    let sign = this.#sign() ?? 1;
    for (;;) {
      const next = term();
      if (next !== null) side.push(sign === 1 ? next : negated(next));
      const following = this.#sign();
      if (following === null) return side;
      sign = following;
    }
  }

  #sign(): 1 | -1 | null {
    if (this.#take("+")) return 1;
    return this.#take("-") ? -1 : null;
  }

  /** `null` for a term of 0. */
  #term(): Term | null {
    const value = this.#number();
    const times = value !== null && this.#take("*");
    const factor = value ?? 1;
    if (this.#take("x")) return factor === 0 ? null : { kind: "x", factor };
    if (this.#take("(")) return this.#group(factor);
    if (value === null || times) this.#fail();
    return factor === 0 ? null : { kind: "number", value: factor };
  }

  #group(factor: number): Term | null {
    const begin = this.#at - 1;
    const inside = this.#sum(() => this.#simpleTerm());
    if (!this.#take(")")) {
      if (this.#peek() !== "") this.#fail();
      throw new ProblemError(say("this parenthesis is never closed"), begin);
    }
    const xs = inside.filter((term) => term.kind === "x");
    const numbers = inside.filter((term) => term.kind === "number");
    if (xs.length > 1 || numbers.length > 1) {
      throw new ProblemError(say("parentheses may hold one x and one number"), begin);
    }
    const [x] = xs;
    const [number] = numbers;
    if (factor === 0 || (!x && !number)) return null;
    return { kind: "group", factor, x: x?.factor ?? 0, number: number?.value ?? 0 };
  }

  #simpleTerm(): Term | null {
    if (this.#peek() === "(") {
      throw new ProblemError(say("parentheses within parentheses cannot be read"), this.#at);
    }
    return this.#term();
  }

  #number(): number | null {
    this.#peek();
    const [digits = ""] = /^\d*/.exec(this.#text.slice(this.#at, this.#at + 20)) ?? [];
    if (digits === "") return null;
    if (digits.length > this.#maxDigits) {
      throw new ProblemError(
        say("this number is too long: at most {most} digits can be read", {
          most: String(this.#maxDigits),
        }),
        this.#at,
      );
    }
    this.#at += digits.length;
    return Number(digits);
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  /** The next character that is no space; empty at the end. */
  #peek(): string {
    while (this.#text[this.#at] === " ") this.#at++;
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #fail(): never {
    const found = this.#peek();
    throw new ProblemError(
      found === ""
        ? say("a number or x is missing here: try 3(x-4)+5=2x+7")
        : say('a number, x or "(" was to be expected here, not "{found}"', { found }),
      this.#at,
    );
  }
}

function negated(term: Term): Term {
  return term.kind === "number"
    ? { ...term, value: -term.value }
    : { ...term, factor: -term.factor };
}
