import { hash32 } from "../../lib/hash.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";
import type { Family, StepVerdict } from "../../problems/family.ts";
import { exactLabels } from "../../problems/label-steps.ts";
import type { Attempt } from "../labels/attempt.ts";
import { type Judged, judgedStep, type Rating } from "./judged.ts";
import { withAnswer } from "./stated-answer.ts";

type Solution = Omit<Attempt, "ended">;
type JudgedStep = Judged["steps"][number];

/** A labeller that is wrong at times. The same one judges the same step of the same solution alike. */
export interface Labeller {
  /** Share of its ratings that are one of the two wrong ones, either as likely, in [0, 1]. */
  readonly errorRate: number;
  readonly seed: number;
}

/**
 * What a labeller who never errs says of each step: −1 for a wrong one, 0 for
 * one that is right in itself and leads nowhere, 1 for one on the way. The last
 * step answers for the answer too; an attempt that was cut off says nothing
 * about the step it was cut off in (`null`).
 */
export function exactRatings<P>(
  family: Family<P>,
  problem: P,
  { steps, answer }: Solution,
): { rating: Rating | null; verdict: StepVerdict }[] {
  return exactLabels(family, problem, steps).map((verdict, i) => {
    const isLast = i === steps.length - 1;
    if (isLast && answer === null) return { rating: null, verdict };
    const isWrong = !verdict.right || (isLast && !family.grade(problem, steps, answer).correct);
    return { rating: isWrong ? -1 : verdict.reachable ? 1 : 0, verdict };
  });
}

/**
 * Judges an attempt as a person would, up to the first step that it calls
 * wrong; lines that cannot be read are flagged.
 */
export function judgeAttempt<P>(
  labeller: Labeller,
  { family, problem }: { family: Family<P>; problem: P },
  attempt: Solution,
): Judged {
  const text = family.render(problem);
  const { answer } = attempt;
  const rated = exactRatings(family, problem, attempt).map((exact, i) => {
    const isLast = i === attempt.steps.length - 1;
    const last = withAnswer(attempt.steps[i]!, isLast ? answer : null);
    return judgeStep(labeller, exact, [text, ...attempt.steps.slice(0, i), last]);
  });
  const ends = rated.findIndex(({ rating }) => rating === -1);
  const steps = rated.map(({ rating, flagged }, i): JudgedStep => {
    const isJudged = ends < 0 || i <= ends;
    const step = judgedStep(attempt.steps[i]!, isJudged ? rating : null);
    return { ...step, flagged: isJudged && flagged };
  });
  return {
    ...{ id: null, generator: null, problem: text, steps, answer },
    truth: family.writeSolution(problem, createRandom(0), "solved").answer,
    correct: answer !== null && family.grade(problem, attempt.steps, answer).correct,
  };
}

/** One rating, right or wrong by chance; `place` is the problem and the steps up to this one. */
export function judgeStep(
  { errorRate, seed }: Labeller,
  { rating, verdict }: { rating: Rating | null; verdict: StepVerdict },
  place: readonly string[],
): { rating: Rating | null; flagged: boolean } {
  if (rating === null) return { rating, flagged: false };
  const flagged = !verdict.right && verdict.fault === "malformed";
  const random = createRandom(deriveSeed(seed, hash32(JSON.stringify(place))));
  if (random() >= errorRate) return { rating, flagged };
  const wrong = ([-1, 0, 1] as const).filter((other) => other !== rating);
  return { rating: wrong[random() < 0.5 ? 0 : 1]!, flagged };
}
