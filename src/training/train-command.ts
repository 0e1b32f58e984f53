import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Progress } from "./progress.ts";
import { type Recipe, readRecipe } from "./recipe.ts";
import { Stage } from "./stages.ts";
import { CHECKPOINT, tune } from "./tune.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const KERNEL = path.join(ROOT, "src/models/embedded/kernel.wasm");

interface Context {
  readonly recipe: Recipe;
  readonly work: string;
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
  const inputs = { seed, model, corpus, optimizer, after: after?.hash ?? null, untilStep, decayFrom };
  const stage = new Stage(work, name, inputs);
  const progress = new Progress(name, path.join(work, "train.log"));
  const start = after === null ? null : after.file(CHECKPOINT);
  if (!stage.has("done")) {
    await tune({ recipe, module, stage, start, untilStep, decayFrom, progress });
    progress.end(`${untilTokens.toLocaleString("en")} tokens seen`);
  }
  return stage;
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
  await leave("policy", early, policy);
  const late = await trunk("trunk-late", early, body.branchTokens);
  await leave("body", late, body);
}

const { values } = parseArgs({
  options: {
    recipe: { type: "string", default: path.join(import.meta.dirname, "recipe.json") },
    work: { type: "string", default: path.join(ROOT, ".train") },
  },
});
await trainAll({
  recipe: readRecipe(values.recipe),
  work: values.work,
  module: new WebAssembly.Module(readFileSync(KERNEL)),
});
