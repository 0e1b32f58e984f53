import fastifySwagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { z } from "zod";
import { Use } from "../protocol/budget.ts";
import {
  Capabilities,
  Connection,
  ConnectionList,
  ModelFormat,
  SelfTest,
} from "../protocol/connections.ts";
import {
  EvaluationCommand,
  EvaluationList,
  EvaluationProblems,
  EvaluationRow,
  EvaluationRows,
  EvaluationSpec,
  EvaluationState,
} from "../protocol/evaluations.ts";
import { Problem, RunEvent } from "../protocol/events.ts";
import {
  Command,
  ModelCard,
  ModelList,
  ProblemDetails,
  ProblemList,
  RunList,
  RunSpec,
  RunSummary,
} from "../protocol/runs.ts";
import { Scoring } from "../protocol/scoring.ts";
import { TrainingCommand, TrainingSpec, TrainingState } from "../protocol/training.ts";
import { SetProblem, UploadedSet, UploadedSetPage } from "../protocol/uploaded-sets.ts";

/** Schemas that have a name in the document too. */
const NAMED = {
  ...{ Capabilities, Connection, ConnectionList, ModelFormat, Scoring, SelfTest },
  ...{ Command, ModelCard, ModelList, Problem, ProblemDetails, ProblemList },
  ...{ EvaluationCommand, EvaluationList, EvaluationProblems, EvaluationRow, EvaluationRows },
  ...{ EvaluationSpec, EvaluationState },
  ...{ SetProblem, UploadedSet, UploadedSetPage },
  ...{ RunEvent, RunList, RunSpec, RunSummary, TrainingCommand, TrainingSpec, TrainingState, Use },
};

/** Has every route that is added from now on described at `/api/openapi.json`, from the schemas that it is checked by. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const schemaRegistry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) schemaRegistry.add(schema, { id });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Sentei",
        version,
        description: "Searches over reasoning steps, guided by a process reward model.",
      },
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
  });
  app.withTypeProvider<ZodTypeProvider>().get(
    "/api/openapi.json",
    {
      schema: {
        ...{ operationId: "describe", summary: "This document" },
        response: { 200: z.looseObject({ openapi: z.string() }) },
      },
    },
    () => ({ ...app.swagger(), openapi: "3.1.0" }),
  );
}
