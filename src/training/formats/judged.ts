import { RowError } from "./row-error.ts";

/** A judgement of a step, as people give it: 1 right, 0 neither helps nor is wrong, −1 wrong. */
export type Rating = -1 | 0 | 1;

interface JudgedStep {
  readonly text: string;
  /** `null` where nobody judged it. */
  readonly rating: Rating | null;
  /** Whether the labeller did not know how to judge it. */
  readonly flagged: boolean;
  /** Whether a person wrote it, because nothing that the policy wrote would do. */
  readonly human: boolean;
}

/**
 * One solution, judged step by step: what every format says in its own way, and
 * what each is read into and written from.
 */
export interface Judged {
  /** Where its own format has one. */
  readonly id: string | null;
  /** Name of the policy, where its own format says it. */
  readonly generator: string | null;
  readonly problem: string;
  readonly steps: readonly JudgedStep[];
  /** What the solution states in the end; `null` if it states nothing, or its format does not say. */
  readonly answer: string | null;
  /** The right answer, where known. */
  readonly truth: string | null;
  /** Whether the stated answer is right; `null` if unknown. */
  readonly correct: boolean | null;
}

/** A step that a policy wrote. */
export function judgedStep(text: string, rating: Rating | null): JudgedStep {
  return { text, rating, flagged: false, human: false };
}

/** A solution of which nothing is known but its judged steps. */
export function judgedSolution(problem: string, steps: readonly JudgedStep[]): Judged {
  return { id: null, generator: null, problem, steps, answer: null, truth: null, correct: null };
}

/**
 * What a 0 counts as where there are only two labels: `right`, `wrong`, or
 * `drop`: the solution is cut off before it.
 */
export const NEUTRALS = ["right", "wrong", "drop"] as const;
export type Neutral = (typeof NEUTRALS)[number];

/**
 * Lightman et al. 2023 (arXiv:2305.20050) leave it open until test time; of
 * the ways of scoring that they compare, the product with 0 as right chooses
 * best. TRL's converter counts 0 as wrong.
 */
export const NEUTRAL: Neutral = "right";

/** The labels of a solution with two values, up to the first step that has none. */
export function binaryLabels(steps: readonly JudgedStep[], neutral: Neutral): (0 | 1)[] {
  const labels: (0 | 1)[] = [];
  for (const { rating } of steps) {
    if (rating === null || (rating === 0 && neutral === "drop")) break;
    labels.push(rating === 1 || (rating === 0 && neutral === "right") ? 1 : 0);
  }
  return labels;
}

/** The steps that have a label, for formats in which every step has one. Throws a `RowError` if none has. */
export function labelledSteps(
  { steps }: Judged,
  neutral: Neutral,
): readonly { readonly text: string; readonly right: boolean }[] {
  const labels = binaryLabels(steps, neutral);
  if (labels.length === 0) throw new RowError("steps", "no step is labelled from the first one on");
  return labels.map((label, i) => ({ text: steps[i]!.text, right: label === 1 }));
}
