import { Pattern } from "../../lib/pattern.ts";
import type { AnswerPlace, Delimiter, ModelFormat } from "../../protocol/connections.ts";
import type { Steps } from "../../search/ports.ts";

/** A text cut at its first delimiter. */
interface Cut {
  readonly step: string;
  /** After the delimiter; `null` if there is none. */
  readonly rest: string | null;
}

/** Finds delimiters of steps in a text. */
export type Splitter = (text: string) => Cut;

export function splitterOf(delimiter: Delimiter): Splitter {
  if (delimiter.kind === "text") {
    const { text: between } = delimiter;
    return (text) => cutAt(text, text.indexOf(between), between.length);
  }
  const pattern = new Pattern(delimiter.pattern);
  return (text) => {
    // What is empty parts nothing.
    for (let at = 0; ; ) {
      const found = pattern.find(text, at);
      if (found === null) return { step: text, rest: null };
      if (found.end > found.start) return cutAt(text, found.start, found.end - found.start);
      at = found.end + 1;
    }
  };
}

function cutAt(text: string, at: number, length: number): Cut {
  return at < 0
    ? { step: text, rest: null }
    : { step: text.slice(0, at), rest: text.slice(at + length) };
}

/** All steps of a text, without those that are only white space. */
export function splitSteps(text: string, split: Splitter): string[] {
  const steps: string[] = [];
  let rest: string | null = text;
  while (rest !== null) {
    const cut: Cut = split(rest);
    if (cut.step.trim() !== "") steps.push(cut.step);
    rest = cut.rest;
  }
  return steps;
}

/** What a server is told to stop at; `null` where it cannot be told. */
export function stopOf({ delimiter }: ModelFormat): string | null {
  return delimiter.kind === "text" ? delimiter.text : null;
}

/** Between steps where only a pattern says what may be there. */
const PARAGRAPH = "\n\n";

/** What the assistant has said when it has written these steps and is to write the next. */
export function saidSoFar(steps: Steps, { delimiter, thinking }: ModelFormat): string {
  const between = delimiter.kind === "text" ? delimiter.text : PARAGRAPH;
  return (thinking?.open ?? "") + steps.map((step) => step + between).join("");
}

/** Longest answer that is believed to be one, in characters. */
const LONGEST_ANSWER = 400;

/** What the text states as its answer; `null` if nothing of it is one. */
export function readStatedAnswer(text: string, place: AnswerPlace): string | null {
  const answer = statedAt(text, place)?.trim() ?? "";
  return answer === "" || answer.length > LONGEST_ANSWER ? null : answer;
}

function statedAt(text: string, place: AnswerPlace): string | null {
  switch (place.kind) {
    case "boxed":
      return lastBoxed(text);
    case "last line":
      return text.trimEnd().split("\n").at(-1) ?? null;
    case "pattern":
      return lastMatch(text, new Pattern(place.pattern));
  }
}

/** Of a long text the answer is at its end, in characters. */
const END_OF_TEXT = 20_000;

function lastMatch(text: string, pattern: Pattern): string | null {
  const end = text.slice(-END_OF_TEXT);
  let last: string | null = null;
  for (let at = 0; at <= end.length; ) {
    const found = pattern.find(end, at);
    if (found === null) break;
    last = found.group ?? end.slice(found.start, found.end);
    at = Math.max(found.end, found.start + 1);
  }
  return last;
}

/** What is in the last `\boxed{}` or `\fbox{}` whose braces close; in the last one that does. */
function lastBoxed(text: string): string | null {
  let last: string | null = null;
  for (const { index, 0: opening } of text.matchAll(/\\(?:boxed|fbox)\s?\{/g)) {
    const from = index + opening.length;
    const to = closingBrace(text, from);
    if (to >= 0) last = text.slice(from, to);
  }
  return last;
}

/** Offset of the brace that closes what is open before `from`, not farther than an answer is long; −1 for none. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < Math.min(text.length, from + LONGEST_ANSWER); at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}
