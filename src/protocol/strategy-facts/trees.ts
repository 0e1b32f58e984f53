import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, MAX_ROUNDS, SELECTION, STOP_AT, WIDTH } from "./parameters.ts";

export const MCTS: StrategyFacts<StrategyOf<"mcts">> = {
  label: "Monte Carlo (MCTS)",
  group: "Tree search",
  flag: "mcts",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    simulations: { label: "Simulations", about: "rounds of select, expand, simulate and backup" },
    width: WIDTH,
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

export const TOT_BFS: StrategyFacts<StrategyOf<"totBfs">> = {
  label: "Tree of Thoughts, breadth first",
  group: "Tree search",
  flag: "tot-bfs",
  usesVerifier: true,
  samples: true,
  parameters: {
    keep: { label: "Kept each round b", about: "states that are kept each round" },
    ...{ width: WIDTH, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ keep, width }) => `ToT, breadth first ${count(keep)} × ${count(width)}`,
  story: ({ keep, width }) =>
    `Each round proposes ${count(width)} next steps for each state and keeps the best ${count(keep)} of them all.`,
  selection: ({ selection }) => selection,
  expects: ({ keep, width }, steps) => {
    const sampled = width * (1 + keep * (steps - 1));
    return {
      ...{ solutions: keep * width, steps: sampled },
      ...{ prmCalls: sampled, stepsPerCall: (steps + 1) / 2 },
    };
  },
  width: ({ keep }) => keep,
};

export const TOT_DFS: StrategyFacts<StrategyOf<"totDfs">> = {
  label: "Tree of Thoughts, depth first",
  group: "Tree search",
  flag: "tot-dfs",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    expansions: { label: "Most expansions", about: "nodes that are expanded at most" },
    width: WIDTH,
    threshold: {
      label: "Give up below",
      about: "score below which a step is given up",
      step: 0.01,
    },
    wanted: {
      label: "Solutions wanted",
      about: "end after so many finished solutions",
      more: true,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ expansions, width }) => `ToT, depth first ${count(expansions)} × ${count(width)}`,
  story: ({ width, threshold }) =>
    `Goes on from the best of ${count(width)} next steps, gives up below ${count(threshold)}, and then goes back to the best that was not tried.`,
  selection: ({ selection }) => selection,
  // At most: it ends with the first solution that is good enough.
  expects: ({ expansions, width }, steps) => ({
    ...{ solutions: Math.ceil((expansions * width) / steps), steps: expansions * width },
    ...{ prmCalls: expansions * width, stepsPerCall: (steps + 1) / 2 },
  }),
};
