import { z } from "zod";
import type { Format } from "./format.ts";
import { type Judged, judgedSolution, judgedStep, type Rating } from "./judged.ts";
import { RowError } from "./row-error.ts";
import { splitAnswer, withAnswer } from "./stated-answer.ts";

const Ratings = z.literal([-1, 0, 1, null]);
const Completion = z.looseObject({
  text: z.string(),
  rating: Ratings,
  /** The labeller did not know how to judge it. */
  flagged: z.boolean().nullable(),
});
const HumanCompletion = z.looseObject({
  text: z.string(),
  rating: Ratings.optional(),
  flagged: z.boolean().nullish(),
});
const Step = z.looseObject({
  completions: z.array(Completion).nullable(),
  human_completion: HumanCompletion.nullable(),
  chosen_completion: z.int().min(0).nullable(),
});

/** A line of PRM800K, as its README describes it. */
export const Prm800kRow = z.looseObject({
  labeler: z.string(),
  timestamp: z.string(),
  /** `null` in phase 1. */
  generation: z.int().nullable(),
  is_quality_control_question: z.boolean(),
  is_initial_screening_question: z.boolean(),
  question: z.looseObject({
    problem: z.string(),
    ground_truth_answer: z.string().nullable(),
    /** In phase 2 only: the solution that was labelled. */
    pre_generated_steps: z.array(z.string()).nullish(),
    pre_generated_answer: z.string().nullish(),
  }),
  label: z.looseObject({
    steps: z.array(Step),
    /** In milliseconds. */
    total_time: z.number().nullable(),
    finish_reason: z.enum(["found_error", "solution", "bad_problem", "give_up"]),
  }),
});
export type Prm800kRow = z.infer<typeof Prm800kRow>;
type Prm800kStep = z.infer<typeof Step>;
type JudgedStep = Judged["steps"][number];

/**
 * PRM800K (Lightman et al. 2023, arXiv:2305.20050). A row is a path of chosen
 * steps with alternatives on the way: it is read as one solution for the path
 * and one for every alternative, which ends with it. A last step states its
 * answer in its text.
 */
export const prm800k: Format<Prm800kRow> = {
  name: "prm800k",
  about: "PRM800K: rated completions step by step, with flags and steps that people wrote",
  row: Prm800kRow,
  isPerProblem: false,
  read({ question, label }) {
    const { problem, ground_truth_answer: truth, pre_generated_steps } = question;
    const { main, others } = pathsOf(label.steps, pre_generated_steps ?? []);
    const solutions = [...main, ...others].map((steps): Judged => {
      const { answer } = splitAnswer(steps.at(-1)!.text);
      const correct = answer !== null && answer === truth ? true : null;
      return { ...judgedSolution(problem, steps), answer, truth, correct };
    });
    // The labeller says that the path ends in the right answer, however that is spelled.
    if (label.finish_reason !== "solution" || main.length === 0) return solutions;
    return solutions.map((solution, i) => (i === 0 ? { ...solution, correct: true } : solution));
  },
  write({ problem, steps, answer, truth, correct }, { labeler, timestamp }) {
    const texts = steps.map(({ text }, i) =>
      i === steps.length - 1 ? withAnswer(text, answer) : text,
    );
    const rated = ratedUntilError(steps);
    if (rated.length === 0)
      throw new RowError("label.steps", "no step is labelled from the first on");
    const isWrong = rated.at(-1)!.rating === -1;
    const isSolved = rated.length === steps.length && correct === true;
    return {
      ...{ labeler, timestamp, generation: 0 },
      ...{ is_quality_control_question: false, is_initial_screening_question: false },
      question: {
        ...{ problem, ground_truth_answer: truth },
        ...{ pre_generated_steps: texts, pre_generated_answer: answer },
        pre_generated_verifier_score: null,
      },
      label: {
        steps: rated.map((step, i) => labelOf(step, texts[i]!)),
        total_time: 0,
        finish_reason: isWrong ? "found_error" : isSolved ? "solution" : "give_up",
      },
    };
  },
};

/** The chosen path, if no alternative says all that it says, and the path to each alternative. */
function pathsOf(
  steps: readonly Prm800kStep[],
  given: readonly string[],
): { main: JudgedStep[][]; others: JudgedStep[][] } {
  const path: JudgedStep[] = [];
  const others: JudgedStep[][] = [];
  for (const [i, step] of steps.entries()) {
    const { taken, passed } = alternatives(step, given[i], `label.steps.${i}.chosen_completion`);
    others.push(...passed.filter(({ rating }) => rating !== null).map((other) => [...path, other]));
    if (taken) path.push(taken);
    // Whatever would follow has nothing to follow on.
    if (step.chosen_completion === null && step.human_completion === null) break;
  }
  const isGiven = path.every(({ text }, i) => text === given[i]);
  const unjudged = isGiven ? given.slice(path.length).map((text) => judgedStep(text, null)) : [];
  const isSaid = unjudged.length === 0 && others.some((other) => other.length > path.length);
  return { main: isSaid || path.length === 0 ? [] : [[...path, ...unjudged]], others };
}

/** The completion that was chosen, written by a person or, if neither, given; and those passed over. */
function alternatives(
  { completions, human_completion: human, chosen_completion: chosen }: Prm800kStep,
  given: string | undefined,
  field: string,
): { taken: JudgedStep | undefined; passed: JudgedStep[] } {
  const all = (completions ?? []).map(({ text, rating, flagged }) => ({
    ...judgedStep(text, rating),
    flagged: flagged === true,
  }));
  if (chosen !== null && chosen >= all.length) {
    throw new RowError(field, `${chosen} of ${all.length} completions`);
  }
  if (chosen === null && human) return { taken: byHand(human), passed: all };
  const at = chosen ?? all.findIndex(({ text }) => text === given);
  return { taken: all[at], passed: all.filter((_, i) => i !== at) };
}

/** People write a step only to have a right one. */
function byHand({ text, rating, flagged }: z.infer<typeof HumanCompletion>): JudgedStep {
  return { text, rating: rating ?? 1, flagged: flagged === true, human: true };
}

/** A solution is judged up to its first wrong step, as in phase 2. */
function ratedUntilError(steps: readonly JudgedStep[]): (JudgedStep & { rating: Rating })[] {
  const rated: (JudgedStep & { rating: Rating })[] = [];
  for (const { rating, ...step } of steps) {
    if (rating === null) break;
    rated.push({ ...step, rating });
    if (rating === -1) break;
  }
  return rated;
}

function labelOf({ rating, flagged, human }: JudgedStep & { rating: Rating }, text: string) {
  if (human) {
    const written = { text, rating: rating === 1 ? null : rating, source: "human", flagged };
    return { completions: [], human_completion: written, chosen_completion: null };
  }
  const completions = [{ text, rating, flagged: flagged ? true : null }];
  return { completions, human_completion: null, chosen_completion: rating === -1 ? null : 0 };
}
