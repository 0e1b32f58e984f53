import { parseProblem } from "../problems/families.ts";
import type { SearchProblem } from "../search/context.ts";

/** Reads a problem that a person typed. Throws a `ProblemError` that says what is wrong with it. */
export function readProblem(text: string): SearchProblem {
  const { family, problem } = parseProblem(text);
  return {
    family,
    parsed: problem,
    text: family.render(problem),
    level: family.levelOf(problem),
  };
}
