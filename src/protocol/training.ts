import { z } from "zod";

/**
 * What a training says of itself while it runs: one JSON object a line of its
 * log, in the order in which it happened. A training that was killed and goes on
 * appends to the same log and may say a thing twice: of metrics and samples with
 * equal stage, name, series and x the later one counts.
 */
const at = z.iso.datetime();
/** `S/policy`: the size of the model and the name of the stage. */
const stage = z.string().min(1);
const share = z.number().min(0).max(1);

/** The four steps of the recipe, by what they make. */
export const RecipeStep = z.enum(["policy", "labels", "prm", "reinforcement"]);
export type RecipeStep = z.infer<typeof RecipeStep>;

export const ModelSize = z.enum(["XS", "S", "L"]);
export type ModelSize = z.infer<typeof ModelSize>;

/** What the x axis of a metric counts. */
const XUnit = z.enum(["tokens", "updates", "rollouts", "labels", "probability", "level", "depth"]);
export type XUnit = z.infer<typeof XUnit>;

const Started = z.strictObject({
  type: z.literal("started"),
  at,
  size: ModelSize,
  /** What was asked for, in order. */
  targets: z.array(z.string()),
});

const StageEvent = z.strictObject({
  type: z.literal("stage"),
  at,
  stage,
  /** Of the model that the stage is about. */
  size: ModelSize,
  step: RecipeStep,
  /** Hash of all that its result depends on. */
  hash: z.string(),
  /** `cached`: found finished; `resumed`: goes on where an earlier process ended. */
  state: z.enum(["running", "resumed", "done", "cached"]),
  /** Wall time of all attempts so far, seconds. */
  seconds: z.number().nonnegative(),
});

const ProgressEvent = z.strictObject({
  type: z.literal("progress"),
  at,
  stage,
  done: z.number().nonnegative(),
  total: z.number().positive(),
  /** Seconds left at the pace so far; `null` while nothing can be said. */
  left: z.number().nonnegative().nullable(),
  note: z.string(),
});

const Metric = z.strictObject({
  type: z.literal("metric"),
  at,
  stage,
  /** `loss`, `accuracy`, `reward`, `kl`, `length`, `ranking`, `reliability`, `label-noise`, ... */
  name: z.string().min(1),
  /** What a line of the chart is for: a family, a seed, a kind of reward; empty where there is one line. */
  series: z.string(),
  x: z.number(),
  xUnit: XUnit,
  value: z.number(),
  /** What `value` is measured in: `share`, `nats`, `tokens`, `reward`. */
  unit: z.string(),
  /** 95 % interval and the number of things counted, where there are such. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().nonnegative().nullable(),
});
export type Metric = z.infer<typeof Metric>;

/** Solutions that the model of this moment wrote to one held-out problem. */
const Sample = z.strictObject({
  type: z.literal("sample"),
  at,
  stage,
  x: z.number(),
  xUnit: XUnit,
  family: z.string(),
  level: z.int(),
  problem: z.string(),
  attempts: z.array(
    z.strictObject({
      steps: z.array(z.string()),
      answer: z.string().nullable(),
      correct: z.boolean(),
      /** PRM score after each step, where a PRM was at hand. */
      scores: z.array(share).nullable(),
    }),
  ),
});
export type Sample = z.infer<typeof Sample>;

const Ended = z.strictObject({
  type: z.literal("ended"),
  at,
  how: z.enum(["done", "stopped", "failed"]),
  /** Why it failed; empty otherwise. */
  because: z.string(),
});

export const TrainingEvent = z.discriminatedUnion("type", [
  Started,
  StageEvent,
  ProgressEvent,
  Metric,
  Sample,
  Ended,
]);
export type TrainingEvent = z.infer<typeof TrainingEvent>;

/** What a training is asked to make. */
export const TrainingSpec = z.strictObject({
  size: ModelSize,
  /** Names of targets, or `all`; what they build on is made first. */
  targets: z.array(z.string().min(1).max(40)).min(1).max(20),
});
export type TrainingSpec = z.infer<typeof TrainingSpec>;

/** What a server's training can be told. */
export const TrainingCommand = z.strictObject({ command: z.literal("pause") });

/** How a server's training stands. */
export const TrainingState = z.strictObject({
  /** `running`: here or in a terminal; `stopped`: can go on; `never`: nothing was trained in this folder yet. */
  state: z.enum(["never", "running", "stopped", "done", "failed"]),
  /** Of the newest training; `null` before the first. */
  spec: TrainingSpec.nullable(),
  /** Why it failed; empty otherwise. */
  because: z.string(),
  /** Whether it is this server that runs it, and can therefore pause it. */
  isOurs: z.boolean(),
});
export type TrainingState = z.infer<typeof TrainingState>;
