import { z } from "zod";
import { Budget, Use } from "./budget.ts";
import { EarlierTurn, MOST_EARLIER, ModelStamp, Problem, Sampling } from "./events.ts";
import { Strategy } from "./strategies.ts";
import { UploadedSet } from "./uploaded-sets.ts";

/** What a run needs to be started, and to be started again elsewhere with the same log. */
export const RunSpec = z.strictObject({
  /** As a person typed it; the server parses it and says what is wrong. */
  problem: z.string().min(1).max(2000),
  /** The right answer if it is known. The problem may then be any text, and answers are graded by it. */
  reference: z.string().trim().min(1).max(2000).optional(),
  /** The conversation that the problem goes on with, oldest first. Embedded models read it before the problem. */
  earlier: z.array(z.strictObject(EarlierTurn.shape)).max(MOST_EARLIER).default([]),
  strategy: Strategy,
  /** Name of a model that `GET /models` lists as a policy. */
  policy: z.string().max(200).default("sentei-s"),
  /** Name of a verifier that `GET /models` lists; `null` for strategies that use none. */
  verifier: z.string().max(200).nullable().default("sentei-prm"),
  /** Name of a verifier that scores every step, too, and steers nothing. */
  second: z.string().max(200).optional(),
  sampling: Sampling.prefault({}),
  seed: z.int().min(0).max(0xffff_ffff).default(0),
  budget: Budget.default({}),
  /** Start paused, to be stepped through at the source. */
  paused: z.boolean().default(false),
});
export type RunSpec = z.infer<typeof RunSpec>;
export type RunSpecInput = z.input<typeof RunSpec>;

/**
 * `interrupted`: the server went away in mid-run; everything up to the last
 * durable event is there.
 */
export const RUN_STATUSES = [
  "queued",
  "running",
  "paused",
  "finished",
  "failed",
  "cancelled",
  "interrupted",
] as const;
export const RunStatus = z.enum(RUN_STATUSES);
export type RunStatus = z.infer<typeof RunStatus>;

/** A run as lists show it; everything here is derived from its log. */
export const RunSummary = z.object({
  id: z.string(),
  status: RunStatus,
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  problem: Problem,
  strategy: Strategy,
  policy: ModelStamp,
  verifier: ModelStamp.nullable(),
  seed: z.int(),
  /** Seq of the last durable event, −1 before the first. */
  lastSeq: z.int(),
  nodes: z.int().nonnegative(),
  answer: z.string().nullable(),
  correct: z.boolean().nullable(),
  use: Use,
  /** Why it failed. */
  error: z.string().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const RunList = z.object({
  runs: z.array(RunSummary),
  /** Of all runs that match, not only of this page. */
  total: z.int().nonnegative(),
  /** Pass as `before` for the next page; `null` on the last. */
  next: z.string().nullable(),
});
export type RunList = z.infer<typeof RunList>;

export const RunQuery = z.strictObject({
  status: RunStatus.optional(),
  strategy: z.string().max(40).optional(),
  family: z.string().max(40).optional(),
  /** Part of the problem text. */
  text: z.string().max(200).optional(),
  before: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RunQuery = z.infer<typeof RunQuery>;

/** `step` lets a paused run go on by one event (or to the end of the round). */
export const Command = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("pause") }),
  z.strictObject({ command: z.literal("resume") }),
  z.strictObject({ command: z.literal("step"), to: z.enum(["event", "round"]).default("event") }),
  z.strictObject({ command: z.literal("cancel") }),
]);
export type Command = z.infer<typeof Command>;
export type CommandInput = z.input<typeof Command>;

export const Interval = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What `public/models/<name>.json` says of a model; unknown fields are kept. */
export const ModelCard = z.looseObject({
  name: z.string(),
  revision: z.string(),
  role: z.enum(["policy", "verifier"]),
  about: z.string(),
  /** 0 of what has none: a checker, a script. */
  parameters: z.int().nonnegative(),
  families: z.array(z.string()),
  /** Of a model on a server of the user's, which reads problems of any kind. */
  remote: z
    .object({
      /** What a run should take as the longest step, in tokens; of policies. */
      maxStepTokens: z.int().positive().optional(),
      /** Why it only writes whole solutions, so that no strategy can go on from a step; `null` if it does not. */
      whole: z.string().nullable(),
    })
    .optional(),
  /** Of a policy: whether it tells what may follow token by token, as searches over tokens need. */
  tellsTokens: z.boolean().optional(),
  /** Measured on `n` held-out problems of the main family; every figure with its 95 % interval. */
  heldOut: z.object({ n: z.int() }).catchall(Interval).optional(),
});
export type ModelCard = z.infer<typeof ModelCard>;

export const ModelList = z.object({
  policies: z.array(ModelCard),
  verifiers: z.array(ModelCard),
});
export type ModelList = z.infer<typeof ModelList>;

const ProblemFamily = z.object({
  name: z.string(),
  about: z.string(),
  example: z.string(),
  levels: z.array(z.int()),
});
export const ProblemList = z.object({
  families: z.array(ProblemFamily),
  problems: z.array(Problem),
  /** Newest first. */
  sets: z.array(UploadedSet).default([]),
});
export type ProblemList = z.infer<typeof ProblemList>;

/** RFC 9457 problem details; `errors` names fields and values. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z
    .array(
      z.object({
        /** Path with dots into what was sent. */
        field: z.string(),
        message: z.string(),
        value: z.unknown().optional(),
        /** Offset into the value, a text, at which it goes wrong. */
        at: z.int().nonnegative().optional(),
      }),
    )
    .optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
