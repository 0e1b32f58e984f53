import { z } from "zod";
import { ModelList, ProblemList, RunList, RunSummary } from "../../protocol/runs.ts";
import { TrainingState } from "../../protocol/training.ts";
import { UploadedSetList, UploadedSetPage } from "../../protocol/uploaded-sets.ts";
import { apiError, problem } from "./answer-error.ts";
import {
  ApiError,
  type Backend,
  type RequestOptions,
  type SetBackend,
  type TrainingBackend,
} from "./backend.ts";
import { openEventStream } from "./event-stream.ts";

/** The server that this page is from, over HTTP. Tests put their own network in its place. */
export function serverBackend({
  fetch = globalThis.fetch,
}: {
  fetch?: typeof globalThis.fetch;
} = {}): Backend {
  const { answerTo, ask } = asking(fetch);
  return {
    lacks: new Set(),
    searches: true,
    models: (options) => ask(ModelList, "/api/models", {}, options),
    problems: (query, options) =>
      ask(ProblemList, `/api/problems${queryString(query)}`, {}, options),
    startRun: (spec, options) => ask(RunSummary, "/api/runs", json(spec), options),
    resumeRun: (id, options) => ask(RunSummary, `${pathOf(id)}/resume`, json({}), options),
    runs: (query, options) => ask(RunList, `/api/runs${queryString(query)}`, {}, options),
    run: (id, options) => ask(RunSummary, pathOf(id), {}, options),
    async command(id, command, options) {
      await ask(z.unknown(), `${pathOf(id)}/commands`, json(command), options);
    },
    keepTrace: (trace, options) => ask(RunSummary, "/api/traces", json(trace), options),
    openLog: (id, start) => openEventStream(`${pathOf(id)}/events`, { ...start, fetch }),
    async logFile(id, options) {
      const accept = "application/x-ndjson";
      return (await answerTo(`${pathOf(id)}/events`, { headers: { accept } }, options)).blob();
    },
    sets: setsOver(ask),
    training: trainingOver(ask),
    // What few open is not in the first load.
    openConnections: async () => (await import("./server-connections.ts")).connectionsOver(ask),
    openEvaluations: async () => (await import("./server-evaluations.ts")).evaluationsOver(ask),
  };
}

/** Asks the server, and checks what it answers. */
export type Ask = ReturnType<typeof asking>["ask"];

/** What a file is to the server. */
const SET_TYPES = { csv: "text/csv", jsonl: "application/x-ndjson" };

function setsOver(ask: Ask): SetBackend {
  const root = "/api/problem-sets";
  const pathOfSet = (id: string) => `${root}/${encodeURIComponent(id)}`;
  return {
    upload: ({ text, format }, query, options) => {
      const headers = { "content-type": SET_TYPES[format] };
      const init = { method: "POST", headers, body: text };
      return ask(UploadedSetPage, `${root}${queryString(query)}`, init, options);
    },
    list: async (options) => (await ask(UploadedSetList, root, {}, options)).sets,
    page: (id, query, options) =>
      ask(UploadedSetPage, `${pathOfSet(id)}${queryString(query)}`, {}, options),
    async remove(id, options) {
      await ask(z.unknown(), pathOfSet(id), { method: "DELETE" }, options);
    },
  };
}

function trainingOver(ask: Ask): TrainingBackend {
  return {
    state: (options) => ask(TrainingState, "/api/training", {}, options),
    start: (spec, options) => ask(TrainingState, "/api/training", json(spec), options),
    pause: (options) =>
      ask(TrainingState, "/api/training/commands", json({ command: "pause" }), options),
    follow(after, { onRows, onLost }) {
      const source = new EventSource(`/api/training/events?after=${after}`);
      source.onmessage = ({ data, lastEventId }) => {
        onRows(z.array(z.unknown()).parse(JSON.parse(String(data))), Number(lastEventId));
      };
      source.onerror = onLost;
      return () => source.close();
    },
  };
}

function pathOf(run: string): string {
  return `/api/runs/${encodeURIComponent(run)}`;
}

/** A request that sends this. */
export function json(body: unknown): RequestInit {
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

function asking(fetch: typeof globalThis.fetch) {
  /** The answer to a request, if it is a good one. Rejects with an `ApiError`. */
  const answerTo = async (
    path: string,
    init: RequestInit,
    { signal }: RequestOptions = {},
  ): Promise<Response> => {
    const response = await fetch(path, { ...init, ...(signal && { signal }) }).catch(
      (error: unknown) => {
        if (signal?.aborted) throw error;
        throw new ApiError(problem(0, "No connection", "The server cannot be reached."));
      },
    );
    if (!response.ok) throw await apiError(response);
    return response;
  };
  const ask = async <S extends z.ZodType>(
    schema: S,
    path: string,
    init: RequestInit,
    options?: RequestOptions,
  ): Promise<z.output<S>> => {
    const response = await answerTo(path, init, options);
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
  };
  return { answerTo, ask };
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
