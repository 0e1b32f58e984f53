import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { csvLines } from "../../protocol/evaluation-csv.ts";
import {
  EvaluationCommand,
  EvaluationList,
  EvaluationProblems,
  EvaluationRow,
  EvaluationRows,
  EvaluationSpec,
  EvaluationState,
} from "../../protocol/evaluations.ts";
import type { Api, Resources } from "../app.ts";
import { ERRORS } from "../problem-details.ts";
import { RunParams } from "../run-routes.ts";
import { SECURITY_HEADERS } from "../trust.ts";

/** Evaluations: start, list, follow by asking again, cancel, resume, and their rows. */
export function addEvaluationRoutes(
  api: Api,
  { evaluations, store }: Pick<Resources, "evaluations" | "store">,
): void {
  api.post(
    "/api/evaluations",
    {
      schema: {
        ...{ operationId: "startEvaluation", summary: "Start an evaluation" },
        body: EvaluationSpec,
        response: { 201: EvaluationState, ...ERRORS },
      },
    },
    async ({ body }, reply) => {
      const state = await evaluations.start(body);
      return reply.code(201).header("location", `/api/evaluations/${state.id}`).send(state);
    },
  );
  api.get(
    "/api/evaluations",
    {
      schema: {
        ...{ operationId: "listEvaluations", summary: "Evaluations, newest first" },
        response: { 200: EvaluationList, ...ERRORS },
      },
    },
    () => ({ evaluations: evaluations.list() }),
  );
  api.get(
    "/api/evaluations/:id",
    {
      schema: {
        ...{
          operationId: "getEvaluation",
          summary: "How an evaluation stands, with the time left",
        },
        params: RunParams,
        response: { 200: EvaluationState, ...ERRORS },
      },
    },
    ({ params }) => evaluations.get(params.id),
  );
  api.post(
    "/api/evaluations/:id/commands",
    {
      schema: {
        operationId: "commandEvaluation",
        summary: "Cancel an evaluation, or go on with one that was; what is done is kept",
        params: RunParams,
        body: EvaluationCommand,
        response: { 202: EvaluationState, ...ERRORS },
      },
    },
    async ({ params: { id }, body }, reply) => {
      reply.code(202);
      return body.command === "cancel" ? evaluations.cancel(id) : evaluations.resume(id);
    },
  );
  api.delete(
    "/api/evaluations/:id",
    {
      schema: {
        operationId: "deleteEvaluation",
        summary:
          "Delete an evaluation that neither runs nor waits; runs that were opened from it stay",
        params: RunParams,
        response: { 204: z.null(), ...ERRORS },
      },
    },
    async ({ params }, reply) => {
      await evaluations.remove(params.id);
      return reply.code(204).send(null);
    },
  );
  addRowRoutes(api, { evaluations, store });
}

/** What an evaluation came to. The rows are stored as they are sent, so nothing is read of them on the way. */
function addRowRoutes(
  api: Api,
  { evaluations, store }: Pick<Resources, "evaluations" | "store">,
): void {
  api.get(
    "/api/evaluations/:id/problems",
    {
      schema: {
        ...{ operationId: "getEvaluationProblems", summary: "What the rows are about" },
        params: RunParams,
        response: { 200: EvaluationProblems, ...ERRORS },
      },
    },
    ({ params }) => ({ problems: store.evaluations.problems(evaluations.get(params.id).id) }),
  );
  api.route({
    method: "GET",
    url: "/api/evaluations/:id/rows",
    exposeHeadRoute: false,
    schema: {
      ...{ operationId: "getEvaluationRows", summary: "The rows of all problems that are done" },
      params: RunParams,
      response: {
        200: {
          description: "The rows",
          content: { "application/json": { schema: EvaluationRows } },
        },
        ...ERRORS,
      },
    },
    async handler({ params }, reply) {
      const { id } = evaluations.get(params.id);
      await sendText(reply, jsonOf(store.evaluations.rows(id)), {
        "content-type": "application/json; charset=utf-8",
      });
      return reply;
    },
  });
  api.route({
    method: "GET",
    url: "/api/evaluations/:id/rows.csv",
    exposeHeadRoute: false,
    schema: {
      operationId: "getEvaluationTable",
      summary: "The same as a table, with the seed of each run",
      params: RunParams,
      response: {
        200: { description: "The table", content: { "text/csv": { schema: z.string() } } },
        ...ERRORS,
      },
    },
    async handler({ params }, reply) {
      const { id, spec } = evaluations.get(params.id);
      const problems = store.evaluations.problems(id);
      const lines = csvLines(spec, problems, parsedRows(store.evaluations.rows(id)));
      await sendText(reply, lines, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="evaluation-${id}.csv"`,
      });
      return reply;
    },
  });
}

/** The JSON of `EvaluationRows`, of that of the rows of each problem. */
function* jsonOf(done: Iterable<string>): Generator<string> {
  let before = '{"rows":[';
  for (const data of done) {
    yield `${before}${data.slice(1, -1)}`;
    before = ",";
  }
  yield before === "," ? "]}" : `${before}]}`;
}

function* parsedRows(done: Iterable<string>): Generator<EvaluationRow> {
  for (const data of done) yield* z.array(EvaluationRow).parse(JSON.parse(data));
}

/** Sends a text piece by piece, as fast as it is taken. */
async function sendText(
  reply: Pick<FastifyReply, "hijack" | "raw">,
  pieces: Iterable<string>,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  reply.hijack();
  reply.raw.writeHead(200, { ...SECURITY_HEADERS, "cache-control": "no-store", ...headers });
  // Who does not want the rest any more goes away.
  await pipeline(Readable.from(pieces), reply.raw).catch(() => reply.raw.destroy());
}
