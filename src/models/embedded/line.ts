import type { Proposed, Written } from "../../search/ports.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A step while it is written, and the answer after the last one. */
export interface Line {
  readonly step: number[];
  /** Tokens after `</reasoning>`; `null` until then. */
  closing: number[] | null;
  ended: Proposed["ended"] | null;
  answer: string | null;
}

export function newLine(): Line {
  return { step: [], closing: null, ended: null, answer: null };
}

interface Rules {
  readonly vocabulary: Vocabulary;
  /** Most tokens of a step, and of an answer. */
  readonly most: number;
}

/** Adds a token and decides what it means. */
export function growLine(line: Line, token: number, { vocabulary, most }: Rules): void {
  const { delimiter, control, isControl } = vocabulary;
  if (line.closing !== null) growAnswer(line, line.closing, token, { vocabulary, most });
  else if (token === delimiter) line.ended = "step";
  else if (token === control["</reasoning>"]) line.closing = [];
  else if (isControl(token)) line.ended = "length";
  else {
    line.step.push(token);
    if (line.step.length >= most) line.ended = "length";
  }
}

function growAnswer(line: Line, closing: number[], token: number, { vocabulary, most }: Rules) {
  const { delimiter, control, isControl, decode } = vocabulary;
  closing.push(token);
  const first = closing.length === 1;
  if (first && token === control["<assistant>"]) return;
  if (!first && token === control["</assistant>"]) {
    line.answer = decode(closing.slice(1, -1));
    line.ended = "stop";
    return;
  }
  const tooLong = closing.length >= most;
  if (first || isControl(token) || token === delimiter || tooLong) line.ended = "stop";
}

/**
 * No token can follow the last one. A step that would be followed by another was
 * cut off all the same: nothing can ever continue it.
 */
export function cutOff(line: Line): void {
  line.ended = line.closing === null ? "length" : "stop";
}

/** A whole text while it is written. */
interface Text {
  readonly steps: readonly string[];
  /** What follows them. */
  readonly line: Line;
}

/** A text of these tokens as far as it goes. */
function follow(vocabulary: Vocabulary, tokens: readonly number[]): Text {
  const steps: string[] = [];
  let line = newLine();
  for (const token of tokens) {
    if (line.ended === "step") line = newLine();
    growLine(line, token, { vocabulary, most: Number.POSITIVE_INFINITY });
    if (line.ended === "step") steps.push(vocabulary.decode(line.step));
  }
  return { steps, line: line.ended === "step" ? newLine() : line };
}

/** The steps of a text, the last one as far as it goes, and its answer. */
export function readText(vocabulary: Vocabulary, tokens: readonly number[]): Written {
  const { steps, line } = follow(vocabulary, tokens);
  const hasLast = line.step.length > 0 || line.closing !== null;
  return {
    steps: hasLast ? [...steps, vocabulary.decode(line.step)] : steps,
    answer: line.answer,
  };
}

/** Tells of any token what it means after a text, and whether the text is reasoning up to there. */
export function meaningsAfter(
  vocabulary: Vocabulary,
  tokens: readonly number[],
): { readonly isReasoning: boolean; readonly endOf: (token: number) => Proposed["ended"] } {
  const { line } = follow(vocabulary, tokens);
  return {
    isReasoning: line.closing === null,
    endOf(token) {
      const next = { ...line, step: [...line.step], closing: line.closing && [...line.closing] };
      growLine(next, token, { vocabulary, most: Number.POSITIVE_INFINITY });
      return next.ended ?? "step";
    },
  };
}
