import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createRandom } from "../lib/random.ts";
import { initialParameters, parameterLayout } from "../models/embedded/model-config.ts";
import { encodeSolution } from "../models/embedded/vocabulary.ts";
import { FAMILIES, familyOf } from "../problems/families.ts";
import { labelAttempt } from "./labels/labels.ts";
import { Recipe, readRecipe } from "./recipe.ts";
import { reinforce } from "./rl/reinforce.ts";
import { createCorpus } from "./tuning/corpus.ts";
import { CHECKPOINT, tune } from "./tuning/tune.ts";
import { readCheckpoint, writeCheckpoint } from "./work/checkpoint.ts";
import { Stage } from "./work/stage.ts";
import { TrainingLog } from "./work/training-log.ts";

const REAL = readRecipe(path.join(import.meta.dirname, "recipe.json"), "S");
const TOY: Recipe = Recipe.parse({
  ...REAL,
  model: { ...REAL.model, width: 16, layers: 1, heads: 2, feedForward: 32 },
  optimizer: { ...REAL.optimizer, batchTokens: 1200, warmupSteps: 4 },
  watch: { everyTokens: 24_000, problems: 2, samples: 1 },
});
const KERNEL = path.join(import.meta.dirname, "../models/embedded/kernel.wasm");
const MODULE = new WebAssembly.Module(readFileSync(KERNEL));
const folder = mkdtempSync(path.join(tmpdir(), "sentei-training-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function logOf(stage: string) {
  const log = new TrainingLog(path.join(folder, "log.ndjson"));
  return log.stage({ stage, size: "S", step: "policy", hash: "" });
}

async function train(
  name: string,
  options: { untilStep: number; start?: string; threads?: number },
): Promise<Stage> {
  const stage = new Stage(folder, name, {});
  await tune({
    ...{ recipe: TOY, module: MODULE, stage, start: null, ...options },
    decayFrom: 3,
    log: logOf(name),
  });
  return stage;
}

function parametersOf(stage: Stage): Float32Array {
  const { size } = parameterLayout(TOY.model);
  const [parameters, mean, square] = [0, 1, 2].map(() => new Float32Array(size));
  readCheckpoint(stage.read(CHECKPOINT), {
    parameters: parameters!,
    mean: mean!,
    square: square!,
  });
  return parameters!;
}

test("E1: the number of threads changes no bit of the weights", async () => {
  const one = await train("one-thread", { untilStep: 6, threads: 1 });
  const two = await train("two-threads", { untilStep: 6, threads: 2 });
  expect(parametersOf(two)).toEqual(parametersOf(one));
});

test("E2: a run that was cut in two ends at the same bits as one that was not", async () => {
  const whole = await train("whole", { untilStep: 6 });
  const half = await train("half", { untilStep: 3 });
  // As after a kill: the checkpoint is there, the mark that the stage is done is not.
  const resumed = new Stage(folder, "resumed", {});
  resumed.write(CHECKPOINT, half.read(CHECKPOINT));
  await train("resumed", { untilStep: 6 });
  expect(parametersOf(resumed)).toEqual(parametersOf(whole));
  const branched = await train("branched", { untilStep: 6, start: half.file(CHECKPOINT) });
  expect(parametersOf(branched)).toEqual(parametersOf(whole));
});

test("E3: tuning lowers the loss", async () => {
  const losses: number[] = [];
  const stage = new Stage(folder, "losses", {});
  const log = logOf("losses");
  log.metric = ({ name }, value) => {
    if (name === "loss") losses.push(Number(value));
  };
  await tune({
    ...{ recipe: TOY, module: MODULE, stage, start: null, untilStep: 80, decayFrom: 80, log },
  });
  expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.85);
});

test("a checkpoint of another model, or no checkpoint, is refused", () => {
  const sized = (size: number) => ({
    parameters: new Float32Array(size).fill(1),
    mean: new Float32Array(size).fill(2),
    square: new Float32Array(size).fill(3),
  });
  const bytes = writeCheckpoint(5, sized(8));
  const into = sized(8);
  into.mean.fill(0);
  expect(readCheckpoint(bytes, into)).toBe(5);
  expect([...into.mean]).toEqual(Array(8).fill(2));
  expect(() => readCheckpoint(bytes, sized(9))).toThrow("checkpoint of 8 parameters, model of 9");
  expect(() => readCheckpoint(new Uint8Array(112), sized(8))).toThrow("not a checkpoint");
});

