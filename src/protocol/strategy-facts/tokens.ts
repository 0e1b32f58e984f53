import type { StrategyOf } from "../strategies.ts";
import { count, type ParameterFacts, type StrategyFacts } from "./facts.ts";
import { SOLUTIONS } from "./parameters.ts";

const UNSCORED = { prmCalls: 0, stepsPerCall: 0 };

const ALTERNATIVES: ParameterFacts<number> = {
  label: "Alternatives told",
  about: "likeliest tokens that are told though they are not taken",
  more: true,
};

const MAX_TOKENS: ParameterFacts<number> = {
  label: "Longest solution",
  about: "tokens of a solution at most",
  more: true,
};

const COMMON = { alternatives: ALTERNATIVES, maxTokens: MAX_TOKENS };

export const TOKEN_GREEDY: StrategyFacts<StrategyOf<"tokenGreedy">> = {
  label: "Greedy, token by token",
  group: "Over tokens",
  flag: "token-greedy",
  unit: "token",
  usesVerifier: false,
  samples: false,
  parameters: COMMON,
  title: () => "Greedy tokens",
  story: () => "One solution, always the likeliest next token.",
  selection: () => "argmax",
  expects: (_, steps) => ({ solutions: 1, steps, ...UNSCORED }),
};

export const TOKEN_SAMPLING: StrategyFacts<StrategyOf<"tokenSampling">> = {
  label: "Sampling, token by token",
  group: "Over tokens",
  flag: "token-sampling",
  unit: "token",
  usesVerifier: false,
  samples: true,
  parameters: { n: SOLUTIONS, ...COMMON },
  title: ({ n }) => `Sample tokens × ${count(n)}`,
  story: ({ n }) =>
    `${count(n)} solutions, each token drawn by its probability; the most frequent answer wins.`,
  selection: () => "majority",
  expects: ({ n }, steps) => ({ solutions: n, steps: n * steps, ...UNSCORED }),
};

export const TOKEN_BEAM: StrategyFacts<StrategyOf<"tokenBeam">> = {
  label: "Beam, token by token",
  group: "Over tokens",
  flag: "token-beam",
  unit: "token",
  usesVerifier: false,
  samples: false,
  parameters: {
    width: { label: "Beam width", about: "prefixes that are kept after each token" },
    lengthPenalty: {
      label: "Length penalty α",
      about: "how much longer solutions are forgiven for being less likely; 0: not at all",
      more: true,
      step: 0.1,
    },
    ...COMMON,
  },
  title: ({ width }) => `Beam of ${count(width)} over tokens`,
  story: ({ width }) => `After each token the likeliest ${count(width)} prefixes go on.`,
  selection: () => "argmax",
  expects: ({ width }, steps) => ({ solutions: width, steps: width * steps, ...UNSCORED }),
  width: ({ width }) => width,
};
