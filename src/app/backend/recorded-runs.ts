import type { RunEvent } from "../../protocol/events.ts";
import type { RunSummary } from "../../protocol/runs.ts";
import { foldLog } from "../../protocol/tree.ts";
import { parseLog } from "../../protocol/wire.ts";
import { problem } from "./answer-error.ts";
import { ApiError, type Backend, type RequestOptions } from "./backend.ts";

/** `rec-NAME` is the run in the file `runs/NAME.ndjson`, beside the page. `npm run record` makes them. */
const RECORDED = /^rec-([a-z0-9-]{1,60})$/;

/** Whether an id is that of a run that was recorded and lies beside the page. */
export function isRecorded(id: string): boolean {
  return RECORDED.test(id);
}

/** A backend that has, besides its own, the runs that were recorded and lie beside the page. */
export function withRecordedRuns(inner: Backend): Backend {
  return {
    ...inner,
    run: async (id, options) =>
      isRecorded(id) ? summaryOf(id, await fetchLog(id, options)) : inner.run(id, options),
    async command(id, command, options) {
      if (!isRecorded(id)) return inner.command(id, command, options);
      throw new ApiError(
        problem(409, "Recorded", "This run is a recording, and takes no commands."),
      );
    },
    async openLog(id, start) {
      if (!isRecorded(id)) return inner.openLog(id, start);
      const events = (await fetchLog(id, start)).filter(({ seq }) => seq > start.after);
      return (async function* () {
        yield events;
        yield "end" as const;
      })();
    },
    async logFile(id, options) {
      if (!isRecorded(id)) return inner.logFile(id, options);
      return (await fetchFile(id, options)).blob();
    },
  };
}

async function fetchFile(id: string, { signal }: RequestOptions = {}): Promise<Response> {
  const [, name] = RECORDED.exec(id)!;
  const url = new URL(`runs/${name}.ndjson`, document.baseURI);
  const response = await fetch(url, { ...(signal && { signal }) }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(problem(0, "No connection", "The recording cannot be reached."));
  });
  if (response.ok) return response;
  throw new ApiError(problem(404, "Not found", `There is no recording called ${name}.`));
}

async function fetchLog(id: string, options?: RequestOptions): Promise<RunEvent[]> {
  const events = parseLog(await (await fetchFile(id, options)).text());
  // Recordings are made by the version that they are shipped with.
  return events as RunEvent[];
}

function summaryOf(id: string, log: readonly RunEvent[]): RunSummary {
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
