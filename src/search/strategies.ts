import type { Fact } from "../protocol/events.ts";
import type { Strategy, StrategyName, StrategyOf } from "../protocol/strategies.ts";
import { factsOf, usesVerifier } from "../protocol/strategy-facts/table.ts";
import { beam } from "./beam.ts";
import { bestOfN } from "./best-of-n.ts";
import { MAX_STEPS } from "./chains.ts";
import { computeOptimal } from "./compute-optimal.ts";
import type { SearchContext } from "./context.ts";
import { dvts } from "./dvts.ts";
import { greedy } from "./greedy.ts";
import { lookahead } from "./lookahead.ts";
import { majority } from "./majority.ts";
import { mcts } from "./mcts.ts";
import { particles } from "./particles.ts";
import type { Verifier } from "./ports.ts";
import { rebase } from "./rebase.ts";
import { revisions } from "./revisions.ts";
import { tokenBeam } from "./token-beam.ts";
import { tokenGreedy } from "./token-greedy.ts";
import { tokenSampling } from "./token-sampling.ts";
import { totBfs } from "./tot-bfs.ts";
import { totDfs } from "./tot-dfs.ts";

/** How a strategy is run; what is known of it without running it is told in `protocol/strategy-facts`. */
interface Searcher<S extends Strategy = Strategy> {
  // Methods, for they are bivariant: `searcherOf` gives every strategy its own.
  /** The facts of one search. `context` has a verifier if the strategy uses one. */
  run(
    strategy: S,
    context: SearchContext & { readonly verifier: Verifier },
  ): AsyncGenerator<Fact, void, void>;
  /** Longest solution, in steps: what is open then is pruned as `max_depth`. */
  deepest(strategy: S): number;
  /** Nodes that a run can have at most, whatever the models say. */
  mostNodes(strategy: S): number;
}

const SEARCHERS: { readonly [N in StrategyName]: Searcher<StrategyOf<N>> } = {
  greedy: { run: greedy, deepest: () => MAX_STEPS, mostNodes: () => MAX_STEPS },
  majority: { run: majority, deepest: () => MAX_STEPS, mostNodes: ({ n }) => n * MAX_STEPS },
  bestOfN: { run: bestOfN, deepest: () => MAX_STEPS, mostNodes: ({ n }) => n * MAX_STEPS },
  beam: {
    run: beam,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ n, maxRounds }) => n * maxRounds,
  },
  lookahead: {
    run: lookahead,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ n, k, maxRounds }) => n * maxRounds * (k + 1),
  },
  dvts: {
    run: dvts,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ n, maxRounds }) => n * maxRounds,
  },
  rebase: {
    run: rebase,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ n, maxRounds }) => n * maxRounds,
  },
  mcts: {
    run: mcts,
    deepest: () => MAX_STEPS,
    mostNodes: ({ simulations, width, value }) =>
      simulations * (width + (value === "rollout" ? MAX_STEPS : 0)),
  },
  totBfs: {
    run: totBfs,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ keep, width, maxRounds }) => width * (1 + keep * (maxRounds - 1)),
  },
  totDfs: {
    run: totDfs,
    deepest: () => MAX_STEPS,
    mostNodes: ({ expansions, width }) => expansions * width,
  },
  particles: {
    run: particles,
    deepest: ({ maxRounds }) => maxRounds,
    mostNodes: ({ n, maxRounds }) => n * maxRounds,
  },
  revisions: {
    run: revisions,
    deepest: () => MAX_STEPS,
    mostNodes: ({ chains, attempts }) => chains * attempts * MAX_STEPS,
  },
  computeOptimal: {
    run: computeOptimal,
    deepest: () => MAX_STEPS,
    mostNodes: ({ n }) => n * MAX_STEPS,
  },
  tokenGreedy: {
    run: tokenGreedy,
    deepest: ({ maxTokens }) => maxTokens,
    mostNodes: ({ maxTokens }) => maxTokens,
  },
  tokenSampling: {
    run: tokenSampling,
    deepest: ({ maxTokens }) => maxTokens,
    mostNodes: ({ n, maxTokens }) => n * maxTokens,
  },
  tokenBeam: {
    run: tokenBeam,
    deepest: ({ maxTokens }) => maxTokens,
    mostNodes: ({ width, alternatives, maxTokens }) =>
      width * (1 + Math.max(1, alternatives)) * maxTokens,
  },
};

function searcherOf({ name }: Strategy): Searcher {
  return SEARCHERS[name];
}

/**
 * The facts of one search, in order: `started` first; `finished` last, unless
 * the search throws: a `ModelError`, or `signal.reason` on abort. Nothing is
 * computed until a fact is asked for.
 *
 * Throws a `RangeError` at once if the strategy uses a verifier and has none, or
 * searches over tokens with a policy that does not tell of them, or revises with
 * one that does not read its attempts.
 */
export function search(
  strategy: Strategy,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const { verifier } = context;
  if (verifier === null && usesVerifier(strategy)) {
    throw new RangeError(`the strategy ${strategy.name} needs a verifier`);
  }
  if (context.policy.tokens === undefined && factsOf(strategy).unit === "token") {
    throw new RangeError(
      `the strategy ${strategy.name} needs a policy that tells what may follow token by token, and ${context.policy.name} does not`,
    );
  }
  if (!context.policy.revises && factsOf(strategy).revises) {
    throw new RangeError(
      `the strategy ${strategy.name} needs a policy that reads its earlier attempts, and ${context.policy.name} does not`,
    );
  }
  // Those that use none do not touch it.
  return searcherOf(strategy).run(strategy, { ...context, verifier: verifier! });
}

/** Longest solution that this strategy writes, in steps. */
export function deepest(strategy: Strategy): number {
  return searcherOf(strategy).deepest(strategy);
}

/** Nodes that a run of this strategy can have at most, whatever the models say. */
export function mostNodes(strategy: Strategy): number {
  return searcherOf(strategy).mostNodes(strategy);
}
