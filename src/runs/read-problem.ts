import { parseProblem } from "../problems/families.ts";
import { ProblemError } from "../problems/family.ts";
import type { RunSpec } from "../protocol/runs.ts";
import type { SearchProblem } from "../search/context.ts";
import { isRemote } from "./model-list.ts";

/** The problem of a run. With a reference answer, or for a model that reads everything, it may be any text. */
export function readRunProblem({
  problem,
  policy,
  reference,
}: Pick<RunSpec, "problem" | "policy" | "reference">): SearchProblem {
  const isAny = reference !== undefined || isRemote(policy);
  const read = isAny ? readAnyProblem(problem) : readProblem(problem);
  return reference === undefined ? read : { ...read, reference };
}

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

/** The same for models that read everything: what no family knows is a problem all the same, which nobody here can check. */
export function readAnyProblem(text: string): SearchProblem {
  try {
    return readProblem(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { family: null, parsed: null, text: text.trim(), level: null };
  }
}
