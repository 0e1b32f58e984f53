import type { StrategyOf } from "../strategies.ts";
import { count, type Expected, type StrategyFacts } from "./facts.ts";
import {
  AGGREGATION,
  CANDIDATES,
  MAX_ROUNDS,
  NEXT_STEPS,
  SCORE_TEMPERATURE,
  SELECTION,
  STOP_AT,
} from "./parameters.ts";

export const BEAM: StrategyFacts<StrategyOf<"beam">> = {
  label: "Beam",
  group: "Search over steps",
  flag: "beam",
  usesVerifier: true,
  samples: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    stopAt: STOP_AT,
  },
  title: ({ n, m }) => `Beam ${count(n)} × ${count(m)}`,
  story: ({ n, m }) =>
    `Each round keeps the best ${count(beamWidth({ n, m }))} of ${count(n)} prefixes and tries ${count(m)} next steps of each.`,
  selection: () => "weighted_majority",
  expects: ({ n }, steps) => stepByStep(n, steps),
  width: beamWidth,
};

export const LOOKAHEAD: StrategyFacts<StrategyOf<"lookahead">> = {
  label: "Lookahead",
  group: "Search over steps",
  flag: "lookahead",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS },
    k: { label: "Steps ahead k", about: "likeliest steps that are looked ahead" },
    ...{ maxRounds: MAX_ROUNDS, aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n, m, k }) => `Lookahead ${count(k)}, ${count(n)} × ${count(m)}`,
  story: ({ n, m, k }) =>
    `A beam that keeps the best ${count(beamWidth({ n, m }))} of ${count(n)} prefixes by where each leads after ${count(k)} more likeliest steps.`,
  selection: ({ selection }) => selection,
  expects: ({ n, k }, steps) => ({
    solutions: n * (k + 1),
    steps: n * steps + (n * k * (2 * steps - k - 1)) / 2,
    prmCalls: n * steps,
    stepsPerCall: Math.min(steps, (steps + 1) / 2 + k),
  }),
  width: beamWidth,
};

export const DVTS: StrategyFacts<StrategyOf<"dvts">> = {
  label: "Diverse trees (DVTS)",
  group: "Search over steps",
  flag: "dvts",
  usesVerifier: true,
  samples: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n, m }) => `DVTS ${count(n)} × ${count(m)}`,
  story: ({ n, m }) =>
    `${count(beamWidth({ n, m }))} subtrees on their own; each tries ${count(m)} next steps and goes on from the best.`,
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  width: () => 1,
};

export const REBASE: StrategyFacts<StrategyOf<"rebase">> = {
  label: "Reward balanced (REBASE)",
  group: "Search over steps",
  flag: "rebase",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: CANDIDATES,
    ...{ scoreTemperature: SCORE_TEMPERATURE, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n }) => `REBASE ${count(n)}`,
  story: ({ n }) =>
    `Each round shares out ${count(n)} next steps by score: the better a prefix, the more of them it gets.`,
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  shares: { count: "Next steps", share: "Share of them" },
};

/** So many solutions, each scored at every step. */
export function stepByStep(n: number, steps: number): Expected {
  return {
    ...{ solutions: n, steps: n * steps },
    ...{ prmCalls: n * steps, stepsPerCall: (steps + 1) / 2 },
  };
}

/** Prefixes that a beam keeps in each round (Snell et al.: N / M), rounded down, at least one. */
function beamWidth({ n, m }: { readonly n: number; readonly m: number }): number {
  return Math.max(1, Math.floor(n / m));
}
