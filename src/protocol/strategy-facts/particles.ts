import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, MAX_ROUNDS, SCORE_TEMPERATURE, SELECTION, STOP_AT } from "./parameters.ts";
import { stepByStep } from "./steps.ts";

export const PARTICLES: StrategyFacts<StrategyOf<"particles">> = {
  label: "Particle filter",
  group: "Particles",
  flag: "particles",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: { label: "Particles N", about: "particles" },
    resampling: {
      label: "Draw",
      about: "how particles are drawn",
      words: { systematic: "in equal steps", multinomial: "each on its own" },
    },
    ...{ scoreTemperature: SCORE_TEMPERATURE, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n }) => `Particles ${count(n)}`,
  story: ({ n }) =>
    `${count(n)} particles write a step each; then as many are drawn from among them by their scores, some several times.`,
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  shares: { count: "Times drawn", share: "Share of the draw" },
};
