import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, SELECTION, STOP_AT } from "./parameters.ts";

export const REVISIONS: StrategyFacts<StrategyOf<"revisions">> = {
  label: "Sequential revisions",
  group: "Revise",
  flag: "revisions",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  revises: true,
  parameters: {
    chains: { label: "Chains", about: "chains of attempts, side by side" },
    attempts: { label: "Attempts of each", about: "attempts of each chain, one after the other" },
    seen: {
      label: "Attempts seen",
      about: "latest attempts of its chain that an attempt sees, as far as they fit",
      more: true,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ chains, attempts }) => `Revisions ${count(chains)} × ${count(attempts)}`,
  story: ({ chains, attempts, seen }) =>
    `${count(chains)} chains of ${count(attempts)} attempts; each sees the answers of the ${count(seen)} before it. The best of each chain votes.`,
  selection: ({ selection }) => selection,
  expects: ({ chains, attempts, selection }, steps) => {
    const solutions = chains * attempts;
    const prmCalls = selection === "majority" ? 0 : solutions;
    return { solutions, steps: solutions * steps, prmCalls, stepsPerCall: steps };
  },
};
