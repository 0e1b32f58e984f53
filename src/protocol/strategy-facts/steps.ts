import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, CANDIDATES, MAX_ROUNDS, NEXT_STEPS } from "./parameters.ts";

export const BEAM: StrategyFacts<StrategyOf<"beam">> = {
  label: "Beam",
  group: "Search over steps",
  flag: "beam",
  usesVerifier: true,
  samples: true,
  parameters: { n: CANDIDATES, m: NEXT_STEPS, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
  title: ({ n, m }) => `Beam ${count(n)} × ${count(m)}`,
  story: ({ n, m }) =>
    `Each round keeps the best ${count(beamWidth({ n, m }))} of ${count(n)} prefixes and tries ${count(m)} next steps of each.`,
  selection: () => "weighted_majority",
  expects: ({ n }, steps) => ({
    solutions: n,
    steps: n * steps,
    prmCalls: n * steps,
    stepsPerCall: (steps + 1) / 2,
  }),
  width: beamWidth,
};

/** Prefixes that a beam keeps in each round (Snell et al.: N / M), rounded down, at least one. */
export function beamWidth({ n, m }: { readonly n: number; readonly m: number }): number {
  return Math.max(1, Math.floor(n / m));
}
