import { readFileSync } from "node:fs";
import { z } from "zod";
import { ModelConfig } from "../models/embedded/model-config.ts";
import { ModelSize } from "../protocol/training.ts";

/** One run of supervised tuning: a slice of a longer trunk, by tokens seen. */
const Schedule = z.strictObject({
  /** Tokens (prompt included) at which the trunk is left; the learning rate is constant until then. */
  branchTokens: z.int().positive(),
  /** Tokens over which the learning rate then falls linearly to zero. */
  decayTokens: z.int().positive(),
});

/** One way of rewarding; see `rl/advantages.ts` and `rl/objective.ts`. */
const Arm = z.strictObject({
  /**
   * What a solution is rewarded with: whether it is right, what the PRM thinks of it
   * in the end, or all that the PRM thinks of its steps added up, which pays for every step more.
   */
  outcome: z.enum(["checker", "prm", "prm-sum"]),
  baseline: z.enum(["group", "leave-one-out", "none"]),
  /** Weight of the process advantages; 0 leaves them out. */
  processWeight: z.number().nonnegative(),
  /** γ, in [0, 1]: how much of what follows a step is its own doing. */
  discount: z.number().min(0).max(1),
  clip: z.number().positive().max(1),
  klWeight: z.number().nonnegative(),
});

const Reinforcement = z
  .strictObject({
    iterations: z.int().positive(),
    /** Problems of an iteration, and solutions sampled for each. */
    prompts: z.int().positive(),
    samples: z.int().min(2),
    /** Gradient steps on the same solutions. */
    updates: z.int().positive(),
    rate: z.number().positive(),
    warmupSteps: z.int().positive(),
    /** Gradient shards, as in `optimizer`. */
    shards: z.int().positive(),
    /** Iterations from one checkpoint, and one look at the policy, to the next. */
    everyIterations: z.int().positive(),
    seeds: z.array(z.int().nonnegative()).min(1),
    /** The arm whose first seed becomes the policy that is published. */
    published: z.string(),
    arms: z.record(z.string(), Arm),
  })
  .refine(({ published, arms }) => published in arms, {
    path: ["published"],
    message: "must be the name of an arm",
  });

/**
 * Everything that the trained weights depend on. Kept in one file
 * (`src/training/recipe.json`), hashed stage by stage: a stage whose part and
 * inputs did not change is not run again.
 */
