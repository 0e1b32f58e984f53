import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, SELECTION, STOP_AT } from "./parameters.ts";

export const MCTS: StrategyFacts<StrategyOf<"mcts">> = {
  label: "Monte Carlo (MCTS)",
  group: "Tree search",
  flag: "mcts",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    simulations: { label: "Simulations", about: "rounds of select, expand, simulate and backup" },
    width: { label: "Next steps of each", about: "children of each node that is expanded" },
    value: {
      label: "Worth of a leaf",
      about: "what a simulation finds out",
      words: { leaf: "its own score", rollout: "score of a rollout" },
    },
    rule: {
      label: "Rule",
      about: "how a child is selected",
      words: { puct: "PUCT, by priors", uct: "UCT" },
    },
    exploration: {
      label: "Exploration c",
      about: "how much what is not known well counts",
      more: true,
      step: 0.05,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ simulations, width, rule }) =>
    `MCTS ${count(simulations)} × ${count(width)}, ${rule.toUpperCase()}`,
  story: ({ simulations, width, value }) =>
    `${count(simulations)} times walks down the tree, tries ${count(width)} next steps and remembers on the way back ${value === "leaf" ? "how the best of them scores" : "how well a solution from there ends"}.`,
  selection: ({ selection }) => selection,
  expects: ({ simulations, width, value }, steps) => {
    const sampled = simulations * width;
    const isLeaf = value === "leaf";
    const written = isLeaf ? sampled : sampled + (simulations * steps) / 2;
    return {
      solutions: Math.ceil(written / steps),
      steps: written,
      prmCalls: isLeaf ? sampled : simulations,
      stepsPerCall: isLeaf ? (steps + 1) / 2 : steps,
    };
  },
};
