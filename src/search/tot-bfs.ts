import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import type { SearchContext } from "./context.ts";
import { searchPool } from "./pool-search.ts";
import type { Verifier } from "./ports.ts";
import { started, startSearch } from "./state.ts";

/**
 * Tree of Thoughts, breadth first: round by round `width` next steps are proposed
 * for each of the states that were kept, all are valued, and the best `keep` are
 * kept, whatever they come from. That is the pool of `beam`, but for its size: it
 * begins with `width` first steps, not with `keep` times as many.
 *
 * What a beam does with finished candidates, copies and ties it does, too.
 *
 * Source: Yao et al. 2023, "Tree of thoughts", arXiv:2305.10601, algorithm 1
 * (ToT-BFS): its breadth limit b is `keep`, its k proposals of the generator G(p, s,
 * k), sampled, are `width`, its V(p, S) the verifier's score in place of a prompt,
 * its step limit T `maxRounds`; it answers with the best, `selection` "argmax".
 */
export async function* totBfs(
  strategy: StrategyOf<"totBfs">,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { keep, width } = strategy;
  const { verifier } = context;
  const state = startSearch(context);
  yield started(state, strategy);
  const pool = { first: width, width: keep, kids: width, k: 0 };
  yield* searchPool(state, { ...strategy, ...pool, verifier });
}
