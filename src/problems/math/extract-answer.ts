import { readAnswer } from "./read-answer.ts";
import { FUNCTIONS, groupsOf } from "./tokens.ts";

/** Longest text in which an answer is looked for, from its end, in characters. */
const MOST_CHARACTERS = 100_000;

/** Longest last line that can be an answer by itself, in characters. */
const LONGEST_LINE = 200;

/**
 * The answer that a solution states: the last `\boxed{…}`, or what stands after
 * the last `####` (as in GSM8K), or after the last "the answer is", or a last line
 * that is nothing but mathematics. `null` if it states none.
 */
export function extractAnswer(solution: string): string | null {
  const text = solution.slice(-MOST_CHARACTERS);
  const found = boxed(text) ?? afterHashes(text) ?? afterPhrase(text) ?? lastLine(text);
  return found === null || found.trim() === "" ? null : found.trim();
}

/** What an answer says that was stated apart from the reasoning: what is marked in it, or all of it. */
export function statedAnswer(stated: string): string | null {
  const text = stated.slice(-MOST_CHARACTERS);
  const found = boxed(text) ?? afterHashes(text) ?? afterPhrase(text) ?? stated;
  return found.trim() === "" ? null : found.trim();
}

const BOX = /\\f?boxed\s*|\\fbox\s*/g;

/** The content of the last box whose braces are balanced; of boxes in a box, the outer one's. */
function boxed(text: string): string | null {
  let content: string | null = null;
  const groups = groupsOf(text);
  BOX.lastIndex = 0;
  for (let box = BOX.exec(text); box !== null; box = BOX.exec(text)) {
    const start = box.index + box[0].length;
    const end = groups.get(start);
    if (end !== undefined) {
      content = text.slice(start + 1, end);
      BOX.lastIndex = end + 1;
      continue;
    }
    // TeX takes one token where there is no brace: \boxed 5.
    const bare =
      text[start] === "{" ? null : /^(?:\d+|\w|\\\w+)/.exec(text.slice(start, start + 40));
    if (bare) content = bare[0];
  }
  return content;
}

function afterHashes(text: string): string | null {
  const at = text.lastIndexOf("####");
  return at < 0 ? null : firstLine(text.slice(at + 4));
}

const PHRASE = /\b(?:final\s+)?answer\s*(?:\*\*)?\s*(?:is|:|=)\s*(?:\*\*)?\s*:?/gi;

function afterPhrase(text: string): string | null {
  const last = [...text.matchAll(PHRASE)].at(-1);
  if (!last) return null;
  const sentence = firstLine(text.slice(last.index + last[0].length));
  // The sentence may go on; a point between digits does not end it.
  return sentence.replace(/\.(?:\s.*)?$/, "").replace(/^\*+|\*+$/g, "");
}

function firstLine(text: string): string {
  return text.trimStart().split("\n", 1)[0]!;
}

const OPENING = /^(?:(?:so|thus|hence|therefore|then|finally)\b,?\s*)+/i;

function lastLine(text: string): string | null {
  const line = text.trimEnd().split("\n").at(-1)!.trim().replace(OPENING, "");
  const isFormula = /[\d=^]|\\[a-z]/.test(line) || /^[a-zA-Z]$/.test(line);
  const words = line.replaceAll(/\\[a-zA-Z]+(?:\{[^{}]*\})?/g, " ").match(/[a-zA-Z]{2,}/g) ?? [];
  if (!words.every((word) => Object.hasOwn(FUNCTIONS, word) || /^(?:or|pi|sqrt)$/.test(word)))
    return null;
  if (!isFormula || line.length > LONGEST_LINE) return null;
  return readAnswer(line).answer.kind === "text" ? null : line;
}
