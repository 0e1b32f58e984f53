import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { deriveSeed } from "../lib/random.ts";
import { readGguf, writeGguf } from "../models/embedded/gguf.ts";
import { parameterLayout } from "../models/embedded/model-config.ts";
import { prmHeadMetadata } from "../models/embedded/prm-head.ts";
import { VOCABULARY } from "../models/embedded/vocabulary.ts";
import { costsOf, figuresOf, levelsOf } from "./evaluation/card.ts";
import type { Evaluated, EvaluationJob, EvaluationSetting } from "./evaluation/evaluate-worker.ts";
import { type LabelJob, type LabelSetting, labelJobs } from "./labels/label-worker.ts";
import type { Labelled } from "./labels/labels.ts";
import { rolloutReport } from "./labels/rollout-report.ts";
import { trainHead } from "./prm/train-head.ts";
import { type Recipe, readRecipe } from "./recipe.ts";
import { CHECKPOINT, tune } from "./tuning/tune.ts";
import { readCheckpoint } from "./work/checkpoint.ts";
import { onAllCores } from "./work/pool.ts";
import { Progress } from "./work/progress.ts";
import { Stage } from "./work/stage.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const KERNEL = path.join(ROOT, "src/models/embedded/kernel.wasm");

const USAGE = `usage: npm run train -- [--recipe FILE] [--work FOLDER] [--out FOLDER]

Trains everything that public/models/ holds, from nothing: an LM, the policy
that leaves its training early, labels of what that policy writes, and a PRM on
the LM's later self. Finished stages are found again; a killed one goes on where
its last checkpoint stands, to the same bits.

  --recipe FILE    what to train (src/training/recipe.json)
  --work FOLDER    checkpoints, labels and the log (.train)
  --out FOLDER     where weights and cards go (public/models)
`;

interface Context {
  readonly recipe: Recipe;
  readonly work: string;
  readonly out: string;
  readonly module: WebAssembly.Module;
}

/** One slice of tuning that starts where `after` ended; returns its stage. */
async function tuned(
  { recipe, work, module }: Context,
  name: string,
  after: Stage | null,
  { untilTokens, decayFromTokens }: { untilTokens: number; decayFromTokens: number },
): Promise<Stage> {
  const { seed, model, corpus, optimizer } = recipe;
  const untilStep = Math.round(untilTokens / optimizer.batchTokens);
  const decayFrom = Math.round(decayFromTokens / optimizer.batchTokens);
  const inputs = {
    seed,
    model,
    corpus,
    optimizer,
    after: after?.hash ?? null,
    untilStep,
    decayFrom,
  };
  const stage = new Stage(work, name, inputs);
  const progress = progressOf(work, name);
  const start = after === null ? null : after.file(CHECKPOINT);
  if (!stage.has("done")) {
    await stage.clocked(() =>
      tune({ recipe, module, stage, start, untilStep, decayFrom, progress }),
    );
    progress.end(`${untilTokens.toLocaleString("en")} tokens seen`);
  }
  return stage;
}

/** The weights of a tuned stage as a GGUF file, rounded to f16 as everybody will use them. */
function weightsOf({ recipe }: Context, name: string, stage: Stage, metadata = {}) {
  const { size } = parameterLayout(recipe.model);
  const [parameters, mean, square] = [0, 1, 2].map(() => new Float32Array(size));
  readCheckpoint(stage.read(CHECKPOINT), {
    parameters: parameters!,
    mean: mean!,
    square: square!,
  });
  return writeGguf({
    name,
    config: recipe.model,
    vocabulary: VOCABULARY,
    parameters: parameters!,
    metadata,
  });
}

