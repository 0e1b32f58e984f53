import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { createRandom } from "../src/lib/random.ts";
import { Engine } from "../src/models/embedded/engine.ts";
import { initialParameters, type ModelConfig } from "../src/models/embedded/model-config.ts";
import { TrainerKernel } from "../src/models/embedded/trainer-kernel.ts";

/** The size of the models that the recipe trains: 0.86 M parameters. */
const CONFIG: ModelConfig = {
  vocabulary: 96,
  width: 128,
  layers: 4,
  heads: 4,
  feedForward: 384,
  context: 256,
  ropeBase: 10_000,
  normEpsilon: 1e-5,
};
const PROMPT = 48;
const LENGTH = 80;
const TRAINING_ROWS = 1280;
const TRAINING_LENGTH = 64;
const REPETITIONS = 5;

/**
 * Tokens per CPU second of one thread: sampling (temperature 1, top-k 40, top-p
 * 0.95) of 1, 16 and 64 sequences from 48 to 80 tokens forked from one prompt,
 * and training steps of 1,280 tokens. The best of five repetitions, after one
 * to warm up: whatever else the machine does can only slow it down.
 */
export async function run(_args: string[]): Promise<void> {
  const module = new WebAssembly.Module(
    readFileSync(new URL("../src/models/embedded/kernel.wasm", import.meta.url)),
  );
  const parameters = initialParameters(CONFIG, 1);
  const sampling = Object.fromEntries(
    [1, 16, 64].map((sequences) => {
      const rate = best(() =>
        sampleFrom(new Engine(module, { config: CONFIG, parameters }), sequences),
      );
      console.log(`sampling, ${sequences} sequences: ${rate} tokens per CPU second`);
      return [sequences, rate];
    }),
  );
  const training = trainingRate(module, parameters);
  console.log(`training, ${TRAINING_ROWS} tokens a step: ${training} tokens per CPU second`);
  const processor = cpus()[0]?.model ?? "unknown";
  console.log(
    JSON.stringify({
      bench: "engine",
      parameters: parameters.length,
      sampling,
      training,
      processor,
      node: process.version,
    }),
  );
}

function sampleFrom(engine: Engine, count: number): { tokens: number; seconds: number } {
  const random = createRandom(1);
  const rounds = Math.ceil(16 / count);
  const prompt = engine.create();
  const tokens = Array.from({ length: PROMPT }, (_, i) => i);
  engine.extend(new Array<number>(PROMPT).fill(prompt), tokens, [PROMPT - 1]);
  const first = engine.logits(0);
  const rows = Array.from({ length: count }, (_, i) => i);

  const started = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const sequences = rows.map(() => engine.fork(prompt));
    let logits = rows.map(() => first);
    for (let length = PROMPT; length < LENGTH; length++) {
      const drawn = logits.map((each) =>
        engine.sample(each, { temperature: 1, topK: 40, topP: 0.95 }, random()),
      );
      engine.extend(
        sequences,
        drawn.map(({ token }) => token),
        rows,
      );
      logits = rows.map((row) => engine.logits(row));
    }
    for (const sequence of sequences) engine.free(sequence);
  }
  return { tokens: rounds * count * (LENGTH - PROMPT), seconds: secondsSince(started) };
}

function trainingRate(module: WebAssembly.Module, parameters: Float32Array): number {
  const trainer = new TrainerKernel(module, { config: CONFIG, maxRows: TRAINING_ROWS });
  trainer.parameters.set(parameters);
  const random = createRandom(2);
  const tokens = Array.from({ length: TRAINING_ROWS }, () =>
    Math.floor(random() * CONFIG.vocabulary),
  );
  const lengths = new Array<number>(TRAINING_ROWS / TRAINING_LENGTH).fill(TRAINING_LENGTH);
  const weights = new Float32Array(TRAINING_ROWS).fill(1);
  let step = 0;
  return best(() => {
    const started = process.cpuUsage();
    trainer.clearGradients();
    trainer.forwardBackward({ tokens, lengths, weights });
    step++;
    trainer.adamStep({
      ...{ step, learningRate: 1e-3, beta1: 0.9, beta2: 0.98, epsilon: 1e-8 },
      ...{ weightDecay: 0.01, clip: 1, gradientScale: 1 / TRAINING_ROWS },
    });
    return { tokens: TRAINING_ROWS, seconds: secondsSince(started) };
  });
}

function best(measure: () => { tokens: number; seconds: number }): number {
  measure();
  let rate = 0;
  for (let i = 0; i < REPETITIONS; i++) {
    const { tokens, seconds } = measure();
    rate = Math.max(rate, tokens / seconds);
  }
  return Math.round(rate);
}

function secondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
