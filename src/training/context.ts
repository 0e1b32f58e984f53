import path from "node:path";
import { writeGguf } from "../models/embedded/gguf.ts";
import { VOCABULARY } from "../models/embedded/vocabulary.ts";
import type { RecipeStep } from "../protocol/training.ts";
import type { Recipe } from "./recipe.ts";
import { CHECKPOINT } from "./tuning/tune.ts";
import { readParameters } from "./work/checkpoint.ts";
import { Stage } from "./work/stage.ts";
import type { StageLog, TrainingLog } from "./work/training-log.ts";

/** What every stage of a training has at hand. */
export interface Context {
  readonly recipe: Recipe;
  /** The same recipe for another size: its PRM may be the verifier of this one. */
  readonly recipeOf: (size: Recipe["size"]) => Recipe;
  /** Folder of all stages. */
  readonly work: string;
  /** Folder where weights and cards go. */
  readonly out: string;
  readonly module: WebAssembly.Module;
  readonly log: TrainingLog;
  /** Stages of this process by their result, so that each is made, and told of, once. */
  readonly made: Map<string, Promise<Stage>>;
}

/** The context of another size, in the same folders. */
export function ofSize(context: Context, size: Recipe["size"]): Context {
  return { ...context, recipe: context.recipeOf(size) };
}

/**
 * Finds the stage of this name and inputs, or does its work: `work` leaves the
 * file `result` in its folder.
 */
export function stageOf(
  context: Context,
  name: StageName,
  inputs: unknown,
  work: StageWork,
): Promise<Stage> {
  const stage = new Stage(path.join(context.work, context.recipe.size), name.name, inputs);
  const result = stage.file(work.result);
  const made = context.made.get(result) ?? makeStage(context, name, stage, work);
  context.made.set(result, made);
  return made;
}

interface StageName {
  readonly name: string;
  readonly step: RecipeStep;
}

interface StageWork {
  readonly result: string;
  readonly work: (stage: Stage, log: StageLog) => Promise<void>;
}

async function makeStage(
  { log, recipe: { size } }: Context,
  { name, step }: StageName,
  stage: Stage,
  { result, work }: StageWork,
): Promise<Stage> {
  const voice = log.stage({ stage: name, size, step, hash: stage.hash });
  if (stage.has(result)) {
    voice.state("cached", stage.seconds());
    return stage;
  }
  voice.state(stage.isBegun ? "resumed" : "running", stage.seconds());
  await stage.clocked(() => work(stage, voice));
  voice.state("done", stage.seconds());
  return stage;
}

/** The weights of a tuned stage as a GGUF file, rounded to f16 as everybody will use them. */
export function weightsOf(
  { recipe }: Context,
  name: string,
  stage: Stage,
  metadata: Parameters<typeof writeGguf>[0]["metadata"] = {},
): Uint8Array<ArrayBuffer> {
  return writeGguf({
    name,
    config: recipe.model,
    vocabulary: VOCABULARY,
    parameters: readParameters(stage.read(CHECKPOINT), recipe.model),
    metadata,
  });
}

/** Levels that the corpus has of each family. */
export function levelsIn({ mix }: Recipe["corpus"]): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(mix).map(([family, levels]) => [family, Object.keys(levels).map(Number)]),
  );
}
