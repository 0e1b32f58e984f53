import { z } from "zod";

/** Most tokens that are told beside the one that was taken. */
export const MOST_OTHERS = 8;
/** α of Wu et al. 2016 where nobody chooses: the value that they and others found best for most tasks. */
export const LENGTH_PENALTY = 0.6;

/** How step scores along a path become one score of the path. */
export const AGGREGATIONS = ["last", "min", "product", "mean"] as const;
export const Aggregation = z.enum(AGGREGATIONS);
export type Aggregation = z.infer<typeof Aggregation>;

/** How the finished solutions choose an answer; see `countVotes`. */
export const SELECTIONS = ["weighted_majority", "majority", "argmax"] as const;
export const Selection = z.enum(SELECTIONS);
export type Selection = z.infer<typeof Selection>;

/** Most rounds of a search over steps, and so its longest solution in steps. */
const MAX_ROUNDS = 40;

/** The paper's N: solutions, or candidates of a round. */
const n = z.int().min(1).max(1024).default(16);
/** The paper's M: expansions of each kept prefix. */
const m = z.int().min(1).max(64).default(4);
const maxRounds = z.int().min(1).max(MAX_ROUNDS).default(MAX_ROUNDS);
const aggregation = Aggregation.default("last");
const selection = Selection.default("weighted_majority");
/** Stop as soon as a finished solution with an answer scores at least that. */
const stopAt = z.number().min(0).max(1).optional();

const Greedy = z.strictObject({ name: z.literal("greedy") });

const Majority = z.strictObject({
  ...{ name: z.literal("majority"), n },
  /** Stop as soon as no other answer can win any more. */
  stopEarly: z.boolean().optional(),
});

const BestOfN = z.strictObject({
  name: z.literal("bestOfN"),
  n,
  /** Sum the scores of equal answers (Snell et al.), or take the single best solution. */
  weighted: z.boolean().default(true),
  aggregation,
});

const Beam = z.strictObject({
  ...{ name: z.literal("beam"), n, m, maxRounds, aggregation, stopAt },
});

const Lookahead = z.strictObject({
  ...{ name: z.literal("lookahead"), n, m },
  /** Most steps of a rollout. */
  k: z.int().min(0).max(16).default(1),
  ...{ maxRounds, aggregation, selection, stopAt },
});

/** Monte Carlo tree search. */
const Mcts = z.strictObject({
  name: z.literal("mcts"),
  simulations: z.int().min(1).max(1024).default(32),
  /** Children of each node that is expanded. */
  width: z.int().min(1).max(64).default(4),
  /** How a child is selected. */
  rule: z.enum(["puct", "uct"]).default("puct"),
  /** Weight of what is not known well: c of PUCT, w of UCT. */
  exploration: z.number().min(0).max(10).default(1),
  /** What a simulation finds out: the score of the leaf, or of a solution that goes on from it. */
  value: z.enum(["leaf", "rollout"]).default("leaf"),
  ...{ aggregation, selection, stopAt },
});

/** Diverse verifier tree search. */
const Dvts = z.strictObject({
  ...{ name: z.literal("dvts"), n, m, maxRounds, aggregation, selection, stopAt },
});

const tokens = {
  /** Likeliest tokens told of each prefix though they are not taken. */
  alternatives: z.int().min(0).max(MOST_OTHERS).default(3),
  /** Longest solution, in tokens. */
  maxTokens: z.int().min(1).max(4096).default(512),
};

/** Temperature of the softmax that shares out by score: the closer to 0, the more falls to the best. */
const scoreTemperature = z.number().min(0.05).max(10);

/** Particle filtering. */
const Particles = z.strictObject({
  ...{ name: z.literal("particles"), n },
  /** Drawn in equal steps from one chance, or each on its own. */
  resampling: z.enum(["systematic", "multinomial"]).default("systematic"),
  /** τ: of the log-odds of the scores. */
  scoreTemperature: scoreTemperature.default(1),
  ...{ maxRounds, aggregation, selection: Selection.default("argmax"), stopAt },
});

