import { msg, say } from "../../lib/said.ts";
import type { StrategyOf } from "../strategies.ts";
import { count, type StrategyFacts } from "./facts.ts";
import { AGGREGATION, MAX_ROUNDS, SELECTION, STOP_AT, WIDTH } from "./parameters.ts";

export const MCTS: StrategyFacts<StrategyOf<"mcts">> = {
  label: msg("Monte Carlo (MCTS)"),
  group: "Tree search",
  flag: "mcts",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    simulations: {
      label: msg("Simulations"),
      about: msg("rounds of select, expand, simulate and backup"),
    },
    width: WIDTH,
    value: {
      label: msg("Worth of a leaf"),
      about: msg("what a simulation finds out"),
      words: { leaf: msg("its own score"), rollout: msg("score of a rollout") },
    },
    rule: {
      label: msg("Rule"),
      about: msg("how a child is selected"),
      words: { puct: msg("PUCT, by priors"), uct: msg("UCT") },
    },
    exploration: {
      label: msg("Exploration c"),
      about: msg("how much what is not known well counts"),
      more: true,
      step: 0.05,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ simulations, width, rule }) =>
    say("MCTS {simulations} × {width}, {rule}", {
      simulations: count(simulations),
      width: count(width),
      rule: rule.toUpperCase(),
    }),
  story: ({ simulations, width, value }) =>
    say(
      value === "leaf"
        ? "{simulations} times walks down the tree, tries {width} next steps and remembers on the way back how the best of them scores."
        : "{simulations} times walks down the tree, tries {width} next steps and remembers on the way back how well a solution from there ends.",
      { simulations: count(simulations), width: count(width) },
    ),
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
  label: msg("Tree of Thoughts, breadth first"),
  group: "Tree search",
  flag: "tot-bfs",
  usesVerifier: true,
  samples: true,
  parameters: {
    keep: { label: msg("Kept each round b"), about: msg("states that are kept each round") },
    ...{ width: WIDTH, maxRounds: MAX_ROUNDS, aggregation: AGGREGATION },
    ...{ selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ keep, width }) =>
    say("ToT, breadth first {keep} × {width}", { keep: count(keep), width: count(width) }),
  story: ({ keep, width }) =>
    say(
      "Each round proposes {width} next steps for each state and keeps the best {keep} of them all.",
      { width: count(width), keep: count(keep) },
    ),
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
  label: msg("Tree of Thoughts, depth first"),
  group: "Tree search",
  flag: "tot-dfs",
  usesVerifier: true,
  samples: true,
  mixesDepths: true,
  parameters: {
    expansions: { label: msg("Most expansions"), about: msg("nodes that are expanded at most") },
    width: WIDTH,
    threshold: {
      label: msg("Give up below"),
      about: msg("score below which a step is given up"),
      step: 0.01,
    },
    wanted: {
      label: msg("Solutions wanted"),
      about: msg("end after so many finished solutions"),
      more: true,
    },
    ...{ aggregation: AGGREGATION, selection: SELECTION, stopAt: STOP_AT },
  },
  title: ({ expansions, width }) =>
    say("ToT, depth first {expansions} × {width}", {
      expansions: count(expansions),
      width: count(width),
    }),
  story: ({ width, threshold }) =>
    say(
      "Goes on from the best of {width} next steps, gives up below {threshold}, and then goes back to the best that was not tried.",
      { width: count(width), threshold: count(threshold) },
    ),
  selection: ({ selection }) => selection,
  // At most: it ends with the first solution that is good enough.
  expects: ({ expansions, width }, steps) => ({
    ...{ solutions: Math.ceil((expansions * width) / steps), steps: expansions * width },
    ...{ prmCalls: expansions * width, stepsPerCall: (steps + 1) / 2 },
  }),
};
