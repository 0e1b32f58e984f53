import { z } from "zod";
import { FAMILIES } from "../problems/families.ts";
import type { Family } from "../problems/family.ts";
import { Problem } from "../protocol/events.ts";
import { ModelList, ProblemList } from "../protocol/runs.ts";
import { readTyped } from "./accept-run.ts";
import type { Api, Resources } from "./app.ts";
import { ERRORS, fieldProblem } from "./problem-details.ts";

const ProblemQuery = z.strictObject({
  family: z.string().max(40).optional(),
  level: z.coerce.number().int().optional(),
  /** The first seed; the others follow. */
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(0),
  /** Problems of each family and level. */
  count: z.coerce.number().int().min(1).max(50).default(1),
});

/** What runs can be made of: models and problems. */
export function addProblemRoutes(api: Api, { models }: Resources): void {
  api.get(
    "/api/models",
    {
      schema: {
        ...{ operationId: "listModels", summary: "Models, with what was measured of them" },
        response: { 200: ModelList, ...ERRORS },
      },
    },
    () => models,
  );
  api.get(
    "/api/problems",
    {
      schema: {
        operationId: "listProblems",
        summary: "Families of problems, and problems made by seed that no model was trained on",
        querystring: ProblemQuery,
        response: { 200: ProblemList, ...ERRORS },
      },
    },
    ({ query }) => ({ families: FAMILIES.map(describe), problems: generate(query) }),
  );
  api.post(
    "/api/problems/check",
    {
      schema: {
        operationId: "checkProblem",
        summary: "Read a problem that a person types; 422 says what is wrong with it and where",
        body: z.strictObject({ text: z.string().max(2000) }),
        response: { 200: Problem, ...ERRORS },
      },
    },
    ({ body }) => {
      const { family, text, level } = readTyped("text", body.text);
      return { family: family?.name ?? null, text, level };
    },
  );
}

function describe({ name, about, example, levels }: Family) {
  return { name, about, example, levels: [...levels] };
}

function generate({ family, level, seed, count }: z.infer<typeof ProblemQuery>): Problem[] {
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
