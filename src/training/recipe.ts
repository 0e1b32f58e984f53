import { readFileSync } from "node:fs";
import { z } from "zod";
import { ModelConfig } from "../models/embedded/model-config.ts";

/** One run of supervised tuning: a slice of a longer trunk, by tokens seen. */
const Schedule = z.strictObject({
  /** Tokens (prompt included) at which the trunk is left; the learning rate is constant until then. */
  branchTokens: z.int().positive(),
  /** Tokens over which the learning rate then falls linearly to zero. */
  decayTokens: z.int().positive(),
});

/**
 * Everything that the trained weights depend on. Kept in one file
 * (`src/training/recipe.json`), hashed stage by stage: a stage whose part and
 * inputs did not change is not run again.
 */
export const Recipe = z.strictObject({
  seed: z.int().nonnegative(),
  model: ModelConfig,
  corpus: z.strictObject({
    /** How often each level of each family is drawn; any positive unit. */
    mix: z.record(z.string(), z.record(z.string(), z.number().positive())),
    /** Share of Countdown examples that end in an honest dead end. */
    deadEnds: z.number().min(0).max(0.6),
  }),
  optimizer: z.strictObject({
    /** Tokens of one update, over all shards. */
    batchTokens: z.int().positive(),
    /** Gradient shards of one update: the results depend on it, not on the number of threads. */
    shards: z.int().positive(),
    peakRate: z.number().positive(),
    warmupSteps: z.int().positive(),
    beta1: z.number(),
    beta2: z.number(),
    epsilon: z.number().positive(),
    weightDecay: z.number(),
    clip: z.number().positive(),
  }),
  /** The policy leaves the trunk early: a search needs something to do. */
  policy: Schedule,
  /** The PRM's body leaves it late: a verifier has to know more than its policy. */
  body: Schedule,
  labels: z.strictObject({
    /** Problems of the training split that the policy attempts, per family. */
    problems: z.int().positive(),
    samplesPerProblem: z.int().positive(),
    temperature: z.number().positive(),
    /** Problems of these whose prefixes get Monte-Carlo rollouts, and rollouts for each prefix. */
    rolloutProblems: z.int().nonnegative(),
    rollouts: z.int().positive(),
  }),
  head: z.strictObject({
    epochs: z.int().positive(),
    rate: z.number().positive(),
    l2: z.number().nonnegative(),
    /** Share of the labelled problems kept for calibration. */
    calibration: z.number().positive().max(0.5),
  }),
  evaluation: z.strictObject({
    problems: z.int().positive(),
    n: z.int().positive(),
    m: z.int().positive(),
    temperature: z.number().positive(),
  }),
});
export type Recipe = z.infer<typeof Recipe>;

/** Reads and checks a recipe file. Throws with the field and the value. */
export function readRecipe(path: string): Recipe {
  const parsed = Recipe.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
