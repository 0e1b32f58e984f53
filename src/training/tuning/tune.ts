import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { parameterLayout } from "../../models/embedded/model-config.ts";
import type { Recipe } from "../recipe.ts";
import { createLockstep } from "../work/lockstep.ts";
import type { Progress } from "../work/progress.ts";
import type { Stage } from "../work/stage.ts";
import type { TuneReport, TuneTask } from "./tune-worker.ts";

export interface TuneOptions {
  readonly recipe: Recipe;
  readonly module: WebAssembly.Module;
  readonly stage: Stage;
  /** Checkpoint to start from; `null` for fresh parameters. */
  readonly start: string | null;
  readonly untilStep: number;
  readonly decayFrom: number;
  readonly progress: Progress;
  /** All cores unless told otherwise; changes nothing but the speed. */
  readonly threads?: number;
}

/** File of a stage that holds where its tuning stands, and, once it is done, its result. */
export const CHECKPOINT = "tuned.ckpt";

/**
 * Runs one slice of supervised tuning on all cores and leaves its checkpoint in
 * the stage's folder. Goes on where an earlier process was killed, to the same
 * bits.
 */
export async function tune(options: TuneOptions): Promise<void> {
  const { recipe, module, stage, start, untilStep, decayFrom, progress } = options;
  const { threads: cores = availableParallelism() } = options;
  if (stage.has("done")) return;
  const lockstep = createLockstep(
    recipe.optimizer.shards,
    cores,
    parameterLayout(recipe.model).size,
  );
  const checkpoint = stage.file(CHECKPOINT);
  let last: TuneReport | null = null;
  const threads = Array.from({ length: lockstep.threads }, (_, thread) => {
    const task: TuneTask = {
      ...{ recipe, module, lockstep, thread, checkpoint, start, untilStep, decayFrom },
      checkpointEverySteps: 400,
    };
    return runThread(task, (report) => {
      last = report;
      progress.report(report.step, untilStep, `loss ${report.loss.toFixed(4)}`);
    });
  });
  await Promise.all(threads);
  stage.write("done", JSON.stringify(last));
}

/** Settles when the thread ends; a thread that dies takes the run with it, since the others wait for it. */
function runThread(task: TuneTask, onReport: (report: TuneReport) => void): Promise<void> {
  const worker = new Worker(new URL("./tune-worker.ts", import.meta.url), { workerData: task });
  worker.on("message", onReport);
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
  });
}
