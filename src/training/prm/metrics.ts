import { orderedPairs, type Ratio } from "../../lib/ordered-pairs.ts";

/** One judged step of one attempt, as a report sees it. */
export interface JudgedStep {
  /** Which problem and which attempt at it. */
  readonly problem: number;
  readonly attempt: number;
  readonly family: string;
  readonly level: number;
  /** From 0. */
  readonly depth: number;
  /** Whether the solution ends with it. */
  readonly final: boolean;
  /** Exact: 1 while all is right and the goal can be reached; the first 0 is the last step of its attempt. */
  readonly label: 0 | 1;
  /** P(all steps up to here are right), in [0, 1]. */
  readonly score: number;
}

/**
 * Pairs of a right and a wrong step of one problem at one depth, and how many of
 * them the scores put in order, ties counted half; one ratio a problem.
 */
export function rankingByProblem(steps: readonly JudgedStep[]): Ratio[] {
  return [...Map.groupBy(steps, ({ problem }) => problem).values()].map((of) => {
    const places = Map.groupBy(of, ({ depth, final }) => `${depth} ${final}`);
    return sumOf([...places.values()].map(orderedPairs));
  });
}

/** One bin of a reliability diagram. */
export interface Bin {
  /** Mean score of the steps in it. */
  readonly predicted: number;
  /** Share of them that are right. */
  readonly right: number;
  readonly n: number;
}

/** Steps by score in bins of equal width; empty ones are left out. */
export function reliability(
  steps: readonly Pick<JudgedStep, "label" | "score">[],
  bins = 10,
): Bin[] {
  const groups = Map.groupBy(steps, ({ score }) => Math.min(bins - 1, Math.floor(score * bins)));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, of]) => ({
      predicted: of.reduce((sum, { score }) => sum + score, 0) / of.length,
      right: of.filter(({ label }) => label === 1).length / of.length,
      n: of.length,
    }));
}

/**
 * Expected calibration error: how far scores are from frequencies, the mean over
 * the bins weighted by their steps (Guo et al. 2017). In [0, 1]; throws without steps.
 */
export function calibrationError(bins: readonly Bin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) throw new Error("calibrationError: no steps");
  return (
    bins.reduce((sum, { predicted, right, n: of }) => sum + of * Math.abs(predicted - right), 0) / n
  );
}

/** How well the first error of a solution is found. */
export interface FirstErrorReport {
  /** Share of the attempts with an error whose first wrong step is named. */
  readonly erroneous: number;
  /** Share of the attempts without one that are passed. */
  readonly correct: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
  readonly n: number;
}

/**
 * ProcessBench's measure (Zheng et al. 2024): the first step whose score falls
 * below `threshold` is named as the first error; none is named if none does.
 * `null` without attempts of both kinds.
 */
export function firstErrorF1(
  steps: readonly JudgedStep[],
  threshold = 0.5,
): FirstErrorReport | null {
  let [erroneous, found, correct, passed] = [0, 0, 0, 0];
  const attempts = Map.groupBy(steps, ({ problem, attempt }) => `${problem} ${attempt}`);
  for (const of of attempts.values()) {
    const inOrder = of.toSorted((a, b) => a.depth - b.depth);
    const error = inOrder.findIndex(({ label }) => label === 0);
    const named = inOrder.findIndex(({ score }) => score < threshold);
    if (error < 0) {
      correct++;
      if (named < 0) passed++;
    } else {
      erroneous++;
      if (named === error) found++;
    }
  }
  if (erroneous === 0 || correct === 0) return null;
  const [a, b] = [found / erroneous, passed / correct];
  return {
    erroneous: a,
    correct: b,
    f1: a + b === 0 ? 0 : (2 * a * b) / (a + b),
    n: erroneous + correct,
  };
}

function sumOf(ratios: readonly Ratio[]): Ratio {
  return {
    numerator: ratios.reduce((sum, ratio) => sum + ratio.numerator, 0),
    denominator: ratios.reduce((sum, ratio) => sum + ratio.denominator, 0),
  };
}
