import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { wilson } from "../../lib/interval.ts";
import { parameterLayout } from "../../models/embedded/model-config.ts";
import type { Recipe } from "../recipe.ts";
import { CHECKPOINT } from "../tuning/tune.ts";
import { watchPolicy } from "../tuning/watch.ts";
import { readParameters } from "../work/checkpoint.ts";
import { createLockstep } from "../work/lockstep.ts";
import type { Stage } from "../work/stage.ts";
import type { StageLog } from "../work/training-log.ts";
import type { RlTask, SavedReport, ShardReport } from "./rl-worker.ts";
import type { RlSettings } from "./rollouts.ts";

export interface ReinforceOptions {
  readonly recipe: Recipe;
  readonly settings: RlSettings;
  readonly seed: number;
  readonly module: WebAssembly.Module;
  readonly stage: Stage;
  /** Parameters of the policy to start from, which is also the reference. */
  readonly policy: Float32Array<ArrayBuffer>;
  /** GGUF of the PRM; `null` if the arm needs none and nobody watches scores. */
  readonly prm: Uint8Array<ArrayBuffer> | null;
  readonly log: StageLog;
  /** All cores unless told otherwise; changes nothing but the speed. */
  readonly threads?: number;
  /** Stops after this iteration, to be gone on with; the last unless told otherwise. */
  readonly until?: number;
}

/**
 * Trains a policy by reinforcement on its own solutions, on all cores, and
 * leaves its checkpoint in the stage's folder. Goes on where an earlier process
 * was killed, to the same bits.
 */
export async function reinforce(options: ReinforceOptions): Promise<void> {
  const { recipe, settings, seed, module, stage, policy, prm, log } = options;
  const { threads: cores = availableParallelism(), until = recipe.rl.iterations } = options;
  const { rl, model } = recipe;
  const lockstep = createLockstep(rl.shards, cores, parameterLayout(model).size);
  const watch = { module, recipe, log };
  const checkpoint = stage.file(CHECKPOINT);
  let watched = stage.has(CHECKPOINT) ? Promise.resolve() : watchPolicy(watch, policy, 0);

  const shardsOf = new Map<number, ShardReport[]>();
  const hear = (report: ShardReport | SavedReport) => {
    if ("saved" in report) {
      const parameters = readParameters(stage.read(CHECKPOINT), model);
      watched = watched.then(() => watchPolicy(watch, parameters, report.generated));
      return;
    }
    const { iteration } = report;
    const reports = [...(shardsOf.get(iteration) ?? []), report];
    shardsOf.set(iteration, reports);
    if (reports.length < rl.shards) return;
    shardsOf.delete(iteration);
    tell(log, sumOf(reports), { rl, hasScores: prm !== null });
  };
  const threads = Array.from({ length: lockstep.threads }, (_, thread) => {
    const task: RlTask = {
      ...{ recipe, settings, seed, module, lockstep, thread, checkpoint, policy, prm, until },
    };
    return runThread(task, hear);
  });
  await Promise.all(threads);
  await watched;
  stage.write("done", "{}");
}

function sumOf(reports: readonly ShardReport[]): ShardReport {
  const sum = (of: (report: ShardReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  return {
    iteration: reports[0]!.iteration,
    solutions: sum(({ solutions }) => solutions),
    correct: sum(({ correct }) => correct),
    reward: sum(({ reward }) => reward),
    score: sum(({ score }) => score),
    steps: sum(({ steps }) => steps),
    tokens: sum(({ tokens }) => tokens),
    kl: sum(({ kl }) => kl),
    clipped: sum(({ clipped }) => clipped),
  };
}

function tell(
  log: StageLog,
  of: ShardReport,
  { rl, hasScores }: { rl: Recipe["rl"]; hasScores: boolean },
): void {
  const { iteration, solutions, correct, reward, score, tokens, kl } = of;
  const right = wilson(correct, solutions);
  const where = { x: iteration, xUnit: "updates" } as const;
  log.progress(iteration, rl.iterations, `${(right.value * 100).toFixed(1)} % of samples right`);
  log.metric({ ...where, name: "samples-right", unit: "share" }, right, solutions);
  log.metric({ ...where, name: "reward", unit: "reward" }, reward / solutions);
  if (hasScores) log.metric({ ...where, name: "prm-score", unit: "share" }, score / solutions);
  log.metric({ ...where, name: "kl", unit: "nats" }, kl / tokens);
  log.metric({ ...where, name: "sample-length", unit: "tokens" }, tokens / solutions);
  log.metric({ ...where, name: "clipped", unit: "share" }, of.clipped / (tokens * rl.updates));
}

/** Settles when the thread ends; a thread that dies takes the run with it, since the others wait for it. */
function runThread(
  task: RlTask,
  onReport: (report: ShardReport | SavedReport) => void,
): Promise<void> {
  const worker = new Worker(new URL("./rl-worker.ts", import.meta.url), { workerData: task });
  worker.on("message", onReport);
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
  });
}