/** Tree of Thoughts, breadth first. */
const TotBfs = z.strictObject({
  name: z.literal("totBfs"),
  /** b: states that are kept. */
  keep: z.int().min(1).max(256).default(5),
  /** k: next steps of each. */
  width: z.int().min(1).max(64).default(4),
  ...{ maxRounds, aggregation, selection: Selection.default("argmax"), stopAt },
});

/** Tree of Thoughts, depth first. */
const TotDfs = z.strictObject({
  name: z.literal("totDfs"),
  expansions: z.int().min(1).max(1024).default(32),
  /** k: next steps of each node that is expanded. */
  width: z.int().min(1).max(64).default(4),
  /** v_th: what scores less is given up. */
  threshold: z.number().min(0).max(1).default(0.2),
  /** Finished solutions after which it stops. */
  wanted: z.int().min(1).max(64).default(1),
  ...{ aggregation, selection: Selection.default("argmax"), stopAt },
});

/** Reward-balanced search. */
const Rebase = z.strictObject({
  ...{ name: z.literal("rebase"), n },
  /** T_b: of the scores themselves. */
  scoreTemperature: scoreTemperature.default(0.2),
  ...{ maxRounds, aggregation, selection, stopAt },
});

/** Chains of attempts, each of which sees those before it. */
const Revisions = z.strictObject({
  name: z.literal("revisions"),
  chains: z.int().min(1).max(256).default(4),
  /** Of each chain; with 1 they are as many solutions on their own. */
  attempts: z.int().min(1).max(64).default(4),
  /** Latest attempts of its chain that one sees. */
  seen: z.int().min(0).max(16).default(4),
  ...{ aggregation, selection, stopAt },
});

/** What may be done with a problem once it is known how hard it looks. */
export const WAYS = ["stop", "bestOfN", "beam"] as const;

/** First solutions tell how hard the problem is, and that decides how the rest of the budget is spent. */
const ComputeOptimal = z.strictObject({
  name: z.literal("computeOptimal"),
  /** In all, the first ones among them. */
  n: z.int().min(1).max(1024).default(16),
  first: z.int().min(1).max(64).default(4),
  /** Mean score of the first solutions below which a problem is hard. */
  hardBelow: z.number().min(0).max(1).default(0.5),
  /** And from which it is easy. */
  easyFrom: z.number().min(0).max(1).default(0.9),
  hard: z.enum(WAYS).default("beam"),
  medium: z.enum(WAYS).default("bestOfN"),
  easy: z.enum(WAYS).default("stop"),
  /** Of a beam. */
  m: z.int().min(1).max(1024).default(4),
  aggregation,
});

const TokenGreedy = z.strictObject({ name: z.literal("tokenGreedy"), ...tokens });

const TokenSampling = z.strictObject({
  name: z.literal("tokenSampling"),
  n: z.int().min(1).max(128).default(8),
  ...tokens,
});

const TokenBeam = z.strictObject({
  name: z.literal("tokenBeam"),
  /** Prefixes that are kept after each token. */
  width: z.int().min(1).max(64).default(4),
  /** α of Wu et al. 2016; 0 ranks by the probability of the whole. */
  lengthPenalty: z.number().min(0).max(1).default(LENGTH_PENALTY),
  ...tokens,
});

/**
 * A strategy and its parameters, every one with a default. A parameter is a
 * number, one of a few words, or yes and no, so that forms and flags can be
 * made of it; what it means is told in `strategy-facts`.
 */
export const Strategy = z.discriminatedUnion("name", [
  Greedy,
  Majority,
  BestOfN,
  Beam,
  Lookahead,
  Dvts,
  Rebase,
  Mcts,
  TotBfs,
  TotDfs,
  Particles,
  Revisions,
  ComputeOptimal,
  TokenGreedy,
  TokenSampling,
  TokenBeam,
]);
export type Strategy = z.infer<typeof Strategy>;
export type StrategyName = Strategy["name"];

/** The strategies by name. */
export type StrategyOf<N extends StrategyName> = Extract<Strategy, { name: N }>;
