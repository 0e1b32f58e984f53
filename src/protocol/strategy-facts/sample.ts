import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, SOLUTIONS } from "./parameters.ts";

const UNSCORED = { prmCalls: 0, stepsPerCall: 0 };

export const GREEDY: StrategyFacts<StrategyOf<"greedy">> = {
  label: "Greedy",
  group: "Sample",
  flag: "greedy",
  usesVerifier: false,
  samples: false,
  parameters: {},
  title: () => "Greedy",
  story: () => "One solution, always the likeliest next step.",
  selection: () => "argmax",
  expects: (_, steps) => ({ solutions: 1, steps, ...UNSCORED }),
};

export const MAJORITY: StrategyFacts<StrategyOf<"majority">> = {
  label: "Majority",
  group: "Sample",
  flag: "majority",
  usesVerifier: false,
  samples: true,
  parameters: {
    n: SOLUTIONS,
    stopEarly: {
      label: "Stop when decided",
      about: "end as soon as no other answer can win any more",
      more: true,
    },
  },
  title: ({ n }) => `Majority of ${count(n)}`,
  story: ({ n }) => `${count(n)} solutions on their own; the most frequent answer wins.`,
  selection: () => "majority",
  expects: ({ n }, steps) => ({ solutions: n, steps: n * steps, ...UNSCORED }),
};

export const BEST_OF_N: StrategyFacts<StrategyOf<"bestOfN">> = {
  label: "Best of N",
  group: "Sample",
  flag: "best-of-n",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: SOLUTIONS,
    weighted: {
      label: "Weighted vote",
      about: "sum the scores of equal answers (as if not given)",
      off: "plain",
    },
    aggregation: AGGREGATION,
  },
  title: ({ n }) => `Best of ${count(n)}`,
  story: ({ n, weighted }) =>
    weighted
      ? `${count(n)} solutions, each scored; equal answers add up their scores.`
      : `${count(n)} solutions, each scored; the best one wins.`,
  selection: ({ weighted }) => (weighted ? "weighted_majority" : "argmax"),
  expects: ({ n }, steps) => ({
    solutions: n,
    steps: n * steps,
    prmCalls: n,
    stepsPerCall: steps,
  }),
};
