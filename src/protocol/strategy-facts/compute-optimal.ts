import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type ParameterFacts, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, NEXT_STEPS } from "./parameters.ts";

type ComputeOptimal = StrategyOf<"computeOptimal">;

const way = (label: string, about: string): ParameterFacts<ComputeOptimal["hard"]> => ({
  label,
  about,
  words: { stop: msg("no more"), bestOfN: msg("more solutions"), beam: msg("a beam") },
});

export const COMPUTE_OPTIMAL: StrategyFacts<ComputeOptimal> = {
  label: msg("By difficulty"),
  group: "Sample",
  flag: "compute-optimal",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    n: { label: msg("Solutions N"), about: msg("solutions in all") },
    first: {
      label: msg("To estimate"),
      about: msg("first solutions, which tell how hard the problem is"),
    },
    hardBelow: {
      label: msg("Hard below"),
      about: msg("mean score of the first solutions below which a problem is hard"),
      more: true,
      step: 0.05,
    },
    easyFrom: {
      label: msg("Easy from"),
      about: msg("mean score of the first solutions from which a problem is easy"),
      more: true,
      step: 0.05,
    },
    hard: way(msg("Hard ones get"), msg("what hard problems get")),
    medium: way(msg("Others get"), msg("what other problems get")),
    easy: way(msg("Easy ones get"), msg("what easy problems get")),
    m: { ...NEXT_STEPS, more: true },
    aggregation: AGGREGATION,
  },
  title: ({ n }) => say("By difficulty {n}", { n: count(n) }),
  story: ({ n, first }) =>
    say(
      "{first} solutions tell how hard the problem looks; what is left of {n} is spent as suits that.",
      { first: count(first), n: count(n) },
    ),
  selection: () => "weighted_majority",
  expects: ({ n }, steps) => ({
    solutions: n,
    steps: n * steps,
    prmCalls: n,
    stepsPerCall: steps,
  }),
};
