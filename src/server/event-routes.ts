import { z } from "zod";
import { HttpProblem } from "../runs/http-problem.ts";
import type { LiveRuns } from "../runs/live-runs.ts";
import type { Api, Resources } from "./app.ts";
import { NDJSON } from "./event-stream.ts";
import { ERRORS } from "./problem-details.ts";
import { RunParams } from "./run-routes.ts";
import { SECURITY_HEADERS } from "./trust.ts";

/** A seq as text; −1 is before the first event. */
const Seq = z
  .string()
  .regex(/^(-1|\d{1,10})$/, "must be the seq of an event")
  .transform(Number);

/** The events of a run, as a stream to follow or as a file. */
export function addEventRoutes(api: Api, { runs, streams }: Resources): void {
  api.route({
    method: "GET",
    url: "/api/runs/:id/events",
    exposeHeadRoute: false,
    schema: {
      operationId: "followRun",
      summary: "The events after a seq, and those to come",
      description:
        "Server-sent events: each message is a JSON array of events, its id the seq of the last of them. " +
        "After the last event of a log that goes no further comes a message of type `end`. " +
        `With \`Accept: ${NDJSON}\`, what the log has so far, an event a line.`,
      params: RunParams,
      querystring: z.strictObject({ after: Seq.optional() }),
      headers: z.looseObject({ "last-event-id": Seq.optional() }),
      response: {
        200: {
          description: "The log",
          content: {
            "text/event-stream": { schema: z.string() },
            [NDJSON]: { schema: z.string() },
          },
        },
        ...ERRORS,
      },
    },
    async handler({ params: { id }, query, headers }, reply) {
      const { lastSeq } = await runs.get(id);
      const after = headers["last-event-id"] ?? query.after ?? -1;
      if (after > lastSeq) {
        throw new HttpProblem(409, `The log of run ${id} ends at seq ${lastSeq}, before ${after}.`);
      }
      const isFile = String(headers["accept"]).includes(NDJSON);
      if (!isFile) streams.admit();
      reply.hijack();
      const out = reply.raw;
      const sent = { run: id, after, headers: { ...SECURITY_HEADERS, vary: "accept" } };
      const sending = isFile
        ? streams.sendFile(out, sent)
        : streams.serve(out, { ...sent, log: runs.logOf(id), ending: () => endingOf(runs, id) });
      await sending.catch((error: unknown) => {
        // Nothing can be answered any more; the reader sees a connection that broke and asks again.
        if (!out.destroyed) console.error(error);
        out.destroy();
      });
      return reply;
    },
  });
}

async function endingOf(runs: LiveRuns, id: string): Promise<object> {
  const { status } = await runs.get(id);
  return { status };
}
