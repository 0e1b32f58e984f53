import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { TrainingCommand, TrainingSpec, TrainingState } from "../../protocol/training.ts";
import type { Api, Resources } from "../app.ts";
import { ERRORS } from "../problem-details.ts";
import { SECURITY_HEADERS } from "../trust.ts";
import { readLog } from "./training-log-file.ts";

/** Between two looks at the log, ms. */
const LOOK_MS = 400;

const Offset = z
  .string()
  .regex(/^\d{1,15}$/, "must be an offset into the log")
  .transform(Number);

/** The training of this server: how it stands, starting and pausing it, and its log. */
export function addTrainingRoutes(api: Api, { training, settings }: Resources): void {
  const answers = { 200: TrainingState, ...ERRORS };
  api.get(
    "/api/training",
    {
      schema: {
        ...{ operationId: "getTraining", summary: "How the training stands" },
        response: answers,
      },
    },
    () => training.state(),
  );
  api.post(
    "/api/training",
    {
      schema: {
        ...{
          operationId: "startTraining",
          summary: "Start a training, or go on with a paused one",
        },
        body: TrainingSpec,
        response: { 202: TrainingState, ...ERRORS },
      },
    },
    ({ body }, reply) => {
      reply.code(202);
      return training.start(body);
    },
  );
  api.post(
    "/api/training/commands",
    {
      schema: {
        ...{ operationId: "commandTraining", summary: "Pause it at its last checkpoint" },
        body: TrainingCommand,
        response: answers,
      },
    },
    () => training.pause(),
  );
  api.route({
    method: "GET",
    url: "/api/training/events",
    exposeHeadRoute: false,
    schema: {
      operationId: "followTraining",
      summary: "The log of all trainings in this folder, and what is added to it",
      description:
        "Server-sent events: each message is a JSON array of events, its id the offset in bytes after the last.",
      querystring: z.strictObject({ after: Offset.optional() }),
      headers: z.looseObject({ "last-event-id": Offset.optional() }),
      response: {
        200: { description: "The log", content: { "text/event-stream": { schema: z.string() } } },
        ...ERRORS,
      },
    },
    async handler({ query, headers }, reply) {
      reply.hijack();
      const out = reply.raw;
      const gone = new AbortController();
      out.on("close", () => gone.abort());
      out.on("error", () => gone.abort());
      out.writeHead(200, {
        ...SECURITY_HEADERS,
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      });
      out.write("retry: 1000\n\n");
      let at = headers["last-event-id"] ?? query.after ?? 0;
      let quietSince = performance.now();
      while (!gone.signal.aborted) {
        const { lines, end } = readLog(training.log, at);
        if (lines.length > 0) {
          at = end;
          quietSince = performance.now();
          const took = out.write(`id: ${end}\ndata: [${lines.join(",")}]\n\n`);
          if (!took) await sleep(LOOK_MS, undefined, { signal: gone.signal }).catch(() => {});
          continue;
        }
        if (performance.now() - quietSince > settings.limits.heartbeatMs) {
          quietSince = performance.now();
          out.write(": \n\n");
        }
        await sleep(LOOK_MS, undefined, { signal: gone.signal }).catch(() => {});
      }
      return reply;
    },
  });
}
