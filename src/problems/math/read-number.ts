import { plus, type Rational, rational, times } from "./rational.ts";
import { type Token, UnreadableError } from "./tokens.ts";

/** Largest exponent of ten in a number. */
const MOST_TENS = 4_000;

/** `12`, `.5`, `1.5e3`, `0.1\overline{6}`. Throws an `UnreadableError` for what is too long. */
export function readNumber(text: string): Rational {
  const [, whole = "", part = "", period = "", tens = "0"] =
    /^(\d*)(?:\.(\d*))?(?:\\(?:overline|bar)\{(\d+)\})?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (
    whole.length + part.length + period.length > MOST_TENS ||
    Math.abs(Number(tens)) > MOST_TENS
  ) {
    throw new UnreadableError("a number is too long");
  }
  if (period !== "" && !text.includes(".")) throw new UnreadableError("a bar over a whole number");
  const places = 10n ** BigInt(part.length);
  let value = rational(BigInt(`${whole}${part}` || "0"), places);
  if (period !== "") {
    const nines = 10n ** BigInt(period.length) - 1n;
    value = plus(value, rational(BigInt(period), nines * places));
  }
  const scale = 10n ** BigInt(Math.abs(Number(tens)));
  return times(value, tens.startsWith("-") ? rational(1n, scale) : rational(scale));
}

/**
 * The fraction of whole numbers below 1 with which tokens begin, and how many they
 * are: `\\frac{1}{3}`, `\\frac13`, or `1/3` after a space.
 */
export function fractionAt(
  tokens: readonly Token[],
): { readonly value: Rational; readonly length: number } | null {
  const words = tokens.map(({ text }) => text);
  const isTyped = tokens[0]?.spaced === true && tokens[0].kind === "number" && words[1] === "/";
  const [n, d, length] = isTyped ? [words[0]!, words[2] ?? "", 3] : bracedFraction(words);
  if (!isWhole(n) || !isWhole(d) || BigInt(n) >= BigInt(d)) return null;
  return { value: rational(BigInt(n), BigInt(d)), length };
}

/** Numerator, denominator and number of tokens of `\\frac`, however its braces are left out. */
function bracedFraction(words: readonly string[]): readonly [string, string, number] {
  const [, both = ""] = /^frac,(\d\d)(?:,|$)/.exec(words.join(",")) ?? [];
  if (both !== "") return [both[0]!, both[1]!, 2];
  const found = /^frac,(?:\{,(\d+),\}|(\d)),(?:\{,(\d+),\}|(\d)(?=,|$))/.exec(words.join(","));
  if (!found) return ["", "", 0];
  const [form, a, b, c, d] = found;
  return [a ?? b ?? "", c ?? d ?? "", form.split(",").length];
}

function isWhole(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}
