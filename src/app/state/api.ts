import { z } from "zod";
import { parseProblem } from "../../problems/families.ts";
import { ProblemError } from "../../problems/family.ts";
import type { Problem } from "../../protocol/events.ts";
import {
  type CommandInput,
  ModelList,
  ProblemDetails,
  ProblemList,
  RunList,
  type RunQuery,
  type RunSpecInput,
  RunSummary,
} from "../../protocol/runs.ts";
import type { TraceSpec } from "../../protocol/traces.ts";
import { type TrainingSpec, TrainingState } from "../../protocol/training.ts";

/** The server said no, or could not be understood. `message` is a sentence for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 if the server could not be reached. */
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.detail);
    this.status = details.status;
    this.details = details;
  }
}

/** What a test replaces, and what stops a request. */
export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
}

/** Which generated problems to list; what is left out is the server's choice. */
export interface ProblemQuery {
  readonly family?: string;
  readonly level?: number;
  readonly seed?: number;
  readonly count?: number;
}

export function fetchModels(options?: RequestOptions): Promise<ModelList> {
  return request(ModelList, "/api/models", {}, options);
}

export function fetchProblems(
  query: ProblemQuery = {},
  options?: RequestOptions,
): Promise<ProblemList> {
  return request(ProblemList, `/api/problems${queryString(query)}`, {}, options);
}

/** Starts a run. Throws an `ApiError` whose details name the field that is wrong. */
export function createRun(spec: RunSpecInput, options?: RequestOptions): Promise<RunSummary> {
  return request(RunSummary, "/api/runs", json(spec), options);
}

export function fetchRuns(
  query: Partial<RunQuery> = {},
  options?: RequestOptions,
): Promise<RunList> {
  return request(RunList, `/api/runs${queryString(query)}`, {}, options);
}

export function fetchRun(id: string, options?: RequestOptions): Promise<RunSummary> {
  return request(RunSummary, `/api/runs/${encodeURIComponent(id)}`, {}, options);
}

/** Steers a run at its source. What came of it is told by the run's log. */
export async function sendCommand(
  id: string,
  command: CommandInput,
  options?: RequestOptions,
): Promise<void> {
  await request(
    z.unknown(),
    `/api/runs/${encodeURIComponent(id)}/commands`,
    json(command),
    options,
  );
}

/** Makes a finished run of recorded attempts. Throws an `ApiError` whose details name the field that is wrong. */
export function importTrace(trace: TraceSpec, options?: RequestOptions): Promise<RunSummary> {
  return request(RunSummary, "/api/traces", json(trace), options);
}

export function fetchTraining(options?: RequestOptions): Promise<TrainingState> {
  return request(TrainingState, "/api/training", {}, options);
}

export function startTraining(
  spec: TrainingSpec,
  options?: RequestOptions,
): Promise<TrainingState> {
  return request(TrainingState, "/api/training", json(spec), options);
}

/** Pauses the training of the server at its last checkpoint. */
export function pauseTraining(options?: RequestOptions): Promise<TrainingState> {
  const command = { command: "pause" };
  return request(TrainingState, "/api/training/commands", json(command), options);
}

function json(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

function queryString(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}

async function request<S extends z.ZodType>(
  schema: S,
  path: string,
  init: RequestInit,
  { signal, fetch = globalThis.fetch }: RequestOptions = {},
): Promise<z.output<S>> {
  const response = await fetch(path, { ...init, ...(signal && { signal }) }).catch(
    (error: unknown) => {
      if (signal?.aborted) throw error;
      throw new ApiError(problem(0, "No connection", "The server cannot be reached."));
    },
  );
  if (!response.ok) throw await apiError(response);
  const text = await response.text();
  const parsed = schema.safeParse(text === "" ? null : parseJson(text, path));
  if (parsed.success) return parsed.data;
  throw new ApiError(
    problem(
      response.status,
      "Unreadable answer",
      `The server's answer to ${path} is not what this page understands: ${z.prettifyError(parsed.error)}`,
    ),
  );
}

/** The error that a response with an error status stands for. */
export async function apiError(response: Response): Promise<ApiError> {
  const text = await response.text();
  const parsed = ProblemDetails.safeParse(jsonOrNull(text));
  const details = parsed.success
    ? parsed.data
    : problem(
        response.status,
        response.statusText || "Error",
        `The server answered with status ${response.status}.`,
      );
  return new ApiError(details);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(
      problem(200, "Unreadable answer", `The server's answer to ${path} is not JSON.`),
    );
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problem(status: number, title: string, detail: string): ProblemDetails {
  return { type: "about:blank", status, title, detail };
}

/** What can be said of a problem before it runs. */
export type ProblemCheck =
  | { readonly ok: true; readonly problem: Problem }
  /** `at`: offset into the text at which it goes wrong, where there is one. */
  | { readonly ok: false; readonly message: string; readonly at: number | null };

/** Reads a problem that a person is typing, by the same code as the server, without asking it. */
export function checkProblem(text: string): ProblemCheck {
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
    if (error instanceof ProblemError) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}
