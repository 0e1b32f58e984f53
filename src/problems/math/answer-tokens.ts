import type { Token } from "./tokens.ts";

const OPEN = new Set(["(", "[", "{", "\\{", "⌊", "⌈", "|(", "⟨"]);
const CLOSE = new Set([")", "]", "}", "\\}", "⌋", "⌉", "|)", "⟩"]);

/** By how much a token nests what follows. */
function nesting({ kind, text }: Token): number {
  if (kind === "begin") return 1;
  if (kind === "end") return -1;
  if (kind !== "mark") return 0;
  return OPEN.has(text) ? 1 : CLOSE.has(text) ? -1 : 0;
}

/** The places of tokens that are within no bracket and for which `isWanted` holds. */
function topLevel(tokens: readonly Token[], isWanted: (token: Token) => boolean): number[] {
  const places: number[] = [];
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const change = nesting(token);
    if (change < 0) depth += change;
    if (depth === 0 && change === 0 && isWanted(token)) places.push(i);
    if (change > 0) depth += change;
  }
  return places;
}

/** The parts between tokens within no bracket for which `isSeparator` holds, and those tokens. */
export function splitTop(
  tokens: readonly Token[],
  isSeparator: (token: Token) => boolean,
): { parts: readonly (readonly Token[])[]; separators: readonly Token[] } {
  const places = topLevel(tokens, isSeparator);
  const parts = [-1, ...places].map((place, i) =>
    tokens.slice(place + 1, places[i] ?? tokens.length),
  );
  return { parts, separators: places.map((place) => tokens[place]!) };
}

/** Whether the first token opens what the last one closes. */
export function isWrapped(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    depth += nesting(token);
    if (depth === 0) return i === tokens.length - 1 && tokens.length > 1;
  }
  return false;
}

export function isMark(token: Token | undefined, ...marks: readonly string[]): boolean {
  return token?.kind === "mark" && marks.includes(token.text);
}

/** The tokens as a text without space but between numbers, for what is compared as it is written. */
export function spellTokens(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text }, i) => {
      const space = kind === "number" && tokens[i - 1]?.kind === "number" ? " " : "";
      return `${space}${kind === "text" ? text.toLowerCase().replaceAll(/\s+/g, " ") : text}`;
    })
    .join("");
}
