import { countdown } from "./countdown/countdown.ts";
import { expressions } from "./expressions/expressions.ts";
import type { Family } from "./family.ts";

/** Every family, in the order in which the interface offers them. */
export const FAMILIES: readonly Family[] = [expressions, countdown];

/** The family of this name. Throws a `RangeError` that lists the names if there is none. */
export function familyOf(name: string): Family {
  const family = FAMILIES.find((candidate) => candidate.name === name);
  if (family) return family;
  const names = FAMILIES.map((candidate) => candidate.name).join(", ");
  throw new RangeError(`no family of problems is called "${name}"; there are ${names}`);
}

/**
 * Reads a problem whose family is not told: an arrow in it means countdown,
 * anything else is an expression. Throws that family's `ProblemError`.
 */
export function parseProblem(text: string): { family: Family; problem: unknown } {
  const family: Family = /->|→/.test(text) ? countdown : expressions;
  return { family, problem: family.parse(text) };
}
