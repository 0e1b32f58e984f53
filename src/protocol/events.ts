import { z } from "zod";
import { Budget, Use } from "./budget.ts";
import { MOST_OTHERS, Strategy } from "./strategies.ts";

/** Version of the event schema, written into every event as `v`. */
export const EVENT_VERSION = 1;

/** Dense, from 0 (the root: the problem itself), in the order in which the search announces nodes. */
export const NodeId = z.int().nonnegative().max(2_147_483_647);
export type NodeId = z.infer<typeof NodeId>;

export const ROOT: NodeId = 0;

/** P(on the way to a correct answer). */
const Score = z.number().min(0).max(1);

export const PRUNE_REASONS = [
  "not_top_k",
  "below_threshold",
  "duplicate",
  "budget",
  "max_depth",
  "invalid",
  "not_resampled",
  "superseded",
  "human",
  "error",
] as const;
export const PruneReason = z.enum(PRUNE_REASONS);
export type PruneReason = z.infer<typeof PruneReason>;

export const PHASES = [
  "expand",
  "score",
  "prune",
  "select",
  "simulate",
  "backup",
  "resample",
  "estimate",
] as const;
export const Phase = z.enum(PHASES);
export type Phase = z.infer<typeof Phase>;

export const Sampling = z.strictObject({
  /** 0 takes the likeliest token always. */
  temperature: z.number().min(0).max(5).default(0.8),
  /** Keep the k likeliest tokens; 0 keeps all. */
  topK: z.int().min(0).max(1_000_000).default(0),
  /** Keep the smallest set of likeliest tokens with at least this mass. */
  topP: z.number().positive().max(1).default(1),
  /** Longest step, in tokens. */
  maxStepTokens: z.int().positive().max(4096).default(96),
});
export type Sampling = z.infer<typeof Sampling>;

/** A model as it stood when the run was made. */
export const ModelStamp = z.object({ name: z.string(), revision: z.string() });
export type ModelStamp = z.infer<typeof ModelStamp>;

