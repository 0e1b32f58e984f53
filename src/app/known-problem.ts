import { FAMILIES } from "../problems/families.ts";
import { type Family, ProblemError } from "../problems/family.ts";
import type { Problem } from "../protocol/events.ts";

/** A problem as the family reads it that can check it. */
export interface KnownProblem {
  readonly family: Family;
  readonly problem: unknown;
}

/** Reads the problem of a run; `null` if no family here knows it. */
export function readKnown({ family: name, text }: Problem): KnownProblem | null {
  const family = FAMILIES.find((candidate) => candidate.name === name);
  try {
    return family ? { family, problem: family.parse(text) } : null;
  } catch (error) {
    // A log from elsewhere may call a family ours and mean something else by it.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
