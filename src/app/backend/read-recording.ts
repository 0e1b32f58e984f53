import type { RunEvent } from "../../protocol/events.ts";
import type { RunSummary } from "../../protocol/runs.ts";
import { foldLog } from "../../protocol/tree.ts";
import { parseLog } from "../../protocol/wire.ts";
import { problem } from "./answer-error.ts";
import { ApiError, type RequestOptions } from "./backend.ts";
import { RECORDED } from "./recorded-id.ts";

/** The file of a recording. Rejects with an `ApiError`. */
export async function fetchFile(id: string, { signal }: RequestOptions = {}): Promise<Response> {
  const [, name] = RECORDED.exec(id)!;
  const url = new URL(`runs/${name}.ndjson`, document.baseURI);
  const response = await fetch(url, { ...(signal && { signal }) }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(problem(0, "No connection", "The recording cannot be reached."));
  });
  if (response.ok) return response;
  throw new ApiError(problem(404, "Not found", `There is no recording called ${name}.`));
}

/** Its events. Rejects with an `ApiError`. */
export async function fetchRecording(id: string, options?: RequestOptions): Promise<RunEvent[]> {
  const events = parseLog(await (await fetchFile(id, options)).text());
  // Recordings are made by the version that they are shipped with.
  return events as RunEvent[];
}

/** What lists would show of it. Rejects with an `ApiError`. */
export async function fetchSummary(id: string, options?: RequestOptions): Promise<RunSummary> {
  const log = await fetchRecording(id, options);
  const tree = foldLog(log);
  const { started } = tree;
  const last = log.at(-1);
  if (started === null || last?.type !== "finished") {
    throw new ApiError(problem(500, "Broken", "This recording is no finished run."));
  }
  const selected = log.findLast((event) => event.type === "selected");
  return {
    ...{ id, status: "finished", createdAt: new Date(0).toISOString(), problem: started.problem },
    ...{ strategy: started.strategy, policy: started.policy, verifier: started.verifier },
    ...{ seed: started.seed, lastSeq: tree.seq, nodes: tree.count, error: null },
    ...{ answer: selected?.answer ?? null, correct: selected?.correct ?? null, use: last.use },
  };
}
