import type { Grade } from "../family.ts";
import { statedAnswer } from "./extract-answer.ts";
import { readAnswer } from "./read-answer.ts";
import { isSameAnswer, keyOf } from "./same-answer.ts";

/** Name of the problems that have a known answer and nothing else that could be checked. */
export const MATH = "math";

/** As `Grade`; `correct` is `null` where no answer is known, or none was stated. */
export interface MathGrade extends Omit<Grade, "correct"> {
  readonly correct: boolean | null;
}

/**
 * Grades what a solution stated as its answer by a reference answer, `null` if none
 * is known. No answer is neither right nor wrong.
 */
export function gradeMath(stated: string | null, reference: string | null): MathGrade {
  const answer = stated === null ? null : statedAnswer(stated);
  if (answer === null) return { answer: null, canonical: null, correct: null };
  const read = readAnswer(answer);
  return {
    answer,
    canonical: keyOf(read),
    correct: reference === null ? null : isSameAnswer(read, readReference(reference)),
  };
}

/** Whether two answers mean the same, as graded. */
export function areEqualAnswers(a: string, b: string): boolean {
  return isSameAnswer(readAnswer(a), readAnswer(b));
}

/** A reference may be a whole solution, as GSM8K has them. */
function readReference(reference: string) {
  return readAnswer(statedAnswer(reference) ?? reference);
}
