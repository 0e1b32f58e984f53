/** Values of the cells of an `EventGrid`, 16 bits each. Where several meet, the largest is shown. */

/** Scores are kept so finely that every narrow colour scale still shows steps. */
const SCORE_MAX = 0x3fff;
const IN_RUNNING = 0x8000;
const VERDICT_SHIFT = 14;

/** Nothing happened there. */
export const EMPTY = 0;

/** A step: those in the running cover those that were pruned, and better scores worse ones; NaN is no score. */
export function stepCell(score: number, inRunning: boolean): number {
  return (inRunning ? IN_RUNNING : 0) + 1 + scorePart(score);
}

export function isInRunning(cell: number): boolean {
  return cell >= IN_RUNNING;
}

/** NaN if there is none. */
export function scoreOfStep(cell: number): number {
  return scoreOfPart((cell & (IN_RUNNING - 1)) - 1);
}

/** What became of an answer, the less telling first. */
const VERDICTS = ["unknown", "wrong", "right"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An answer: right ones cover the others. */
export function answerCell(correct: boolean | null, score: number): number {
  const verdict = correct === null ? 1 : correct ? 3 : 2;
  return (verdict << VERDICT_SHIFT) | scorePart(score);
}

export function verdictOfAnswer(cell: number): Verdict {
  return VERDICTS[(cell >> VERDICT_SHIFT) - 1]!;
}

/** NaN if there is none. */
export function scoreOfAnswer(cell: number): number {
  return scoreOfPart(cell & SCORE_MAX);
}

/** 0 stands for no score. */
function scorePart(score: number): number {
  return Number.isNaN(score) ? 0 : 1 + Math.round(score * (SCORE_MAX - 1));
}

function scoreOfPart(part: number): number {
  return part === 0 ? Number.NaN : (part - 1) / (SCORE_MAX - 1);
}
