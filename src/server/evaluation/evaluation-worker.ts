import { parentPort, workerData } from "node:worker_threads";
import { evaluateProblem, type ProblemJob } from "../../evaluation/evaluate-problem.ts";
import { sharedHost } from "../../evaluation/shared-host.ts";
import type { EvaluationSpec } from "../../protocol/evaluations.ts";
import { openConnected } from "../connections/connected-models.ts";
import { ConnectionStore } from "../connections/connection-store.ts";
import { openModels } from "../model-host.ts";

/** What an evaluating thread is started with. */
export interface EvaluationThreadData {
  readonly spec: EvaluationSpec;
  /** Folder of the embedded models, and that of the user's connections. */
  readonly models: string;
  readonly data: string;
}

const port = parentPort!;
const { spec, models, data } = workerData as EvaluationThreadData;
const remote = openConnected(new ConnectionStore(data, process.env));
const opening = sharedHost((openDecoder) => openModels(models, { openDecoder, remote }), threadMs);

/** Time on a processor, ms: what else this machine does is no part of what a run takes, and what a server of models does is not either. */
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
