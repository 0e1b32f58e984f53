import { z } from "zod";
import type { RunEvent } from "../protocol/events.ts";
import { Command, RunList, RunQuery, RunSpec, RunSummary } from "../protocol/runs.ts";
import { acceptRun } from "../runs/accept-run.ts";
import { HttpProblem } from "../runs/http-problem.ts";
import { hasEnded } from "../runs/progress.ts";
import { specToResume } from "../runs/resume-run.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Api, Resources } from "./app.ts";
import { ERRORS } from "./problem-details.ts";

export const RunParams = z.object({ id: z.string().max(64) });

const Health = z.object({
  status: z.literal("ok"),
  version: z.string(),
  runs: z.object({ running: z.int(), waiting: z.int() }),
  readers: z.int(),
});

/** Runs: start, list, look at, steer. */
export function addRunRoutes(api: Api, resources: Resources): void {
  const { settings, models, store, runs, streams, version } = resources;
  api.get(
    "/api/health",
    {
      schema: {
        ...{
          operationId: "health",
          summary: "Whether the server works, and how much it has to do",
        },
        response: { 200: Health, ...ERRORS },
      },
    },
    () => ({ status: "ok" as const, version, runs: runs.counts, readers: streams.count }),
  );
  api.post(
    "/api/runs",
    {
      schema: {
        operationId: "startRun",
        summary: "Start a run",
        body: RunSpec,
        response: { 201: RunSummary, ...ERRORS },
      },
    },
    async ({ body }, reply) => {
      const run = await runs.start(acceptRun(body, { models: models(), limits: settings.limits }));
      return reply.code(201).header("location", `/api/runs/${run.id}`).send(run);
    },
  );
  api.get(
    "/api/runs",
    {
      schema: {
        ...{ operationId: "listRuns", summary: "Runs, newest first" },
        querystring: RunQuery,
        response: { 200: RunList, ...ERRORS },
      },
    },
    async ({ query }) => {
      const page = await store.list(query);
      return { ...page, runs: page.runs.map((run) => runs.shown(run)) };
    },
  );
  api.get(
    "/api/runs/:id",
    {
      schema: {
        ...{ operationId: "getRun", summary: "A run as its log has it so far" },
        params: RunParams,
        response: { 200: RunSummary, ...ERRORS },
      },
    },
    ({ params }) => runs.get(params.id),
  );
  api.post(
    "/api/runs/:id/resume",
    {
      schema: {
        operationId: "resumeRun",
        summary: "Start a run that goes on where the log of this one stopped",
        params: RunParams,
        body: z.strictObject({}),
        response: { 201: RunSummary, ...ERRORS },
      },
    },
    async ({ params }, reply) => {
      const { id, status } = await runs.get(params.id);
      if (!hasEnded(status))
        throw new HttpProblem(409, `Run ${id} is ${status}: it goes on by itself.`);
      const recorded = { run: id, events: await readEvents(store, id) };
      const spec = specToResume(recorded, models());
      const accepted = acceptRun(spec, { models: models(), limits: settings.limits });
      const run = await runs.start(accepted, recorded);
      return reply.code(201).header("location", `/api/runs/${run.id}`).send(run);
    },
  );
  api.post(
    "/api/runs/:id/commands",
    {
      schema: {
        operationId: "commandRun",
        summary: "Steer a run at its source; what comes of it is in the log",
        params: RunParams,
        body: Command,
        response: { 202: RunSummary, ...ERRORS },
      },
    },
    async ({ params, body }, reply) => {
      await runs.command(params.id, body);
      return reply.code(202).send(await runs.get(params.id));
    },
  );
}

/** Lines of a log that are read at once. */
const PIECE = { lines: 10_000, characters: 1 << 24 };

async function readEvents(store: Pick<RunStore, "readAfter">, id: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const lines = await store.readAfter(id, events.length - 1, PIECE);
    if (lines.length === 0) return events;
    // Written by this program, and checked then.
    for (const { data } of lines) events.push(JSON.parse(data) as RunEvent);
  }
}
