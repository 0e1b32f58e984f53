import { gradeMath } from "../problems/math/grade.ts";
import type { SearchProblem } from "./context.ts";
import type { Steps } from "./ports.ts";

/** What a finished candidate says, and whether it is right. */
export interface Answer {
  /** As a person would write it; `null` if none could be read. */
  readonly answer: string | null;
  /** Equal for equal answers; `null` if none could be read. */
  readonly canonical: string | null;
  /** `null`: nobody here can tell. */
  readonly correct: boolean | null;
}

const UNREADABLE: Answer = { answer: null, canonical: null, correct: null };

/**
 * Reads the answer of a finished candidate. An answer that cannot be read is
 * neither right nor wrong, whatever the grade: it has no vote. Without a family
 * it is read as mathematics, so that equal answers have one vote.
 */
export function readAnswer(
  { family, parsed, reference }: SearchProblem,
  steps: Steps,
  stated: string | null,
): Answer {
  if (family !== null && reference === undefined) {
    const grade = family.grade(parsed, steps, stated);
    return grade.canonical === null ? UNREADABLE : grade;
  }
  return gradeMath(stated, reference ?? null);
}
