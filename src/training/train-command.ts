import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { FolderTakenError, lockFolder } from "../files/folder-lock.ts";
import { ModelSize } from "../protocol/training.ts";
import type { Context } from "./context.ts";
import { TARGETS, type Target } from "./plan.ts";
import { readRecipe } from "./recipe.ts";
import { TrainingLog } from "./work/training-log.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const KERNEL = path.join(ROOT, "src/models/embedded/kernel.wasm");

const USAGE = `usage: npm run train -- TARGET... [--size S] [--recipe FILE] [--work FOLDER] [--out FOLDER]

Trains what public/models/ holds, from nothing. Finished stages are found again
by the hash of what they depend on; one that was killed goes on where it was, to
the same bits.

TARGET is one or more of these, made with all that they build on:
  all          everything of this size
${TARGETS.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join("\n")}

  --size SIZE      XS, S or L (S)
  --recipe FILE    what to train (src/training/recipe.json)
  --work FOLDER    checkpoints, labels and the log (.train)
  --out FOLDER     where weights and cards go (public/models)
`;

class UsageError extends Error {}

function targetsOf(names: readonly string[], context: Context): Target[] {
  const of = TARGETS.filter(({ isFor = () => true }) => isFor(context));
  return names.flatMap((name) => {
    if (name === "all") return of.filter(({ inAll = true }) => inAll);
    const target = of.find((candidate) => candidate.name === name);
    if (target) return [target];
    const there = ["all", ...of.map((candidate) => candidate.name)].join(", ");
    throw new UsageError(`size ${context.recipe.size} has no target ${name}; there are ${there}`);
  });
}

async function train(names: readonly string[], context: Context): Promise<void> {
  const { log, recipe } = context;
  const targets = targetsOf(names, context);
  log.started(recipe.size, names);
  const stop = () => {
    log.ended("stopped");
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    for (const target of targets) await target.make(context);
    log.ended("done");
  } catch (error) {
    log.ended("failed", error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string", default: "S" },
      recipe: { type: "string", default: path.join(import.meta.dirname, "recipe.json") },
      work: { type: "string", default: path.join(ROOT, ".train") },
      out: { type: "string", default: path.join(ROOT, "public/models") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(USAGE);
    return;
  }
  const size = ModelSize.safeParse(values.size);
  if (!size.success) {
    throw new UsageError(`--size ${values.size}: ${ModelSize.options.join(", ")} are there`);
  }
  // Kept until the process ends: two trainings in one folder would overwrite each other's checkpoints.
  lockFolder(values.work);
  const recipeOf = (wanted: ModelSize) => readRecipe(values.recipe, wanted);
  await train(positionals, {
    recipe: recipeOf(size.data),
    recipeOf,
    work: values.work,
    out: values.out,
    module: new WebAssembly.Module(readFileSync(KERNEL)),
    log: new TrainingLog(path.join(values.work, "training.ndjson")),
    made: new Map(),
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof FolderTakenError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
