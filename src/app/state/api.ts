import type { Said } from "../../lib/said.ts";
import { parseProblem } from "../../problems/families.ts";
import { ProblemError } from "../../problems/family.ts";
import type { Problem } from "../../protocol/events.ts";
import type {
  CommandInput,
  ModelList,
  ProblemList,
  RunList,
  RunQuery,
  RunSpecInput,
  RunSummary,
} from "../../protocol/runs.ts";
import type { TraceSpec } from "../../protocol/traces.ts";
import { backend, type ProblemQuery, type RequestOptions } from "../backend/backend.ts";

export function fetchModels(options?: RequestOptions): Promise<ModelList> {
  return backend().models(options);
}

export function fetchProblems(
  query: ProblemQuery = {},
  options?: RequestOptions,
): Promise<ProblemList> {
  return backend().problems(query, options);
}

/** Starts a run. Rejects with an `ApiError` whose details name the field that is wrong. */
export function createRun(spec: RunSpecInput, options?: RequestOptions): Promise<RunSummary> {
  return backend().startRun(spec, options);
}

export function fetchRuns(
  query: Partial<RunQuery> = {},
  options?: RequestOptions,
): Promise<RunList> {
  return backend().runs(query, options);
}

export function fetchRun(id: string, options?: RequestOptions): Promise<RunSummary> {
  return backend().run(id, options);
}

/** What a run's log has so far, as a file: an event a line (NDJSON). Rejects with an `ApiError`. */
export function fetchLog(id: string, options?: RequestOptions): Promise<Blob> {
  return backend().logFile(id, options);
}

/** Steers a run at its source. What came of it is told by the run's log. */
export function sendCommand(
  id: string,
  command: CommandInput,
  options?: RequestOptions,
): Promise<void> {
  return backend().command(id, command, options);
}

/** Makes a finished run of recorded attempts. Rejects with an `ApiError` whose details name the field that is wrong. */
export function importTrace(trace: TraceSpec, options?: RequestOptions): Promise<RunSummary> {
  return backend().keepTrace(trace, options);
}

/** What can be said of a problem before it runs. */
export type ProblemCheck =
  | { readonly ok: true; readonly problem: Problem }
  /** `at`: offset into the text at which it goes wrong, where there is one. */
  | { readonly ok: false; readonly message: Said; readonly at: number | null };

/**
 * Reads a problem that a person is typing, by the same code as the backend, without
 * asking it. `readsAll`: whether the policy reads problems that no family here knows.
 */
export function checkProblem(text: string, { readsAll = false } = {}): ProblemCheck {
  try {
    const { family, problem } = parseProblem(text);
    return {
      ok: true,
      problem: {
        family: family.name,
        text: family.render(problem),
        level: family.levelOf(problem),
      },
    };
  } catch (error) {
    // A problem that cannot be used is an answer here, not an error.
    if (!(error instanceof ProblemError)) throw error;
    if (readsAll) return { ok: true, problem: { family: null, text: text.trim(), level: null } };
    return { ok: false, message: error.said, at: error.at };
  }
}
