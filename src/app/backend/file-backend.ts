import { z } from "zod";
import { RunSummary } from "../../protocol/runs.ts";
import { parseBatch } from "../../protocol/wire.ts";
import { problem } from "./answer-error.ts";
import { ApiError, type Backend, type LogPiece, type LogStart } from "./backend.ts";

/** What a page that is one file holds: runs with their logs, and the view that it opens with. */
export const FileContents = z.object({
  /** A query as links have it, with its `?`. */
  view: z.string(),
  runs: z.array(z.object({ summary: RunSummary, log: z.string() })),
});
export type FileContents = z.infer<typeof FileContents>;

/** Events that are handed over at a time. */
const PIECE = 2000;

/** The runs that a page holds itself. They have ended, nothing can be searched, and nothing is asked of anybody. */
export function fileBackend({ runs }: FileContents): Backend {
  const find = (id: string) => {
    const found = runs.find(({ summary }) => summary.id === id);
    if (found === undefined) {
      throw new ApiError(problem(404, "Not Found", `This file does not hold the run ${id}.`));
    }
    return found;
  };
  return {
    lacks: new Set(["recipe", "evaluations", "models"]),
    searches: false,
    models: () => Promise.resolve({ policies: [], verifiers: [] }),
    problems: () => Promise.resolve({ families: [], problems: [], sets: [] }),
    startRun: refuse,
    resumeRun: null,
    runs: () =>
      Promise.resolve({
        ...{ runs: runs.map(({ summary }) => summary), total: runs.length, next: null },
      }),
    run: async (id) => find(id).summary,
    command: refuse,
    keepTrace: refuse,
    openLog: async (id, start) => pieces(find(id).log, start),
    logFile: async (id) => new Blob([find(id).log], { type: "application/x-ndjson" }),
    openConnections: null,
    openEvaluations: null,
    sets: null,
    training: null,
  };
}

async function refuse(): Promise<never> {
  const detail = "This file holds recorded runs; a search needs Sentei itself.";
  throw new ApiError(problem(405, "Not here", detail));
}

async function* pieces(log: string, { after, signal }: LogStart): AsyncGenerator<LogPiece> {
  const lines = log.split("\n").filter((line) => line !== "");
  for (let from = after + 1; from < lines.length; from += PIECE) {
    signal.throwIfAborted();
    yield parseBatch(`[${lines.slice(from, from + PIECE).join(",")}]`);
  }
  yield "end";
}
