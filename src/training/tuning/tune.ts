import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { parameterLayout } from "../../models/embedded/model-config.ts";
import type { Recipe } from "../recipe.ts";
import { readParameters } from "../work/checkpoint.ts";
import { createLockstep } from "../work/lockstep.ts";
import type { Stage } from "../work/stage.ts";
import type { StageLog } from "../work/training-log.ts";
import type { Subject } from "./lessons.ts";
import type { TuneReport, TuneTask } from "./tune-worker.ts";
import { watchPolicy } from "./watch.ts";

export interface TuneOptions {
  readonly recipe: Recipe;
  /** Solving, unless told otherwise. */
  readonly subject?: Subject;
  readonly module: WebAssembly.Module;
  readonly stage: Stage;
  /** Checkpoint to start from; `null` for fresh parameters. */
  readonly start: string | null;
  readonly untilStep: number;
  readonly decayFrom: number;
  readonly log: StageLog;
  /** Called with every checkpoint that was written. */
  readonly onCheckpoint?: (step: number, bytes: Uint8Array<ArrayBuffer>) => void;
  /** All cores unless told otherwise; changes nothing but the speed. */
  readonly threads?: number;
}

/** File of a stage that holds where its tuning stands, and, once it is done, its result. */
export const CHECKPOINT = "tuned.ckpt";

/**
 * Runs one slice of supervised tuning on all cores and leaves its checkpoint in
 * the stage's folder. Goes on where an earlier process was killed, to the same
 * bits. At every checkpoint a model that solves, or revises, is looked at.
 */
export async function tune(options: TuneOptions): Promise<void> {
  const { recipe, module, stage, start, untilStep, decayFrom, log } = options;
  const { subject = { kind: "solving" }, threads: cores = availableParallelism() } = options;
  const { batchTokens, shards } = recipe.optimizer;
  const lockstep = createLockstep(shards, cores, parameterLayout(recipe.model).size);
  const checkpoint = stage.file(CHECKPOINT);
  let watched = Promise.resolve();

  const hear = (report: TuneReport) => {
    const tokens = report.step * batchTokens;
    log.progress(report.step, untilStep, `loss ${report.loss.toFixed(4)}`);
    const loss = { name: "loss", x: tokens, xUnit: "tokens", unit: "nats" } as const;
    log.metric(loss, report.loss);
    if (!report.saved) return;
    const bytes = stage.read(CHECKPOINT);
    options.onCheckpoint?.(report.step, bytes);
    if (subject.kind === "judging") return;
    const parameters = readParameters(bytes, recipe.model);
    watched = watched.then(() => watchPolicy({ module, recipe, log }, parameters, tokens));
  };
  const threads = Array.from({ length: lockstep.threads }, (_, thread) => {
    const task: TuneTask = {
      ...{ recipe, subject, module, lockstep, thread, checkpoint, start, untilStep, decayFrom },
      checkpointEverySteps: Math.max(1, Math.round(recipe.watch.everyTokens / batchTokens)),
    };
    return runThread(task, hear);
  });
  await Promise.all(threads);
  await watched;
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
