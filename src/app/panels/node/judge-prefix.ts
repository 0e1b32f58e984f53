import type { StepVerdict } from "../../../problems/family.ts";
import type { Problem } from "../../../protocol/events.ts";
import { readKnown } from "../../known-problem.ts";
import { t, tSaid } from "../../words/t.ts";

/** Longest prefix that is judged line by line while somebody looks. */
export const MOST_LINES = 500;

/**
 * The exact checker's verdict of every line of a prefix, computed here and not
 * by a model. `null` if no family here can check this problem, or the prefix is
 * longer than 500 lines.
 */
export function judgePrefix(problem: Problem, lines: readonly string[]): StepVerdict[] | null {
  if (lines.length > MOST_LINES) return null;
  const known = readKnown(problem);
  return known && lines.map(known.family.judge(known.problem));
}

/** A verdict in words, with the mark that stands for it. */
export interface VerdictWords {
  readonly mark: "right" | "wrong" | "dead-end";
  readonly words: string;
}

/** What a verdict says to a person; `before` is that of the line before. */
export function verdictWords(verdict: StepVerdict, before: StepVerdict | null): VerdictWords {
  if (!verdict.right) {
    const follows = verdict.fault === "after-error";
    return {
      mark: "wrong",
      words: follows ? t("follows from a wrong line") : tSaid(verdict.because),
    };
  }
  if (!verdict.reachable) {
    const isNews = !before?.right || before.reachable;
    return {
      mark: "dead-end",
      words: t(isNews ? "right, but the goal is now out of reach" : "dead end"),
    };
  }
  return { mark: "right", words: t(verdict.complete ? "right, and complete" : "right") };
}