async function labelled(context: Context, policy: Stage): Promise<Stage> {
  const { recipe, work, module } = context;
  const { labels, corpus, seed } = recipe;
  const stage = new Stage(work, "labels", { labels, corpus, seed, policy: policy.hash });
  if (stage.has("labels.jsonl")) return stage;
  const progress = progressOf(work, "labels");
  const jobs = labelJobs(levelsIn(corpus), { ...labels, seed });
  const setting: LabelSetting = {
    module,
    policy: weightsOf(context, "policy", policy),
    sampling: { temperature: labels.temperature, topK: 0, topP: 1, maxStepTokens: 96 },
    samples: labels.samplesPerProblem,
    rollouts: labels.rollouts,
  };
  const results = await stage.clocked(() =>
    onAllCores<LabelJob, Labelled[]>(
      new URL("./labels/label-worker.ts", import.meta.url),
      setting,
      jobs,
      (done) => done % 50 === 0 && progress.report(done, jobs.length, "problems attempted"),
    ),
  );
  const rows = results.flat();
  stage.write("labels.jsonl", rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  progress.end(`${rows.length} attempts, ${rows.flatMap((row) => row.labels).length} step labels`);
  return stage;
}

async function headed(context: Context, body: Stage, labels: Stage): Promise<Stage> {
  const { recipe, work, module } = context;
  const inputs = { head: recipe.head, seed: recipe.seed, body: body.hash, labels: labels.hash };
  const stage = new Stage(work, "prm", inputs);
  if (stage.has("prm.gguf")) return stage;
  const progress = progressOf(work, "prm");
  const head = await stage.clocked(() =>
    trainHead(
      { module, body: weightsOf(context, "body", body) },
      labelsOf(labels),
      recipe,
      (done, total) => done % 50 === 0 && progress.report(done, total, "problems read"),
    ),
  );
  stage.write("prm.gguf", weightsOf(context, "sentei-prm", body, prmHeadMetadata(head)));
  progress.end(`calibration ${head.calibration.map((x) => x.toFixed(2)).join(", ")}`);
  return stage;
}

function labelsOf(stage: Stage): Labelled[] {
  const lines = readFileSync(stage.file("labels.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Labelled);
}

async function evaluated(context: Context, policy: Stage, prm: Stage): Promise<Stage> {
  const { recipe, work, module } = context;
  const { evaluation, corpus, seed } = recipe;
  const stage = new Stage(work, "held-out", {
    evaluation,
    seed,
    policy: policy.hash,
    prm: prm.hash,
  });
  if (stage.has("held-out.json")) return stage;
  const progress = progressOf(work, "held-out");
  const { problems, n, m, temperature } = evaluation;
  const jobs: EvaluationJob[] = Object.entries(levelsIn(corpus)).flatMap(([family, levels], f) =>
    Array.from({ length: problems }, (_, i) => ({
      family,
      level: levels[i % levels.length]!,
      seed: deriveSeed(seed, 77, f, i),
    })),
  );
  const setting: EvaluationSetting = {
    module,
    policy: weightsOf(context, "policy", policy),
    prm: prm.read("prm.gguf"),
    sampling: { temperature, topK: 0, topP: 1, maxStepTokens: 96 },
    ...{ n, m },
  };
  const results = await stage.clocked(() =>
    onAllCores<EvaluationJob, Evaluated>(
      new URL("./evaluation/evaluate-worker.ts", import.meta.url),
      setting,
      jobs,
      (done) => done % 10 === 0 && progress.report(done, jobs.length, "held-out problems"),
    ),
  );
  stage.write("held-out.json", JSON.stringify(results));
  progress.end(`${results.length} held-out problems`);
  return stage;
}

/** Writes weights and cards to where the product finds them. */
function publish(
  context: Context,
  stages: Record<"early" | "policy" | "late" | "body" | "labels" | "prm" | "heldOut", Stage>,
): void {
  const { recipe, out } = context;
  const results = stages.heldOut.readJson("held-out.json") as Evaluated[];
  const families = Map.groupBy(results, ({ family }) => family);
  const byFamily = Object.fromEntries(
    [...families].map(([family, of]) => [
      family,
      {
        ...figuresOf(of, recipe.evaluation.n),
        levels: levelsOf(of),
        costs: costsOf(of),
      },
    ]),
  );
  const measured = {
    heldOut: figuresOf(families.get("expressions") ?? [], recipe.evaluation.n),
    heldOutByFamily: byFamily,
  };
  const trained = (schedule: Recipe["policy"], by: readonly Stage[]) => ({
    tokens: schedule.branchTokens + schedule.decayTokens,
    time: timeOf(by),
    seed: recipe.seed,
    recipe,
    ...measured,
  });
  mkdirSync(out, { recursive: true });
  const parameters = parameterLayout(recipe.model).size;
  const write = (name: string, bytes: Uint8Array, card: object) => {
    readGguf(bytes);
    writeFileSync(path.join(out, `${name}.gguf`), bytes);
    writeFileSync(
      path.join(out, `${name}.json`),
      `${JSON.stringify({ name, ...card }, null, 2)}\n`,
    );
  };
  write("sentei-s", weightsOf(context, "sentei-s", stages.policy), {
    revision: stages.policy.hash,
    role: "policy",
    about: "A small LM that left its training early: right often enough to be worth searching.",
    parameters,
    families: Object.keys(levelsIn(recipe.corpus)),
    ...trained(recipe.policy, [stages.early, stages.policy]),
  });
  write("sentei-prm", stages.prm.read("prm.gguf"), {
    revision: stages.prm.hash,
    role: "verifier",
    about: "A process reward model: the same LM trained longer, with a head on its own surprisal.",
    parameters: parameters + recipe.model.width + 11,
    families: Object.keys(levelsIn(recipe.corpus)),
    ...trained(recipe.body, [stages.early, stages.late, stages.body, stages.labels, stages.prm]),
    labels: labelFigures(labelsOf(stages.labels)),
  });
}

/** Wall time of the stages that made a model, in whole seconds, on the machine that made it. */
function timeOf(stages: readonly Stage[]): { seconds: number; stages: Record<string, number> } {
  const each = stages.map((stage): [string, number] => [stage.name, Math.round(stage.seconds())]);
  return {
    seconds: each.reduce((sum, [, seconds]) => sum + seconds, 0),
    stages: Object.fromEntries(each),
  };
}

/** Of each family: how many step labels there are, and how Monte-Carlo labels compare with them. */
function labelFigures(rows: readonly Labelled[]): Record<string, object> {
  const families = Map.groupBy(rows, ({ family }) => family);
  return Object.fromEntries(
    [...families].map(([family, of]) => {
      const labels = of.flatMap((row) => row.labels);
      const right = labels.filter((label) => label === 1).length;
      return [family, { steps: labels.length, right, rollouts: rolloutReport(of) }];
    }),
  );
}

function levelsIn({ mix }: Recipe["corpus"]): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(mix).map(([family, levels]) => [family, Object.keys(levels).map(Number)]),
  );
}

function progressOf(work: string, name: string): Progress {
  return new Progress(name, path.join(work, "train.log"));
}

async function trainAll(context: Context): Promise<void> {
  const { policy, body } = context.recipe;
  const trunk = (name: string, after: Stage | null, tokens: number) =>
    tuned(context, name, after, { untilTokens: tokens, decayFromTokens: tokens });
  const leave = (name: string, after: Stage, { branchTokens, decayTokens }: Recipe["policy"]) =>
    tuned(context, name, after, {
      untilTokens: branchTokens + decayTokens,
      decayFromTokens: branchTokens,
    });

  const early = await trunk("trunk-early", null, policy.branchTokens);
  const policyStage = await leave("policy", early, policy);
  const late = await trunk("trunk-late", early, body.branchTokens);
  const bodyStage = await leave("body", late, body);
  const labels = await labelled(context, policyStage);
  const prm = await headed(context, bodyStage, labels);
  const heldOut = await evaluated(context, policyStage, prm);
  publish(context, { early, policy: policyStage, late, body: bodyStage, labels, prm, heldOut });
}

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: path.join(import.meta.dirname, "recipe.json") },
    work: { type: "string", default: path.join(ROOT, ".train") },
    out: { type: "string", default: path.join(ROOT, "public/models") },
    help: { type: "boolean", default: false },
  },
});
if (values.help) process.stdout.write(USAGE);
else {
  await trainAll({
    recipe: readRecipe(values.recipe),
    work: values.work,
    out: values.out,
    module: new WebAssembly.Module(readFileSync(KERNEL)),
  });
}
