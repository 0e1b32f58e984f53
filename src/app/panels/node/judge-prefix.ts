import { familyOf } from "../../../problems/families.ts";
import type { StepVerdict } from "../../../problems/family.ts";
import type { Problem } from "../../../protocol/events.ts";

/** Longest prefix that is judged line by line while somebody looks. */
const MOST_LINES = 500;

/**
 * The exact checker's verdict of every line of a prefix, computed here and not
 * by a model. `null` if no family checks this problem, or the prefix is longer
 * than 500 lines.
 */
export function judgePrefix(problem: Problem, lines: readonly string[]): StepVerdict[] | null {
  if (problem.family === null || lines.length > MOST_LINES) return null;
  const family = familyOf(problem.family);
  return lines.map(family.judge(family.parse(problem.text)));
}

/** A verdict in words, with the mark that stands for it. */
export interface VerdictWords {
  readonly mark: "right" | "wrong" | "dead-end";
  readonly words: string;
}

/** What a verdict says to a person. */
export function verdictWords(verdict: StepVerdict): VerdictWords {
  if (!verdict.right) return { mark: "wrong", words: verdict.because };
  if (!verdict.reachable) {
    return { mark: "dead-end", words: "right, but a dead end: the goal is out of reach from here" };
  }
  return { mark: "right", words: verdict.complete ? "right, and complete" : "right" };
}
