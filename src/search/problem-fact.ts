import { MATH } from "../problems/math/grade.ts";
import type { Problem } from "../protocol/events.ts";
import type { SearchProblem } from "./context.ts";

/** What a log says of a problem. */
export function problemFact({ family, text, level, reference }: SearchProblem): Problem {
  if (reference === undefined) return { family: family?.name ?? null, text, level };
  return { family: family?.name ?? MATH, text, level, reference };
}
