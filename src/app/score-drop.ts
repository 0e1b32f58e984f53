import { msg } from "../lib/said.ts";
import { formatScore } from "./format.ts";
import { t } from "./words/t.ts";

/** As in chess: an inaccuracy, a mistake, a blunder; empty for none of them. */
export type DropMark = "" | "?!" | "?" | "??";

/** Least fall of the score that earns each mark, worst first: chances to win, as chess servers judge moves by. */
const LEAST_FALL = [
  { least: 0.3, mark: "??", words: msg("blunder, score falls by {fall}") },
  { least: 0.2, mark: "?", words: msg("mistake, score falls by {fall}") },
  { least: 0.1, mark: "?!", words: msg("inaccuracy, score falls by {fall}") },
] as const;

/** Scores have single precision, in which 0.9 - 0.8 is less than 0.1. */
const ROUNDING = 1e-6;

/**
 * How bad a step is by what it does to the score, both in [0, 1]: it falls by at
 * least 0.1, 0.2 or 0.3. Nothing is said where one of them is NaN.
 */
export function dropMark(before: number, after: number): DropMark {
  return judged(before, after)?.mark ?? "";
}

/** The same in words, for those who do not see the mark; empty without one. */
export function dropWords(before: number, after: number): string {
  const found = judged(before, after);
  return found ? t(found.words, { fall: formatScore(before - after) }) : "";
}

function judged(before: number, after: number): (typeof LEAST_FALL)[number] | undefined {
  return LEAST_FALL.find(({ least }) => before - after >= least - ROUNDING);
}
