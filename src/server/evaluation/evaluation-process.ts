import { constants, setPriority } from "node:os";
import type { AcceptedEvaluation } from "../../evaluation/accept-evaluation.ts";
import { evaluate } from "../../evaluation/evaluate.ts";
import type { EvaluationRow } from "../../protocol/evaluations.ts";
import { serveModelFiles } from "../llama-cpp/model-channel.ts";

/** What the process is told, once. */
export interface EvaluationTask {
  readonly accepted: AcceptedEvaluation;
  /** Folder of the embedded models, and that of the user's connections. */
  readonly models: string;
  readonly data: string;
  /** Problems that are done. */
  readonly done: readonly number[];
}

/** What it tells: the rows of a problem, and that there are no more. */
export type EvaluationReport =
  | { readonly kind: "rows"; readonly problem: number; readonly rows: EvaluationRow[] }
  | { readonly kind: "end" };

// Runs that somebody watches come first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// At the end, and when the server is gone: then there is nobody to keep what is found.
process.once("disconnect", () => process.exit());
if (!process.connected) process.exit();

// Until this process ends, and its children with it.
serveModelFiles();

const report = (message: EvaluationReport) => process.send!(message);

process.once("message", async ({ accepted, models, data, done }: EvaluationTask) => {
  await evaluate(accepted, {
    ...{ worker: new URL("./evaluation-worker.ts", import.meta.url), models, data },
    journal: {
      kept: done.map((problem) => [problem, []] as const),
      keep: (problem, rows) => report({ kind: "rows", problem, rows }),
      close() {},
    },
    onDone() {},
  });
  process.send!({ kind: "end" } satisfies EvaluationReport, () => process.disconnect());
});