test("E4: the corpus never shows a held-out problem, and what it shows is right", () => {
  const exampleAt = createCorpus(REAL);
  let deadEnds = 0;
  let countdowns = 0;
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), (seed) => {
      const example = exampleAt(seed);
      const family = familyOf(example.family);
      const problem = family.parse(example.problem);
      expect(family.splitOf(problem)).toBe("train");
      for (const verdict of example.steps.map(family.judge(problem))) {
        expect(verdict.right).toBe(true);
      }
      const { correct } = family.grade(problem, example.steps, example.answer);
      if (family.name === "countdown") {
        countdowns++;
        if (!correct) deadEnds++;
      } else expect(correct).toBe(true);
      expect(encodeSolution(example).tokens.length).toBeLessThanOrEqual(REAL.model.context);
      expect(exampleAt(seed)).toEqual(example);
    }),
    { numRuns: 2000 },
  );
  // The share of honest dead ends that the recipe asks for.
  expect(deadEnds / countdowns).toBeGreaterThan(0.25);
  expect(deadEnds / countdowns).toBeLessThan(0.4);
});

test("E5: labels stop at the first step that is not on the way, and the last answers for the answer", () => {
  const family = familyOf("countdown");
  const problem = family.parse("4 14 9 -> 50");
  const label = (steps: string[], answer: string | null) =>
    labelAttempt(family, problem, { steps, answer });
  const right = ["4*9=36 (left 14 36)", "14+36=50 (left 50)"];
  expect(label(right, "50")).toEqual([1, 1]);
  expect(label(right, "51")).toEqual([1, 0]);
  expect(label(right, null)).toEqual([1]);
  expect(label(["14-9=5 (left 4 5)", "4*5=20 (left 20)"], "20")).toEqual([0]);
  expect(label(["4*9=35 (left 14 35)", "14+35=49 (left 49)"], "49")).toEqual([0]);
  expect(label([right[0]!, "14+36=51 (left 51)", "x"], "51")).toEqual([1, 0]);
});

test("E5: every solution that is written to be learnt from is labelled right throughout", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...FAMILIES), (seed, family) => {
      const level = family.levels[seed % family.levels.length]!;
      const problem = family.generate({ level, seed, split: "train" });
      const { steps, answer } = family.writeSolution(problem, createRandom(seed), "solved");
      expect(labelAttempt(family, problem, { steps, answer })).toEqual(steps.map(() => 1));
    }),
  );
});

test("a recipe that is off is refused by field and value", () => {
  const wrong = Recipe.safeParse({ ...REAL, corpus: { ...REAL.corpus, deadEnds: 0.9 } });
  expect(wrong.error?.issues[0]?.path).toEqual(["corpus", "deadEnds"]);
});

const RL_TOY: Recipe = Recipe.parse({
  ...TOY,
  corpus: { ...TOY.corpus, mix: { expressions: { "3": 1 } } },
  rl: { ...TOY.rl, iterations: 4, prompts: 4, samples: 3, everyIterations: 2, warmupSteps: 1 },
});

async function reinforceToy(
  name: string,
  options: { until?: number; threads?: number; resume?: Stage } = {},
): Promise<Stage> {
  const { until = 4, threads = 2, resume } = options;
  const stage = new Stage(folder, name, {});
  for (const file of [CHECKPOINT, `${CHECKPOINT}.tokens`]) {
    if (resume) stage.write(file, resume.read(file));
  }
  await reinforce({
    recipe: { ...RL_TOY, rl: { ...RL_TOY.rl, iterations: 4 } },
    ...{ seed: 5, module: MODULE, stage, until },
    settings: RL_TOY.rl.arms["outcome"]!,
    policy: initialParameters(TOY.model, 3),
    prm: null,
    log: logOf(name),
    threads,
  });
  return stage;
}

test("G5: reinforcement gives the same bits on one thread, on two, and after a kill", async () => {
  const whole = parametersOf(await reinforceToy("rl-whole"));
  expect(whole).not.toEqual(initialParameters(TOY.model, 3));
  expect(parametersOf(await reinforceToy("rl-one-thread", { threads: 1 }))).toEqual(whole);
  const half = await reinforceToy("rl-half", { until: 2 });
  expect(parametersOf(await reinforceToy("rl-resumed", { resume: half }))).toEqual(whole);
});
