import { z } from "zod";
import { FAMILIES } from "../problems/families.ts";
import type { Family } from "../problems/family.ts";
import type { Problem } from "../protocol/events.ts";
import type { ProblemList } from "../protocol/runs.ts";
import { fieldProblem } from "./http-problem.ts";

export const ProblemQuery = z.strictObject({
  family: z.string().max(40).optional(),
  level: z.coerce.number().int().optional(),
  /** The first seed; the others follow. */
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(0),
  /** Problems of each family and level. */
  count: z.coerce.number().int().min(1).max(50).default(1),
});
export type ProblemQuery = z.infer<typeof ProblemQuery>;

/** All families, and problems that no model was trained on. Throws an `HttpProblem` 422 for what there is not. */
export function listProblems(query: ProblemQuery): ProblemList {
  return { families: FAMILIES.map(describe), problems: generate(query), sets: [] };
}

function describe({ name, about, example, levels }: Family) {
  return { name, about, example, levels: [...levels] };
}

function generate({ family, level, seed, count }: ProblemQuery): Problem[] {
  const families = FAMILIES.filter(({ name }) => family === undefined || name === family);
  if (families.length === 0) {
    const names = FAMILIES.map(({ name }) => name).join(", ");
    throw fieldProblem({ field: "family", message: `there are ${names}`, value: family });
  }
  const problems = families.flatMap((each) =>
    each.levels
      .filter((one) => level === undefined || one === level)
      .flatMap((one) => Array.from({ length: count }, (_, i) => problemOf(each, one, seed + i))),
  );
  if (problems.length > 0) return problems;
  const levels = families.map((each) => `${each.name} has ${each.levels.join(", ")}`).join("; ");
  throw fieldProblem({ field: "level", message: levels, value: level });
}

function problemOf(family: Family, level: number, seed: number): Problem {
  const problem = family.generate({ level, seed: seed >>> 0, split: "held-out" });
  return { family: family.name, text: family.render(problem), level };
}
