import { createRandom } from "../../lib/random.ts";
import { insertJudgements, judgementTokens } from "../../models/embedded/judgements.ts";
import { encodeSolution, VOCABULARY } from "../../models/embedded/vocabulary.ts";
import { type Labelled, labelledPart } from "../labels/labels.ts";
import type { Lesson, Lessons } from "../tuning/lessons.ts";

const JUDGEMENTS = judgementTokens(VOCABULARY);

/**
 * Labelled attempts to learn judging from, each as likely as any other. Throws
 * an `Error` if no step has a label.
 */
export function createJudgedLessons({
  attempts,
  languageWeight,
}: {
  readonly attempts: readonly Labelled[];
  readonly languageWeight: number;
}): Lessons {
  const judged = attempts.filter(({ labels }) => labels.length > 0);
  if (judged.length === 0) throw new Error("There is no labelled step to learn judging from");
  return (seed) => {
    const attempt = judged[Math.floor(createRandom(seed)() * judged.length)]!;
    return judgedLesson(attempt, languageWeight);
  };
}

/**
 * An attempt with a judgement after every labelled step, which is what is to be
 * learnt: `step\n+step\n+step\n-`. What follows the first wrong step is left out.
 * Of a right solution its own tokens are learnt too, at `languageWeight` each:
 * that keeps the arithmetic which the judgements rest on.
 */
export function judgedLesson(attempt: Labelled, languageWeight: number): Lesson {
  const { problem, labels } = attempt;
  const read = labelledPart(attempt);
  const { tokens, promptLength, stepEnds } = insertJudgements(
    encodeSolution({ problem, ...read }),
    labels.map((label) => (label === 1 ? JUDGEMENTS.right : JUDGEMENTS.wrong)),
  );
  const isRight = read.ended && labels.every((label) => label === 1);
  const weights = tokens.map((_, t) => (isRight && t >= promptLength ? languageWeight : 0));
  for (const end of stepEnds) weights[end] = 1;
  return { tokens, weights };
}
