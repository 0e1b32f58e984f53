import { type Said, say } from "../../lib/said.ts";
import { revealControls } from "../plain-text.ts";

/** Longest formula that is set, characters. */
const MOST_CHARACTERS = 2_000;
/** Deepest nesting of groups, fences and environments. */
const MOST_NESTED = 24;

/** Commands that change what names mean, or write characters by number, and the insides of KaTeX's own macros. */
const DEFINES =
  /\\(?:(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|(?:re)?newenvironment|DeclareMathOperator|catcode|(?:end)?csname|expandafter|noexpand|char)(?![A-Za-z@])|[A-Za-z]*@)/;
/** Commands that reach out of the formula, for addresses, files, styles and attributes. */
const REACHES_OUT = /\\(?:href|url|includegraphics|html[A-Za-z]*|input|include)(?![A-Za-z@])/;

/**
 * Why a formula that somebody else wrote is not set, as the end of a sentence;
 * null if nothing is against it at first sight. Linear in its length.
 */
export function whyRefused(tex: string): Said | null {
  if (tex.length > MOST_CHARACTERS) return say("it is longer than 2,000 characters");
  if (revealControls(tex) !== tex) return say("it holds characters that cannot be seen");
  if (DEFINES.test(tex)) return say("it changes what commands mean");
  if (REACHES_OUT.test(tex)) return say("it asks for more than mathematics");
  if (deepest(tex) > MOST_NESTED) return say("it is nested too deep");
  return null;
}

const NESTING =
  /\\\\|\\[{}$]|\\(begin|left|bgroup|begingroup)(?![A-Za-z])|\\(end|right|egroup|endgroup)(?![A-Za-z])|(\{)|(\})/g;

/** How many groups, fences and environments are open at once. */
function deepest(tex: string): number {
  let open = 0;
  let most = 0;
  for (const [, begins, ends, brace, unbrace] of tex.matchAll(NESTING)) {
    if (begins !== undefined || brace !== undefined) most = Math.max(most, ++open);
    else if (ends !== undefined || unbrace !== undefined) open--;
  }
  return most;
}
