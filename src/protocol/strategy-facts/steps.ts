import { msg, say } from "../../lib/said.ts";
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
  label: msg("Beam"),
  group: "Search over steps",
  flag: "beam",
  usesVerifier: true,
  samples: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    stopAt: STOP_AT,
  },
  title: ({ n, m }) => say("Beam {n} × {m}", { n: count(n), m: count(m) }),
  story: ({ n, m }) =>
    say("Each round keeps the best {kept} of {n} prefixes and tries {m} next steps of each.", {
      kept: count(beamWidth({ n, m })),
      n: count(n),
      m: count(m),
    }),
  selection: () => "weighted_majority",
  expects: ({ n }, steps) => stepByStep(n, steps),
  width: beamWidth,
};

export const LOOKAHEAD: StrategyFacts<StrategyOf<"lookahead">> = {
  label: msg("Lookahead"),
  group: "Search over steps",
  flag: "lookahead",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS },
    k: { label: msg("Steps ahead k"), about: msg("likeliest steps that are looked ahead") },
    ...{ maxRounds: MAX_ROUNDS, aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n, m, k }) =>
    say("Lookahead {k}, {n} × {m}", { k: count(k), n: count(n), m: count(m) }),
  story: ({ n, m, k }) =>
    say(
      "A beam that keeps the best {kept} of {n} prefixes by where each leads after {k} more likeliest steps.",
      { kept: count(beamWidth({ n, m })), n: count(n), k: count(k) },
    ),
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
  label: msg("Diverse trees (DVTS)"),
  group: "Search over steps",
  flag: "dvts",
  usesVerifier: true,
  samples: true,
  parameters: {
    ...{ n: CANDIDATES, m: NEXT_STEPS, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n, m }) => say("DVTS {n} × {m}", { n: count(n), m: count(m) }),
  story: ({ n, m }) =>
    say("{kept} subtrees on their own; each tries {m} next steps and goes on from the best.", {
      kept: count(beamWidth({ n, m })),
      m: count(m),
    }),
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  width: () => 1,
};

export const REBASE: StrategyFacts<StrategyOf<"rebase">> = {
  label: msg("Reward balanced (REBASE)"),
  group: "Search over steps",
  flag: "rebase",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: CANDIDATES,
    ...{ scoreTemperature: SCORE_TEMPERATURE, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n }) => say("REBASE {n}", { n: count(n) }),
  story: ({ n }) =>
    say(
      "Each round shares out {n} next steps by score: the better a prefix, the more of them it gets.",
      { n: count(n) },
    ),
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  shares: { count: msg("Next steps"), share: msg("Share of them") },
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
