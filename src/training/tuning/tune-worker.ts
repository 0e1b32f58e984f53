import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { deriveSeed } from "../../lib/random.ts";
import { initialParameters } from "../../models/embedded/model-config.ts";
import { TrainerKernel } from "../../models/embedded/trainer-kernel.ts";
import type { Recipe } from "../recipe.ts";
import { readCheckpoint, writeCheckpoint } from "../work/checkpoint.ts";
import { giveGradient, type Lockstep, meet, reduce, shardsOf } from "../work/lockstep.ts";
import { createLessons, drawBatch, type Subject } from "./lessons.ts";

/** One thread's part of a tuning run: see `lockstep.ts`. */
export interface TuneTask {
  readonly recipe: Recipe;
  readonly subject: Subject;
  readonly module: WebAssembly.Module;
  readonly lockstep: Lockstep;
  readonly thread: number;
  /** Where the run stands if it was killed before; else where it starts; else fresh. */
  readonly checkpoint: string;
  readonly start: string | null;
  readonly untilStep: number;
  /** Step at which the learning rate begins to fall to zero; `untilStep` if it never does. */
  readonly decayFrom: number;
  readonly checkpointEverySteps: number;
}

export interface TuneReport {
  readonly step: number;
  /** Mean loss of the last step, nats a token; each counts as much as its weight. */
  readonly loss: number;
  /** Whether the checkpoint of this step has just been written. */
  readonly saved: boolean;
}

/** Steps from one report of the loss to the next. */
const REPORT_STEPS = 20;

function rateAt(step: number, { recipe, untilStep, decayFrom }: TuneTask): number {
  const { peakRate, warmupSteps } = recipe.optimizer;
  const warm = Math.min(1, step / warmupSteps);
  const left = step <= decayFrom ? 1 : (untilStep - step + 1) / (untilStep - decayFrom + 1);
  return peakRate * warm * left;
}

function tune(task: TuneTask, report: (report: TuneReport) => void): void {
  const { recipe, subject, lockstep, thread, module, checkpoint, start, untilStep } = task;
  const { batchTokens, shards, beta1, beta2, epsilon, weightDecay, clip } = recipe.optimizer;
  const maxRows = Math.floor(batchTokens / shards);
  const kernel = new TrainerKernel(module, { config: recipe.model, maxRows });
  const lessonAt = createLessons(recipe, subject);

  const from = existsSync(checkpoint) ? checkpoint : start;
  let step = 0;
  if (from === null) kernel.parameters.set(initialParameters(recipe.model, recipe.seed));
  else step = readCheckpoint(new Uint8Array(readFileSync(from)), kernel);
  // Nobody may write the checkpoint before everybody has read it.
  meet(lockstep);

  while (step < untilStep) {
    step++;
    for (const shard of shardsOf(lockstep, thread)) {
      kernel.clearGradients();
      const batch = drawBatch(lessonAt, deriveSeed(recipe.seed, step, shard), maxRows);
      const { loss, weight } = kernel.forwardBackward(batch);
      giveGradient(lockstep, shard, kernel.gradients, weight, loss);
    }
    meet(lockstep);
    const loss = reduce(lockstep, kernel.gradients);
    const learningRate = rateAt(step, task);
    kernel.adamStep({
      step,
      learningRate,
      beta1,
      beta2,
      epsilon,
      weightDecay,
      clip,
      gradientScale: 1,
    });
    meet(lockstep);
    if (thread !== 0) continue;
    const saved = step % task.checkpointEverySteps === 0 || step === untilStep;
    if (saved) {
      writeFileSync(`${checkpoint}.next`, writeCheckpoint(step, kernel));
      renameSync(`${checkpoint}.next`, checkpoint);
    }
    if (saved || step % REPORT_STEPS === 0) report({ step, loss, saved });
  }
}

const port = parentPort;
if (port) tune(workerData as TuneTask, (report) => port.postMessage(report));