const Shared = z.strictObject({
  seed: z.int().nonnegative(),
  corpus: z.strictObject({
    /** How often each level of each family is drawn; any positive unit. */
    mix: z.record(z.string(), z.record(z.string(), z.number().positive())),
    /** Share of Countdown examples that end in an honest dead end. */
    deadEnds: z.number().min(0).max(0.6),
    /** Share of examples that come after an earlier turn of a conversation. */
    earlierTurns: z.number().min(0).max(0.5),
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
  labels: z.strictObject({
    /** Problems of the training split that the policy attempts, per family. */
    problems: z.int().positive(),
    samplesPerProblem: z.int().positive(),
    temperature: z.number().positive(),
    /** Problems of these whose prefixes get Monte-Carlo rollouts, and rollouts for each prefix. */
    rolloutProblems: z.int().nonnegative(),
    rollouts: z.int().positive(),
    /** Of each family, for the report of what rollouts get wrong. */
    noise: z.strictObject({
      problems: z.int().positive(),
      samples: z.int().positive(),
      rollouts: z.int().positive(),
    }),
  }),
  head: z.strictObject({
    epochs: z.int().positive(),
    rate: z.number().positive(),
    l2: z.number().nonnegative(),
    /** Share of the labelled problems kept for calibration. */
    calibration: z.number().positive().max(0.5),
  }),
  /** Attempts at held-out problems that PRMs are judged by. */
  report: z.strictObject({
    /** Of each family. */
    problems: z.int().positive(),
    samples: z.int().positive(),
    /** Shares of the labelled problems that heads are fitted on, to see what more labels are worth. */
    shares: z.array(z.number().positive().max(1)),
    /** Share of wrong ratings of the labeller who plays a person. */
    labellerErrors: z.number().min(0).max(1),
  }),
  rl: Reinforcement,
  /** Looks at the policy while it is tuned: greedily, at held-out problems that no evaluation uses. */
  watch: z.strictObject({
    /** Tokens from one look to the next. */
    everyTokens: z.int().positive(),
    /** Problems of each family. */
    problems: z.int().positive(),
    /** Sampled attempts, besides the greedy one, at one problem of each family. */
    samples: z.int().nonnegative(),
  }),
  evaluation: z.strictObject({
    problems: z.int().positive(),
    n: z.int().positive(),
    m: z.int().positive(),
    temperature: z.number().positive(),
  }),
});

/** What differs from size to size. */
const Sized = z.strictObject({
  model: ModelConfig,
  /** The policy leaves the trunk early: a search needs something to do. */
  policy: Schedule,
  /**
   * The PRM's body leaves it late: a verifier has to know more than its policy.
   * A size without one is searched with the PRM of `verifier`.
   */
  body: Schedule.optional(),
  /** How the body is tuned into a PRM that writes its judgements; left out, there is none. */
  generative: z
    .strictObject({
      /** Tokens, prompts included. */
      tokens: z.int().positive(),
      /** Peak of the learning rate, which falls linearly to zero. */
      rate: z.number().positive(),
      /** Of a token of a right solution, where a judgement weighs 1. */
      languageWeight: z.number().nonnegative(),
    })
    .optional(),
  /**
   * What a PRM reaches that learns from step labels alone: the policy itself,
   * tuned to judge and on nothing else. Left out, nobody looks.
   */
  stepLabels: z
    .strictObject({
      /** Of each family, one attempt each: many problems teach more than many attempts. */
      problems: z.int().positive(),
      tokens: z.int().positive(),
      rate: z.number().positive(),
    })
    .optional(),
  /** How the policy is tuned to revise its own attempts; left out, it is not. */
  revisions: z
    .strictObject({
      /** Of each family, and attempts of the policy's own at each. */
      problems: z.int().positive(),
      samples: z.int().min(2),
      /** Most attempts that one sees. */
      inContext: z.int().positive().max(16),
      /** Share of lessons whose last attempt in context is right already. */
      kept: z.number().min(0).max(1),
      /** Share of lessons that are of the corpus, so that the first attempt is not forgotten. */
      solving: z.number().min(0).max(1),
      tokens: z.int().positive(),
      /** Peak of the learning rate, which falls linearly to zero. */
      rate: z.number().positive(),
    })
    .optional(),
  verifier: ModelSize.optional(),
});

const RecipeFile = Shared.extend({
  sizes: z
    .partialRecord(ModelSize, Sized)
    .refine(
      (sizes) =>
        Object.values(sizes).every(
          ({ body, verifier }) => body !== undefined || sizes[verifier!]?.body !== undefined,
        ),
      { message: "a size needs a body or the name of a size that has one" },
    )
    .refine(
      (sizes) =>
        Object.values(sizes).every(({ body, generative }) => body !== undefined || !generative),
      { message: "a generative PRM needs a body" },
    )
    .refine(
      (sizes) =>
        Object.values(sizes).every(({ body, stepLabels }) => body !== undefined || !stepLabels),
      { message: "step labels are compared with a PRM, which needs a body" },
    ),
});

/** The recipe of one size. */
export const Recipe = Shared.extend({ size: ModelSize, ...Sized.shape });
export type Recipe = z.infer<typeof Recipe>;

/** Reads and checks a recipe file. Throws with the field and the value. */
export function readRecipe(path: string, size: ModelSize): Recipe {
  const parsed = RecipeFile.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  const { sizes, ...shared } = parsed.data;
  const sized = sizes[size];
  if (sized === undefined) {
    throw new Error(`${path}: sizes has no ${size}, only ${Object.keys(sizes).join(", ")}`);
  }
  return { ...shared, size, ...sized };
}
