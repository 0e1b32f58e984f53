import { createRandom, deriveSeed } from "../../lib/random.ts";
import type { Family } from "../../problems/family.ts";
import type { Attempt } from "../labels/attempt.ts";
import type { RowContext } from "./format.ts";
import type { Rating } from "./judged.ts";
import { exactRatings, judgeStep, type Labeller } from "./labeller.ts";
import type { Prm800kRow } from "./prm800k.ts";
import { withAnswer } from "./stated-answer.ts";

type Solution = Omit<Attempt, "ended">;
type Posed<P> = { family: Family<P>; problem: P };
type Step = ReturnType<typeof stepOf>;
type FinishReason = Prm800kRow["label"]["finish_reason"];

/** Solutions that are drawn to find one that goes on from a prefix. Of the widest states one in 35 does. */
const MAX_DRAWS = 256;
/** Longest path, in steps. */
const MAX_STEPS = 32;

/**
 * Labels many attempts at one problem in one row, as in PRM800K's phase 1: at
 * every step all that the attempts go on with is rated, the first that is rated
 * best is chosen, and where all are wrong the labeller writes the next step, and
 * from there on what is missing.
 */
export function labelTogether<P>(
  labeller: Labeller,
  posed: Posed<P>,
  attempts: readonly Solution[],
  { labeler, timestamp }: Pick<RowContext, "labeler" | "timestamp">,
) {
  const { family, problem } = posed;
  const random = createRandom(deriveSeed(labeller.seed, 1));
  const solved = family.writeSolution(problem, createRandom(0), "solved");
  const { steps, finish_reason } = walk(labeller, posed, attempts, random);
  return {
    ...{ labeler, timestamp, generation: null },
    ...{ is_quality_control_question: false, is_initial_screening_question: false },
    question: { problem: family.render(problem), ground_truth_answer: solved.answer },
    label: { steps, total_time: 0, finish_reason },
  };
}

function walk<P>(
  labeller: Labeller,
  posed: Posed<P>,
  attempts: readonly Solution[],
  random: () => number,
): { steps: Step[]; finish_reason: FinishReason } {
  const steps: Step[] = [];
  const path: string[] = [];
  let isByHand = false;
  while (steps.length < MAX_STEPS) {
    const rated = nextSteps(attempts, path).map((next) => rate(labeller, posed, path, next));
    if (rated.length === 0 && !isByHand) break;
    const chosen = bestOf(rated);
    isByHand ||= chosen < 0;
    const next = rated[chosen] ?? writeNext(posed, path, random);
    steps.push(stepOf(rated, chosen, next));
    if (next === null) return { steps, finish_reason: "found_error" };
    if (next.isLast) {
      return { steps, finish_reason: rated[chosen]?.rating === 0 ? "give_up" : "solution" };
    }
    path.push(next.step);
  }
  return { steps, finish_reason: "give_up" };
}

/** `chosen` is −1 where the next step, if there is one, is written by hand. */
function stepOf(rated: readonly Rated[], chosen: number, next: Next | null) {
  return {
    completions: rated.map(({ text, rating, flagged }) => ({ text, rating, flagged })),
    human_completion: chosen < 0 && next ? byHand(next) : null,
    chosen_completion: chosen < 0 ? null : chosen,
  };
}

function byHand({ text }: Next) {
  return { text, rating: null, source: "human", flagged: false };
}

interface Next {
  readonly step: string;
  /** The step, with the answer if it is the last. */
  readonly text: string;
  readonly answer: string | null;
  readonly isLast: boolean;
}

interface Rated extends Next {
  readonly rating: Rating | null;
  readonly flagged: boolean;
}

/** The different steps with which attempts go on from a path, in their order. */
function nextSteps(attempts: readonly Solution[], path: readonly string[]): Next[] {
  const found = new Map<string, Next>();
  for (const { steps, answer } of attempts) {
    const step = steps[path.length];
    const isLast = path.length === steps.length - 1;
    const isCutOff = isLast && answer === null;
    if (step === undefined || isCutOff || !path.every((line, i) => line === steps[i])) continue;
    const text = isLast ? withAnswer(step, answer) : step;
    found.set(text, { step, text, answer: isLast ? answer : null, isLast });
  }
  return [...found.values()];
}

function rate<P>(
  labeller: Labeller,
  { family, problem }: Posed<P>,
  path: readonly string[],
  next: Next,
): Rated {
  // A step that is not the last is judged as one with something after it.
  const steps = [...path, next.step, ...(next.isLast ? [] : [""])];
  const exact = exactRatings(family, problem, { steps, answer: next.answer })[path.length]!;
  return { ...next, ...judgeStep(labeller, exact, [family.render(problem), ...path, next.text]) };
}

/** Index of the first that is rated 1, or else 0; −1 if there is none. */
function bestOf(rated: readonly Rated[]): number {
  const right = rated.findIndex(({ rating }) => rating === 1);
  return right >= 0 ? right : rated.findIndex(({ rating }) => rating === 0);
}

/** A right next step after a path, drawn from whole solutions; `null` if none of them goes on from there. */
function writeNext<P>(
  { family, problem }: Posed<P>,
  path: readonly string[],
  random: () => number,
): Next | null {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const { steps, answer } = family.writeSolution(problem, random, "solved");
    const step = steps[path.length];
    if (step === undefined) return null;
    const verdict = family.checkStep(problem, path, step);
    if (!verdict.right || !verdict.reachable) continue;
    const isLast = verdict.complete;
    return { step, text: isLast ? withAnswer(step, answer) : step, answer, isLast };
  }
  return null;
}
