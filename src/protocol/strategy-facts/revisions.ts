import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, SELECTION, STOP_AT } from "./parameters.ts";

export const REVISIONS: StrategyFacts<StrategyOf<"revisions">> = {
  label: msg("Sequential revisions"),
  group: "Revise",
  flag: "revisions",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  revises: true,
  parameters: {
    chains: { label: msg("Chains"), about: msg("chains of attempts, side by side") },
    attempts: {
      label: msg("Attempts of each"),
      about: msg("attempts of each chain, one after the other"),
    },
    seen: {
      label: msg("Attempts seen"),
      about: msg("latest attempts of its chain that an attempt sees, as far as they fit"),
      more: true,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ chains, attempts }) =>
    say("Revisions {chains} × {attempts}", { chains: count(chains), attempts: count(attempts) }),
  story: ({ chains, attempts, seen }) =>
    say(
      "{chains} chains of {attempts} attempts; each sees the answers of the {seen} before it. The best of each chain votes.",
      { chains: count(chains), attempts: count(attempts), seen: count(seen) },
    ),
  selection: ({ selection }) => selection,
  expects: ({ chains, attempts, selection }, steps) => {
    const solutions = chains * attempts;
    const prmCalls = selection === "majority" ? 0 : solutions;
    return { solutions, steps: solutions * steps, prmCalls, stepsPerCall: steps };
  },
};
