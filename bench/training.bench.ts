import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { readGguf } from "../src/models/embedded/gguf.ts";
import { type Recipe, readRecipe } from "../src/training/recipe.ts";
import { reinforce } from "../src/training/rl/reinforce.ts";
import { tune } from "../src/training/tuning/tune.ts";
import { Stage } from "../src/training/work/stage.ts";
import { StageLog } from "../src/training/work/training-log.ts";

const SRC = path.join(import.meta.dirname, "../src");
const POLICY = path.join(SRC, "../public/models/sentei-s.gguf");
const REPETITIONS = 3;
/** Timed from the first that is told of, when all threads are up: every twentieth step, every iteration. */
const STEPS = 60;
const ITERATIONS = 4;

/**
 * How much faster the S model is trained on two threads than on one: wall time
 * of 40 steps of tuning, and of three iterations of reinforcement without a PRM
 * (whose share in an iteration grows with the threads as sampling does). The
 * best of three repetitions, one thread and two in turn.
 */
export async function run(_args: string[]): Promise<void> {
  const kernel = readFileSync(path.join(SRC, "models/embedded/kernel.wasm"));
  const module = new WebAssembly.Module(kernel);
  const real = readRecipe(path.join(SRC, "training/recipe.json"), "S");
  // Nothing is looked at or written down on the way.
  const recipe: Recipe = { ...real, watch: { ...real.watch, everyTokens: 2 ** 40, problems: 1 } };
  const folder = mkdtempSync(path.join(tmpdir(), "sentei-bench-"));
  const work = { tuning: timeTuning, reinforcement: timeReinforcement };
  try {
    for (const [name, time] of Object.entries(work)) {
      const ms = { 1: Number.POSITIVE_INFINITY, 2: Number.POSITIVE_INFINITY };
      for (let repetition = 0; repetition < REPETITIONS; repetition++) {
        for (const threads of [1, 2] as const) {
          const stage = new Stage(folder, `${name}-${threads}-${repetition}`, {});
          ms[threads] = Math.min(ms[threads], await time({ recipe, module, stage, threads }));
        }
      }
      const timesFaster = Number((ms[1] / ms[2]).toFixed(2));
      console.log(JSON.stringify({ bench: "training", name, ms, timesFaster, ...machine() }));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Work {
  readonly recipe: Recipe;
  readonly module: WebAssembly.Module;
  readonly stage: Stage;
  readonly threads: number;
}

async function timeTuning(work: Work): Promise<number> {
  const watch = stopwatch("loss");
  const slice = { start: null, untilStep: STEPS, decayFrom: STEPS };
  await tune({ ...work, ...slice, log: watch.log });
  return watch.ms();
}

async function timeReinforcement({ recipe, ...work }: Work): Promise<number> {
  const watch = stopwatch("samples-right");
  await reinforce({
    ...{ ...work, recipe, seed: 1, prm: null, log: watch.log, until: ITERATIONS },
    settings: recipe.rl.arms["outcome"]!,
    policy: readGguf(readFileSync(POLICY)).parameters,
  });
  return watch.ms();
}

/** Wall time between the first and the last time that a stage tells of a metric. */
function stopwatch(metric: string) {
  const times: number[] = [];
  const log = new StageLog({ stage: "bench", size: "S", step: "policy", hash: "" }, (event) => {
    if (event.type === "metric" && event.name === metric) times.push(performance.now());
  });
  return { log, ms: () => Math.round(times.at(-1)! - times[0]!) };
}

function machine() {
  return { processor: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
}
