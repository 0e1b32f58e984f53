import type { Family } from "../../problems/family.ts";
import { exactLabels } from "../../problems/label-steps.ts";
import type { ScoreAsk } from "../../search/ports.ts";
import type { Attempt } from "./attempt.ts";

/** One attempt with what is known of its steps. A line of a label file. */
export interface Labelled {
  readonly family: string;
  readonly level: number;
  readonly problem: string;
  readonly steps: readonly string[];
  readonly answer: string | null;
  /**
   * Exact: 1 while everything so far is right and the goal can still be
   * reached, 0 for the first step of which that is not so; steps after it have
   * no label.
   */
  readonly labels: readonly (0 | 1)[];
  /** Monte-Carlo value of each labelled prefix: share of rollouts from it that ended right; `null` where none were made. */
  readonly values: readonly (number | null)[];
}

/**
 * What of an attempt has labels, as a verifier reads it: without what follows an
 * error, and without a step that was cut off.
 */
export function labelledPart({ steps, answer, labels }: Labelled): ScoreAsk {
  const ended = answer !== null && labels.length === steps.length;
  return { steps: steps.slice(0, labels.length), ended, answer: ended ? answer : null };
}

/** Exact labels of an attempt, up to and including the first 0. The last step answers for the answer too. */
export function labelAttempt<P>(
  family: Family<P>,
  problem: P,
  { steps, answer }: Omit<Attempt, "ended">,
): (0 | 1)[] {
  const verdicts = exactLabels(family, problem, steps);
  const labels: (0 | 1)[] = [];
  for (const [i, verdict] of verdicts.entries()) {
    const last = i === steps.length - 1;
    // An attempt that was cut off says nothing about the step it was cut off in.
    if (last && answer === null) break;
    const onTheWay = verdict.right && verdict.reachable;
    const right = last ? onTheWay && family.grade(problem, steps, answer).correct : onTheWay;
    labels.push(right ? 1 : 0);
    if (!right) break;
  }
  return labels;
}
