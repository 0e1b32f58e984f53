import { RunSummary } from "../protocol/runs.ts";
import { TraceSpec } from "../protocol/traces.ts";
import { keepTrace } from "../runs/keep-trace.ts";
import type { Api, Resources } from "./app.ts";
import { ERRORS } from "./problem-details.ts";

/** Attempts that were recorded elsewhere, as runs. */
export function addTraceRoutes(api: Api, { runs, version }: Resources): void {
  api.post(
    "/api/traces",
    {
      schema: {
        operationId: "importTrace",
        summary: "Make a finished run of recorded attempts at a problem",
        description:
          "The run votes between the attempts, weighted by their scores where all that ended have some. " +
          "Its policy is called `replayed`, and it spends nothing.",
        body: TraceSpec,
        response: { 201: RunSummary, ...ERRORS },
      },
    },
    async ({ body }, reply) => {
      const run = await keepTrace(runs, body, `sentei@${version}`);
      return reply.code(201).header("location", `/api/runs/${run.id}`).send(run);
    },
  );
}