export const Problem = z.object({
  /** Family that can check it, `null` for a problem that nothing here can grade. */
  family: z.string().nullable(),
  /** Canonical spelling, the one the policy reads. */
  text: z.string(),
  level: z.int().nullable().default(null),
  /** The right answer where it was known beforehand: answers are graded by it, and no model sees it. */
  reference: z.string().max(2000).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Most questions that one run can come after. */
export const MOST_EARLIER = 16;

/** A question before this one in the same conversation, and its answer; its reasoning is not in the context any more. */
export const EarlierTurn = z.object({
  /** In canonical spelling. */
  problem: z.string().min(1).max(2000),
  answer: z.string().min(1).max(2000),
  /** Tokens of reasoning that were dropped; `null` if unknown. */
  reasoningTokens: z.int().nonnegative().nullable(),
});
export type EarlierTurn = z.infer<typeof EarlierTurn>;

/** A token that was not taken; `logprob` is ln p at temperature 1. */
export const OtherToken = z.object({ text: z.string(), logprob: z.number() });
export type OtherToken = z.infer<typeof OtherToken>;

const bodies = {
  started: z.object({
    type: z.literal("started"),
    problem: Problem,
    /** What a node is: a step of reasoning, or a single token of the policy's; a step if not told. */
    unit: z.enum(["step", "token"]).optional(),
    /** The conversation so far, oldest first; absent for a first question. */
    earlier: z.array(EarlierTurn).max(MOST_EARLIER).optional(),
    strategy: Strategy,
    policy: ModelStamp,
    verifier: ModelStamp.nullable(),
    /** A verifier that scores all steps, too, and steers nothing; absent if there is none. */
    second: ModelStamp.optional(),
    sampling: Sampling,
    seed: z.int().min(0).max(0xffff_ffff),
    budget: Budget,
    /** Who made this log, `name@version`. */
    producer: z.string(),
    forkedFrom: z.object({ run: z.string(), seq: z.int(), node: NodeId }).optional(),
  }),
  round: z.object({
    type: z.literal("round"),
    round: z.int().nonnegative(),
    phase: Phase,
    /** Of particles that are about to be drawn: how many of equal weight they are worth. */
    effective: z.number().positive().optional(),
    /** How easy a problem looks before it is decided how to search: mean score of its first solutions. */
    ease: Score.optional(),
  }),
  /** `kids` children of `node` are now being sampled; their ids are `first`, `first + 1`, … */
  expanded: z.object({
    type: z.literal("expanded"),
    node: NodeId,
    first: NodeId,
    /** Bounded, so that no line of a log can ask for gigabytes of columns. */
    kids: z.int().positive().max(65_536),
  }),
  proposed: z.object({
    type: z.literal("proposed"),
    node: NodeId,
    /** The step, without its delimiter; in a search over tokens the text of one token. */
    step: z.string(),
    tokens: z.int().nonnegative().max(2_147_483_647),
    /** Of `tokens`, those of reasoning, to its end: the rest state the answer. Absent if unknown. */
    reasoningTokens: z.int().nonnegative().max(2_147_483_647).optional(),
    /** Σ ln p of those tokens at temperature 1; `null` if the model does not tell. */
    logprob: z.number().nullable(),
    ended: z.enum(["step", "stop", "length"]),
    origin: z.enum(["policy", "human", "replay", "copy", "rollout"]),
    /** An earlier node with the same prefix and step. */
    duplicateOf: NodeId.optional(),
    /** Of the first step of another attempt: the node at which the attempt before it ended. */
    revises: NodeId.optional(),
    /** A token that is no text but frames it: `step` is its name. */
    control: z.literal(true).optional(),
    /** Of a token: the likeliest others in its place that are no nodes themselves, likeliest first. */
    others: z.array(OtherToken).max(MOST_OTHERS).optional(),
    use: Use,
  }),
  scored: z.object({
    type: z.literal("scored"),
    node: NodeId,
    /** What the search decides by: the strategy's aggregation of `steps`. */
    score: Score,
    /** Name of the verifier; `likelihood` where paths are ranked by the policy's own probabilities. */
    scorer: z.string(),
    /**
     * Raw score of every step from the root to this node, this one last; in a search
     * over tokens the probability of this node's token alone.
     */
    steps: z.array(Score),
    /** The end of a rollout from this node, if `score` is that of the path to there; `steps` end here all the same. */
    rolledOutTo: NodeId.optional(),
    use: Use,
  }),
  /** What the second verifier says of a node. It decides nothing, and what it spends is in no budget. */
  judged: z.object({
    type: z.literal("judged"),
    node: NodeId,
    /** The strategy's aggregation of `steps`. */
    score: Score,
    /** Name of the second verifier. */
    scorer: z.string(),
    /** Raw score of every step from the root to this node, this one last. */
    steps: z.array(Score),
    /** What the second verifier has spent so far in this run. */
    spent: Use.pick({ prmTokens: true, prmCalls: true }),
  }),
  kept: z.object({ type: z.literal("kept"), nodes: z.array(NodeId) }),
  pruned: z.object({
    type: z.literal("pruned"),
    nodes: z.array(
      z.object({
        node: NodeId,
        reason: PruneReason,
        /** Place in the ranking that decided, from 1; `null` where nothing was ranked. */
        rank: z.int().positive().max(2_147_483_647).nullable(),
        /** Score of the last one kept: the cut line. */
        cut: Score.nullable(),
        /** The node that took the place: the last one kept, or the original of a duplicate. */
        beatenBy: NodeId.nullable(),
      }),
    ),
  }),
  restored: z.object({ type: z.literal("restored"), nodes: z.array(NodeId) }),
  /** Statistics of a tree search; of candidates that share out what is done next their count and share. */
  visited: z.object({
    type: z.literal("visited"),
    nodes: z.array(
      z.object({
        node: NodeId,
        visits: z.int().nonnegative(),
        value: z.number(),
        prior: z.number().optional(),
        exploit: z.number().optional(),
        explore: z.number().optional(),
      }),
    ),
  }),
  answered: z.object({
    type: z.literal("answered"),
    node: NodeId,
    /** As a person would write it; `null` if none could be read. */
    answer: z.string().nullable(),
    /** What the policy stated, where that is not `answer` as it was read; `null`: nothing. */
    stated: z.string().nullable().optional(),
    /** Equal for equal answers; votes are counted by it. `null` answers have no vote. */
    canonical: z.string().nullable(),
    /** `null`: nobody here can tell. */
    correct: z.boolean().nullable(),
  }),
  selected: z.object({
    type: z.literal("selected"),
    /** From the root to the chosen leaf; empty if there was nothing to choose from. */
    path: z.array(NodeId),
    method: z.enum(["argmax", "majority", "weighted_majority", "human"]),
    answer: z.string().nullable(),
    correct: z.boolean().nullable(),
    /** Best first. */
    votes: z.array(
      z.object({
        canonical: z.string(),
        answer: z.string(),
        /** Sum of scores; the count for a plain majority; the best score for argmax. */
        weight: z.number(),
        /** Who voted so: at least one, or it would be no vote. */
        nodes: z.array(NodeId).min(1),
        correct: z.boolean().nullable(),
      }),
    ),
    /** Finished candidates from which no answer could be read. */
    unreadable: z.int().nonnegative(),
  }),
  steered: z.object({
    type: z.literal("steered"),
    command: z.string(),
    node: NodeId.optional(),
    by: z.string(),
  }),
  labelled: z.object({
    type: z.literal("labelled"),
    node: NodeId,
    label: z.union([z.literal(1), z.literal(0), z.literal(-1)]),
    by: z.string(),
  }),
  paused: z.object({ type: z.literal("paused") }),
  resumed: z.object({ type: z.literal("resumed") }),
  finished: z.object({
    type: z.literal("finished"),
    /** `decided`: an answer was good enough, or could no longer be overtaken. */
    why: z.enum(["complete", "decided", "budget", "max_rounds", "no_answer"]),
    use: Use,
  }),
  failed: z.object({
    type: z.literal("failed"),
    error: z.string(),
    /** What a model server did wrong, one of `FAULTS` or a later one; absent if none did. */
    fault: z.string().optional(),
    use: Use,
  }),
  cancelled: z.object({ type: z.literal("cancelled"), by: z.string(), use: Use }),
} as const;

const base = {
  v: z.int().positive(),
  run: z.string(),
  /** From 0, without gaps. */
  seq: z.int().nonnegative(),
  /** ms since the run began. */
  t: z.number().nonnegative(),
};

/** What a search states; the recorder adds `v`, `run`, `seq`, `t` and the wall time in `use.ms`. */
export const Fact = z.discriminatedUnion("type", [
  bodies.started,
  bodies.round,
  bodies.expanded,
  bodies.proposed,
  bodies.scored,
  bodies.judged,
  bodies.kept,
  bodies.pruned,
  bodies.restored,
  bodies.visited,
  bodies.answered,
  bodies.selected,
  bodies.steered,
  bodies.labelled,
  bodies.paused,
  bodies.resumed,
  bodies.finished,
  bodies.failed,
  bodies.cancelled,
]);
export type Fact = z.infer<typeof Fact>;

/** One line of a run's log. */
export const RunEvent = z.discriminatedUnion("type", [
  bodies.started.extend(base),
  bodies.round.extend(base),
  bodies.expanded.extend(base),
  bodies.proposed.extend(base),
  bodies.scored.extend(base),
  bodies.judged.extend(base),
  bodies.kept.extend(base),
  bodies.pruned.extend(base),
  bodies.restored.extend(base),
  bodies.visited.extend(base),
  bodies.answered.extend(base),
  bodies.selected.extend(base),
  bodies.steered.extend(base),
  bodies.labelled.extend(base),
  bodies.paused.extend(base),
  bodies.resumed.extend(base),
  bodies.finished.extend(base),
  bodies.failed.extend(base),
  bodies.cancelled.extend(base),
]);
export type RunEvent = z.infer<typeof RunEvent>;
export type EventType = RunEvent["type"];

export type StartedEvent = Extract<RunEvent, { type: "started" }>;

/** An event of a type that this version does not know. Readers count it and change nothing. */
export const UnknownEvent = z.looseObject({ ...base, type: z.string() });
export type UnknownEvent = z.infer<typeof UnknownEvent>;

/** Types that end a log. A log without one of them ended in a lost connection. */
export const TERMINAL: ReadonlySet<string> = new Set(["finished", "failed", "cancelled"]);
