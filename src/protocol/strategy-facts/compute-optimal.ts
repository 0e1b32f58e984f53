import type { StrategyOf } from "../strategies.ts";
import { count, type ParameterFacts, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, NEXT_STEPS } from "./parameters.ts";

type ComputeOptimal = StrategyOf<"computeOptimal">;

const way = (label: string, about: string): ParameterFacts<ComputeOptimal["hard"]> => ({
  label,
  about: `what ${about} problems get`,
  words: { stop: "no more", bestOfN: "more solutions", beam: "a beam" },
});

export const COMPUTE_OPTIMAL: StrategyFacts<ComputeOptimal> = {
  label: "By difficulty",
  group: "Sample",
  flag: "compute-optimal",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    n: { label: "Solutions N", about: "solutions in all" },
    first: { label: "To estimate", about: "first solutions, which tell how hard the problem is" },
    hardBelow: {
      label: "Hard below",
      about: "mean score of the first solutions below which a problem is hard",
      more: true,
      step: 0.05,
    },
    easyFrom: {
      label: "Easy from",
      about: "mean score of the first solutions from which a problem is easy",
      more: true,
      step: 0.05,
    },
    hard: way("Hard ones get", "hard"),
    medium: way("Others get", "other"),
    easy: way("Easy ones get", "easy"),
    m: { ...NEXT_STEPS, more: true },
    aggregation: AGGREGATION,
  },
  title: ({ n }) => `By difficulty ${count(n)}`,
  story: ({ n, first }) =>
    `${count(first)} solutions tell how hard the problem looks; what is left of ${count(n)} is spent as suits that.`,
  selection: () => "weighted_majority",
  expects: ({ n }, steps) => ({
    solutions: n,
    steps: n * steps,
    prmCalls: n,
    stepsPerCall: steps,
  }),
};
