import { z } from "zod";
import { Problem } from "../protocol/events.ts";
import { ModelList, ProblemList } from "../protocol/runs.ts";
import { readTyped } from "../runs/accept-run.ts";
import { listProblems, ProblemQuery } from "../runs/problem-list.ts";
import type { Api, Resources } from "./app.ts";
import { ERRORS } from "./problem-details.ts";

/** What runs can be made of: models and problems. */
export function addProblemRoutes(api: Api, { models, store }: Resources): void {
  api.get(
    "/api/models",
    {
      schema: {
        ...{ operationId: "listModels", summary: "Models, with what was measured of them" },
        response: { 200: ModelList, ...ERRORS },
      },
    },
    () => models(),
  );
  api.get(
    "/api/problems",
    {
      schema: {
        operationId: "listProblems",
        summary:
          "Families of problems, and problems made by seed that no model was trained on; uploaded sets",
        querystring: ProblemQuery,
        response: { 200: ProblemList, ...ERRORS },
      },
    },
    async ({ query }) => ({ ...listProblems(query), sets: await store.sets.list() }),
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
