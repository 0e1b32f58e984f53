import { type Replay, replayFacts, replayOf } from "../models/replay-trace.ts";
import { RunSpec, RunSummary } from "../protocol/runs.ts";
import { TraceSpec } from "../protocol/traces.ts";
import type { SearchProblem } from "../search/context.ts";
import { record } from "../search/record.ts";
import { readTyped } from "./accept-run.ts";
import type { Api, Resources } from "./app.ts";
import type { AcceptedRun } from "./live-runs.ts";
import { ERRORS, fieldProblem } from "./problem-details.ts";

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
      const problem = readMeant(body);
      const replay = replayOf(body);
      const run = await runs.keep(acceptReplay(replay, problem), (id) => {
        const { signal } = new AbortController();
        const began = performance.now();
        const clock = () => performance.now() - began;
        const producer = `sentei@${version}`;
        const facts = replayFacts(replay, { problem, signal, producer, elapsedMs: clock });
        return record(facts, { run: id, clock, signal });
      });
      return reply.code(201).header("location", `/api/runs/${run.id}`).send(run);
    },
  );
}

/** Throws an `HttpProblem` 422 for what is no problem, or is one of another family than was meant. */
function readMeant({ problem: text, family: meant }: TraceSpec): SearchProblem {
  const problem = readTyped("problem", text);
  const family = problem.family?.name ?? null;
  if (meant === undefined || meant === family) return problem;
  const message = `the problem reads as one of ${family ?? "no family"}`;
  throw fieldProblem({ field: "family", message, value: meant });
}

function acceptReplay({ strategy, context }: Replay, problem: SearchProblem): AcceptedRun {
  const { policy, verifier, sampling, seed } = context;
  const { family, text, level } = problem;
  return {
    spec: RunSpec.parse({
      ...{ problem: text, strategy, sampling, seed },
      ...{ policy: policy.name, verifier: verifier?.name ?? null },
    }),
    problem: { family: family?.name ?? null, text, level },
    policy: { name: policy.name, revision: policy.revision },
    verifier: verifier && { name: verifier.name, revision: verifier.revision },
  };
}
