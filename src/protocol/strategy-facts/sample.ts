import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, SOLUTIONS } from "./parameters.ts";

const UNSCORED = { prmCalls: 0, stepsPerCall: 0 };

export const GREEDY: StrategyFacts<StrategyOf<"greedy">> = {
  label: msg("Greedy"),
  group: "Sample",
  flag: "greedy",
  usesVerifier: false,
  samples: false,
  parameters: {},
  title: () => say("Greedy"),
  story: () => say("One solution, always the likeliest next step."),
  selection: () => "argmax",
  expects: (_, steps) => ({ solutions: 1, steps, ...UNSCORED }),
};

export const MAJORITY: StrategyFacts<StrategyOf<"majority">> = {
  label: msg("Majority"),
  group: "Sample",
  flag: "majority",
  usesVerifier: false,
  samples: true,
  parameters: {
    n: SOLUTIONS,
    stopEarly: {
      label: msg("Stop when decided"),
      about: msg("end as soon as no other answer can win any more"),
      more: true,
    },
  },
  title: ({ n }) => say("Majority of {n}", { n: count(n) }),
  story: ({ n }) =>
    say("{n} solutions on their own; the most frequent answer wins.", { n: count(n) }),
  selection: () => "majority",
  expects: ({ n }, steps) => ({ solutions: n, steps: n * steps, ...UNSCORED }),
};

export const BEST_OF_N: StrategyFacts<StrategyOf<"bestOfN">> = {
  label: msg("Best of N"),
  group: "Sample",
  flag: "best-of-n",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: SOLUTIONS,
    weighted: {
      label: msg("Weighted vote"),
      about: msg("sum the scores of equal answers (as if not given)"),
      off: "plain",
    },
    aggregation: AGGREGATION,
  },
  title: ({ n }) => say("Best of {n}", { n: count(n) }),
  story: ({ n, weighted }) =>
    weighted
      ? say("{n} solutions, each scored; equal answers add up their scores.", { n: count(n) })
      : say("{n} solutions, each scored; the best one wins.", { n: count(n) }),
  selection: ({ weighted }) => (weighted ? "weighted_majority" : "argmax"),
  expects: ({ n }, steps) => ({
    solutions: n,
    steps: n * steps,
    prmCalls: n,
    stepsPerCall: steps,
  }),
};
