import { parentPort, workerData } from "node:worker_threads";
import { evaluateProblem, type ProblemJob } from "../../evaluation/evaluate-problem.ts";
import { sharedHost } from "../../evaluation/shared-host.ts";
import type { EvaluationSpec } from "../../protocol/evaluations.ts";
import { openModels } from "../model-host.ts";

/** What an evaluating thread is started with. */
export interface EvaluationThreadData {
  readonly spec: EvaluationSpec;
  /** Folder of the embedded models. */
  readonly models: string;
}

const port = parentPort!;
const { spec, models } = workerData as EvaluationThreadData;
const opening = sharedHost((openDecoder) => openModels(models, { openDecoder }), threadMs);

/** Time on a processor, ms: what else this machine does is no part of what a run takes. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

// An error ends the thread, and the pool says why.
port.on("message", ({ index, job }: { index: number; job: ProblemJob }) => {
  void opening
    .then((host) => evaluateProblem(spec, job, host))
    .then((result) => port.postMessage({ index, result }));
});
