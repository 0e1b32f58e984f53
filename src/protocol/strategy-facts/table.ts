import type { Said } from "../../lib/said.ts";
import type { Strategy, StrategyName, StrategyOf } from "../strategies.ts";
import { COMPUTE_OPTIMAL } from "./compute-optimal.ts";
import { STRATEGY_GROUPS, type StrategyFacts, type StrategyGroup } from "./facts.ts";
import { PARTICLES } from "./particles.ts";
import { REVISIONS } from "./revisions.ts";
import { BEST_OF_N, GREEDY, MAJORITY } from "./sample.ts";
import { BEAM, DVTS, LOOKAHEAD, REBASE } from "./steps.ts";
import { TOKEN_BEAM, TOKEN_GREEDY, TOKEN_SAMPLING } from "./tokens.ts";
import { MCTS, TOT_BFS, TOT_DFS } from "./trees.ts";

/**
 * What is known of every strategy. Search, command line, form, lists and
 * estimates all read it here: a new strategy is a schema in `strategies.ts`, its
 * facts, and its generator in `search/strategies.ts`.
 */
export const STRATEGY_FACTS: { readonly [N in StrategyName]: StrategyFacts<StrategyOf<N>> } = {
  greedy: GREEDY,
  majority: MAJORITY,
  bestOfN: BEST_OF_N,
  beam: BEAM,
  lookahead: LOOKAHEAD,
  dvts: DVTS,
  rebase: REBASE,
  mcts: MCTS,
  totBfs: TOT_BFS,
  totDfs: TOT_DFS,
  particles: PARTICLES,
  revisions: REVISIONS,
  computeOptimal: COMPUTE_OPTIMAL,
  tokenGreedy: TOKEN_GREEDY,
  tokenSampling: TOKEN_SAMPLING,
  tokenBeam: TOKEN_BEAM,
};

export const STRATEGY_NAMES = Object.keys(STRATEGY_FACTS) as StrategyName[];

export function factsOf({ name }: { readonly name: StrategyName }): StrategyFacts {
  return STRATEGY_FACTS[name];
}

/** Whether this strategy decides by scores, and so cannot run without a verifier. */
export function usesVerifier(strategy: Strategy): boolean {
  return factsOf(strategy).usesVerifier;
}

/** A strategy and its size as a name: `Beam 16 × 4`. */
export function strategyTitle(strategy: Strategy): Said {
  return factsOf(strategy).title(strategy);
}

/** The strategies in groups, both in the order in which they are offered; no group is empty. */
export function groupedStrategies(): {
  readonly group: StrategyGroup;
  readonly names: readonly StrategyName[];
}[] {
  return STRATEGY_GROUPS.map((group) => ({
    group,
    names: STRATEGY_NAMES.filter((name) => STRATEGY_FACTS[name].group === group),
  })).filter(({ names }) => names.length > 0);
}
