import { z } from "zod";
import { Budget, Use } from "./budget.ts";
import { ModelStamp, Problem, Sampling } from "./events.ts";
import { RevisionOutcomes } from "./revision-outcomes.ts";
import { Interval } from "./runs.ts";
import { Strategy } from "./strategies.ts";
import { SetProblem } from "./uploaded-sets.ts";

/**
 * Evaluations: an experiment of problems × arms × budgets × repeats, every cell
 * of which is one run. Its trees are not stored: `runOf` in `evaluation-runs.ts`
 * gives the spec of the run behind a row, and the same spec gives the same log.
 */

/** Most problems, and most rows, of one evaluation. */
export const MOST_PROBLEMS = 10_000;
export const MOST_ROWS = 250_000;

const seed = z.int().min(0).max(0xffff_ffff);
const index = z.int().nonnegative();
const share = z.number().min(0).max(1);

/** Held-out problems of one family that a program makes, no two alike. */
const GeneratedFamily = z.strictObject({
  family: z.string().max(40),
  /** Taken in turn; all of the family if not told. */
  levels: z.array(z.int()).min(1).max(40).optional(),
  count: z.int().min(1).max(MOST_PROBLEMS),
});

const AnsweredProblem = z.strictObject({
  ...SetProblem.pick({ problem: true, answer: true }).shape,
  level: z.int().nullable().default(null),
});

export const ProblemSet = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("generated"),
    families: z.array(GeneratedFamily).min(1).max(40),
    seed: seed.default(0),
  }),
  z.strictObject({
    kind: z.literal("listed"),
    /** As people type them. */
    problems: z.array(z.string().min(1).max(2000)).min(1).max(MOST_PROBLEMS),
  }),
  z.strictObject({
    kind: z.literal("uploaded"),
    /** Id of a set that somebody uploaded. Its problems are graded by its answers. */
    set: z.string().min(1).max(64),
    /** The first so many; all if not told. What was accepted tells it. */
    count: z.int().min(1).max(MOST_PROBLEMS).optional(),
  }),
  z.strictObject({
    kind: z.literal("answered"),
    /** With what they are graded by. */
    problems: z.array(AnsweredProblem).min(1).max(MOST_PROBLEMS),
  }),
]);
export type ProblemSet = z.infer<typeof ProblemSet>;

/** One way of answering: a strategy with its models. What is not told is that of the evaluation. */
export const Arm = z.strictObject({
  /** In place of the strategy's own name. */
  label: z.string().min(1).max(60).optional(),
  /** A budget of so many solutions sets its size, `n` or what stands for it; see `sizedTo`. */
  strategy: Strategy,
  policy: z.string().max(200).optional(),
  verifier: z.string().max(200).nullable().optional(),
});
export type Arm = z.infer<typeof Arm>;

/** Limits of a run, but for the wall time: what a clock decides cannot be repeated. */
export const EvaluationBudget = Budget.omit({ ms: true }).refine(
  (budget) => Object.keys(budget).length > 0,
  "must limit something",
);
export type EvaluationBudget = z.infer<typeof EvaluationBudget>;

export const EvaluationSpec = z.strictObject({
  name: z.string().trim().min(1).max(120),
  problems: ProblemSet,
  arms: z.array(Arm).min(1).max(32),
  /** In the order in which they are shown; mostly by size. */
  budgets: z.array(EvaluationBudget).min(1).max(16),
  /** Every problem is run once with each. A run's own seed comes of it and of the problem's text. */
  seeds: z.array(seed).min(1).max(64).default([0]),
  policy: z.string().max(200).default("sentei-s"),
  verifier: z.string().max(200).nullable().default("sentei-prm"),
  sampling: Sampling.prefault({}),
});
export type EvaluationSpec = z.infer<typeof EvaluationSpec>;
export type EvaluationSpecInput = z.input<typeof EvaluationSpec>;

/** Where a row stands: indices into the problems, and into `arms`, `budgets` and `seeds` of the spec. */
export const RowPlace = z.object({ problem: index, arm: index, budget: index, repeat: index });
export type RowPlace = z.infer<typeof RowPlace>;

