import { countdown } from "./countdown/countdown.ts";
import { equations } from "./equations/equations.ts";
import { expressions } from "./expressions/expressions.ts";
import type { Family } from "./family.ts";
import { wordProblems } from "./word-problems/word-problems.ts";

/** Every family, in the order in which the interface offers them. */
export const FAMILIES: readonly Family[] = [expressions, countdown, equations, wordProblems];

/** The family of this name. Throws a `RangeError` that lists the names if there is none. */
export function familyOf(name: string): Family {
  const family = FAMILIES.find((candidate) => candidate.name === name);
  if (family) return family;
  const names = FAMILIES.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`no family of problems is called "${name}"; there are ${names}`);
}

/**
 * Reads a problem whose family is not told: that of the family whose texts look
 * like this, of the first one where none does. Throws that family's `ProblemError`.
 */
export function parseProblem(text: string): { family: Family; problem: unknown } {
  const family = FAMILIES.find((candidate) => candidate.owns(text)) ?? FAMILIES[0]!;
  return { family, problem: family.parse(text) };
}
