import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, MAX_ROUNDS, SCORE_TEMPERATURE, SELECTION, STOP_AT } from "./parameters.ts";
import { stepByStep } from "./steps.ts";

export const PARTICLES: StrategyFacts<StrategyOf<"particles">> = {
  label: msg("Particle filter"),
  group: "Particles",
  flag: "particles",
  usesVerifier: true,
  samples: true,
  parameters: {
    n: { label: msg("Particles N"), about: msg("particles") },
    resampling: {
      label: msg("Draw"),
      about: msg("how particles are drawn"),
      words: { systematic: msg("in equal steps"), multinomial: msg("each on its own") },
    },
    ...{ scoreTemperature: SCORE_TEMPERATURE, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ n }) => say("Particles {n}", { n: count(n) }),
  story: ({ n }) =>
    say(
      "{n} particles write a step each; then as many are drawn from among them by their scores, some several times.",
      { n: count(n) },
    ),
  selection: ({ selection }) => selection,
  expects: ({ n }, steps) => stepByStep(n, steps),
  shares: { count: msg("Times drawn"), share: msg("Share of the draw") },
};
