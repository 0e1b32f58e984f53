import type { Fact } from "../protocol/events.ts";
import { LENGTH_PENALTY } from "../protocol/strategies.ts";
import type { Sampling } from "./ports.ts";
import { pruned } from "./prune.ts";
import type { SearchState } from "./state.ts";
import {
  askNext,
  emptyPath,
  growPath,
  placeToken,
  type TokenPath,
  type TokenPlace,
} from "./token-path.ts";

export interface TokenChainOptions {
  readonly n: number;
  readonly alternatives: number;
  readonly maxTokens: number;
  readonly sampling: Sampling;
}

/** Those that ended by themselves, in the order of their ids, and the tokens of the longest. */
export interface TokenChains {
  readonly finished: readonly TokenPath[];
  readonly rounds: number;
}

/**
 * Samples `n` whole solutions token by token, fewer if the budget grants fewer.
 * They grow in lock-step, each by its own random streams, and like chains of
 * steps: copies are marked and go on, what is cut off is `invalid`, what has not
 * ended after `maxTokens` is `max_depth`, and what the budget stops is `budget`.
 */
export async function* sampleTokenChains(
  state: SearchState,
  options: TokenChainOptions,
): AsyncGenerator<Fact, TokenChains, void> {
  const { n, maxTokens } = options;
  const finished: TokenPath[] = [];
  let open: readonly TokenPath[] = Array<TokenPath>(n).fill(emptyPath(state));
  let round = 0;
  while (open.length > 0) {
    const granted = state.spend.grantBatch(state.spend.grantSteps(open.length, { depth: round }));
    if (round > 0) yield* pruned(open.slice(granted), "budget");
    if (granted === 0) break;
    round++;
    yield { type: "round", round, phase: "expand" };
    const born = yield* growAll(state, open.slice(0, granted), options);
    finished.push(...born.filter(({ ended }) => ended === "stop"));
    yield* pruned(
      born.filter(({ ended }) => ended === "length"),
      "invalid",
    );
    open = born.filter(({ ended }) => ended === "step");
    if (round < maxTokens) continue;
    yield* pruned(open, "max_depth");
    break;
  }
  return { finished: finished.sort((a, b) => a.id - b.id), rounds: round };
}

/** One more token for each: announces them all, asks in one batch, and states them. */
async function* growAll(
  state: SearchState,
  parents: readonly TokenPath[],
  { sampling, alternatives }: TokenChainOptions,
): AsyncGenerator<Fact, TokenPath[], void> {
  const [first] = parents;
  const isRoot = first!.parent === null;
  const places = parents.map((parent, i) => placeToken(state, parent, isRoot ? i : 0));
  if (isRoot) yield announced(places[0]!, places.length);
  else for (const place of places) yield announced(place, 1);

  const replies = await askNext(
    state,
    places.map(({ parent: { ids }, stream }) => ({
      prefix: ids,
      // One more, for one of them may be the one that is taken.
      top: alternatives === 0 ? 0 : alternatives + 1,
      draw: { sampling, seed: stream },
    })),
  );
  const born: TokenPath[] = [];
  for (const [i, { likeliest, drawn }] of replies.entries()) {
    const others = likeliest.filter(({ id }) => id !== drawn!.id).slice(0, alternatives);
    born.push(yield* growPath(state, places[i]!, drawn!, { alpha: LENGTH_PENALTY, others }));
  }
  return born;
}

function announced({ id, parent }: TokenPlace, kids: number): Fact {
  return { type: "expanded", node: parent.id, first: id, kids };
}
