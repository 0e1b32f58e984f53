import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type ParameterFacts, type StrategyFacts } from "./facts.ts";
import { SOLUTIONS } from "./parameters.ts";

const UNSCORED = { prmCalls: 0, stepsPerCall: 0 };

const ALTERNATIVES: ParameterFacts<number> = {
  label: msg("Alternatives told"),
  about: msg("likeliest tokens that are told though they are not taken"),
  more: true,
};

const MAX_TOKENS: ParameterFacts<number> = {
  label: msg("Longest solution"),
  about: msg("tokens of a solution at most"),
  more: true,
};

const COMMON = { alternatives: ALTERNATIVES, maxTokens: MAX_TOKENS };

export const TOKEN_GREEDY: StrategyFacts<StrategyOf<"tokenGreedy">> = {
  label: msg("Greedy, token by token"),
  group: "Over tokens",
  flag: "token-greedy",
  unit: "token",
  usesVerifier: false,
  samples: false,
  parameters: COMMON,
  title: () => say("Greedy tokens"),
  story: () => say("One solution, always the likeliest next token."),
  selection: () => "argmax",
  expects: (_, steps) => ({ solutions: 1, steps, ...UNSCORED }),
};

export const TOKEN_SAMPLING: StrategyFacts<StrategyOf<"tokenSampling">> = {
  label: msg("Sampling, token by token"),
  group: "Over tokens",
  flag: "token-sampling",
  unit: "token",
  usesVerifier: false,
  samples: true,
  parameters: { n: SOLUTIONS, ...COMMON },
  title: ({ n }) => say("Sample tokens × {n}", { n: count(n) }),
  story: ({ n }) =>
    say("{n} solutions, each token drawn by its probability; the most frequent answer wins.", {
      n: count(n),
    }),
  selection: () => "majority",
  expects: ({ n }, steps) => ({ solutions: n, steps: n * steps, ...UNSCORED }),
};

export const TOKEN_BEAM: StrategyFacts<StrategyOf<"tokenBeam">> = {
  label: msg("Beam, token by token"),
  group: "Over tokens",
  flag: "token-beam",
  unit: "token",
  usesVerifier: false,
  samples: false,
  parameters: {
    width: { label: msg("Beam width"), about: msg("prefixes that are kept after each token") },
    lengthPenalty: {
      label: msg("Length penalty α"),
      about: msg("how much longer solutions are forgiven for being less likely; 0: not at all"),
      more: true,
      step: 0.1,
    },
    ...COMMON,
  },
  title: ({ width }) => say("Beam of {width} over tokens", { width: count(width) }),
  story: ({ width }) =>
    say("After each token the likeliest {width} prefixes go on.", { width: count(width) }),
  selection: () => "argmax",
  expects: ({ width }, steps) => ({ solutions: width, steps: width * steps, ...UNSCORED }),
  width: ({ width }) => width,
};
