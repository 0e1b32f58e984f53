import { type Replay, replayFacts, replayOf } from "../models/replay-trace.ts";
import { RunSpec, type RunSummary } from "../protocol/runs.ts";
import type { TraceSpec } from "../protocol/traces.ts";
import type { SearchProblem } from "../search/context.ts";
import { record } from "../search/record.ts";
import { readTyped } from "./accept-run.ts";
import { fieldProblem } from "./http-problem.ts";
import type { AcceptedRun, LiveRuns } from "./live-runs.ts";

/**
 * Keeps recorded attempts as a finished run. `producer` is who makes its log,
 * `name@version`. Rejects with an `HttpProblem` 422 for what is no problem, or
 * is one of another family than was meant.
 */
export function keepTrace(runs: LiveRuns, trace: TraceSpec, producer: string): Promise<RunSummary> {
  const problem = readMeant(trace);
  const replay = replayOf(trace);
  return runs.keep(acceptReplay(replay, problem), (id) => {
    const { signal } = new AbortController();
    const began = performance.now();
    const clock = () => performance.now() - began;
    const facts = replayFacts(replay, { problem, signal, producer, elapsedMs: clock });
    return record(facts, { run: id, clock, signal });
  });
}

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