/** What one run came to. The same spec gives the same rows, `use.ms` apart, however many threads there were. */
export const EvaluationRow = RowPlace.extend({
  /** `failed`: a model could not answer; `error` says why. It counts as wrong. */
  status: z.enum(["finished", "failed"]),
  /** Why the search ended, as its log says; `null` if it failed. */
  why: z.enum(["complete", "decided", "budget", "max_rounds", "no_answer"]).nullable(),
  error: z.string().nullable(),
  /** The selected one. */
  answer: z.string().nullable(),
  /** Whether the selected answer is right; none is wrong; `null`: nobody here can tell. */
  correct: z.boolean().nullable(),
  nodes: index,
  /** The first unit of cost: most steps that it sampled at one depth, for a solution has one step at each. */
  solutions: index,
  /**
   * The other units: what this run spends by itself. `ms` is an estimate: what
   * its batches take on one free core of the machine that made the row.
   */
  use: Use,
  /**
   * Of the tokens in `use`, those that had to be computed for this row, by both
   * models. The others were known from other rows of the same problem: best of 4
   * is a part of best of 64.
   */
  computed: index,
  /** Finished solutions that had a vote or no readable answer; pass@k is estimated from it and `right`. */
  finished: index,
  /** Of them, those with the right answer; above 0, a perfect choice would have been right. */
  right: index,
  /** Different readable answers. */
  answers: index,
  /** Share of the vote's weight that the selected answer has; `null` without an answer. */
  agreement: share.nullable(),
  /** Score of the selected solution; `null` where nothing was scored. */
  score: share.nullable(),
  /** Mean score of the finished solutions: how hard the verifier takes the problem to be. */
  meanScore: share.nullable(),
  /** Best score of a right and of a wrong finished solution; `null` if there is none. */
  bestRight: share.nullable(),
  bestWrong: share.nullable(),
  /** What revising did to its answers; absent where nothing was revised, or nobody can grade. */
  revisions: RevisionOutcomes.optional(),
});
export type EvaluationRow = z.infer<typeof EvaluationRow>;

/** `interrupted`: its process went away; what was finished is kept, and it can be resumed. */
const EVALUATION_STATUSES = [
  "queued",
  "running",
  "finished",
  "failed",
  "cancelled",
  "interrupted",
] as const;
export const EvaluationStatus = z.enum(EVALUATION_STATUSES);
export type EvaluationStatus = z.infer<typeof EvaluationStatus>;

export const EvaluationState = z.object({
  id: z.string(),
  spec: EvaluationSpec,
  status: EvaluationStatus,
  /** Why it failed. */
  error: z.string().nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** Of every arm, as they stood when the evaluation was made: other revisions grow other trees. */
  models: z.array(z.object({ policy: ModelStamp, verifier: ModelStamp.nullable() })),
  /** Problems that all rows are there of, and all problems. */
  done: index,
  problems: index,
  /** Rows there are, and rows there will be. */
  rows: index,
  allRows: index,
  /** Wall time that it took until now, s; `left` is an estimate, `null` while there is none or nothing runs. */
  seconds: z.number().nonnegative(),
  left: z.number().nonnegative().nullable(),
});
export type EvaluationState = z.infer<typeof EvaluationState>;

/** Newest first. */
export const EvaluationList = z.object({ evaluations: z.array(EvaluationState) });
export type EvaluationList = z.infer<typeof EvaluationList>;

/** `problems[row.problem]` is what a row is about. */
export const EvaluationProblems = z.object({ problems: z.array(Problem) });
export type EvaluationProblems = z.infer<typeof EvaluationProblems>;

/** By problem, arm, budget and repeat; of problems that are done, so that every problem has all of its rows. */
export const EvaluationRows = z.object({ rows: z.array(EvaluationRow) });
export type EvaluationRows = z.infer<typeof EvaluationRows>;

/** `resume` goes on with one that was cancelled, interrupted or failed. */
export const EvaluationCommand = z.strictObject({ command: z.enum(["cancel", "resume"]) });
export type EvaluationCommand = z.infer<typeof EvaluationCommand>;

/** Mean cost of a run in all four units, and in floating-point operations where all models tell. */
export const MeanCost = z.object({
  solutions: z.number(),
  policyTokens: z.number(),
  prmTokens: z.number(),
  prmCalls: z.number(),
  ms: z.number(),
  flops: z.number().nullable(),
});
export type MeanCost = z.infer<typeof MeanCost>;

/** One point of a chart: an arm at a budget, over some of the problems. */
export const EvaluationCell = z.object({
  arm: index,
  budget: index,
  /** Rows that it is made of. */
  n: index,
  failed: index,
  /** Wilson's interval; with several repeats, a bootstrap over problems. */
  accuracy: Interval,
  cost: MeanCost,
});
export type EvaluationCell = z.infer<typeof EvaluationCell>;

/** How much more often one cell is right than another, on the same problems: in [−1, 1], with a paired bootstrap interval. */
export const PairedDifference = z.object({
  arm: index,
  budget: index,
  against: z.object({ arm: index, budget: index }),
  /** Problems. */
  n: index,
  difference: Interval,
});
export type PairedDifference = z.infer<typeof PairedDifference>;

/** `differences`: every cell against that of the first arm at the same budget. */
export const EvaluationSummary = z.object({
  cells: z.array(EvaluationCell),
  differences: z.array(PairedDifference),
});
export type EvaluationSummary = z.infer<typeof EvaluationSummary>;
