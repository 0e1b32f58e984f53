import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { likelihood } from "./likelihood.ts";
import type { Token } from "./ports.ts";
import { pruned, prunedFact, prunedNode } from "./prune.ts";
import { type SearchState, started, startSearch } from "./state.ts";
import {
  askNext,
  emptyPath,
  growPath,
  placeToken,
  type TokenPath,
  type TokenPlace,
} from "./token-path.ts";

type TokenBeam = StrategyOf<"tokenBeam">;

/**
 * Beam search over tokens, by the policy's own probabilities alone.
 *
 * Token by token: every open prefix is asked for its likeliest next tokens, and
 * of all prefixes that these make, the best `width` are kept. A prefix whose text
 * ends is complete: it leaves the beam and waits for the choice, and as many
 * prefixes as before go on from the others. Paths are ranked by `likelihood` with
 * α = `lengthPenalty`; equal ones by age.
 *
 * The search ends when `width` solutions with a readable answer are complete, or
 * when no open prefix can become better than the best of them: probabilities only
 * fall, so none can be worth more than if all tokens up to `maxTokens` were
 * certain. Then what is open is `superseded`. The best complete solution wins.
 *
 * Besides those kept, the `alternatives` likeliest next tokens of each prefix are
 * nodes too, pruned with their rank among all that were looked at, and at least one,
 * so that no prefix ends without a reason.
 *
 * Source: Graves 2012, arXiv:1211.3711, and Sutskever et al. 2014,
 * arXiv:1409.3215, section 3.2 (their B is `width`; complete ones leave the beam);
 * Wu et al. 2016, arXiv:1609.08144 (length penalty); Huang et al. 2017,
 * arXiv:1809.00069 (when no better one can come). The limit of `width` complete
 * solutions is that of common implementations.
 */
export async function* tokenBeam(
  strategy: TokenBeam,
  context: SearchContext,
): AsyncGenerator<Fact, void, void> {
  const sampling = { ...context.sampling, temperature: 0 };
  const state = startSearch({ ...context, sampling, verifier: null }, 1);
  yield started(state, strategy);
  const finished: TokenPath[] = [];
  let open: readonly TokenPath[] = [emptyPath(state)];
  let round = 0;
  let outOfRounds = false;
  let isDecided = false;
  while (open.length > 0 && !isDecided && !outOfRounds) {
    const asked = open.slice(0, grant(state, open.length, round));
    if (round > 0) yield* pruned(open.slice(asked.length), "budget");
    open = asked;
    if (asked.length === 0) break;
    round++;
    yield { type: "round", round, phase: "expand" };
    const best = yield* keepBest(state, asked, { strategy, round });
    finished.push(...best.filter(({ ended }) => ended === "stop"));
    open = best.filter(({ ended }) => ended === "step");
    isDecided = open.length > 0 && cannotImprove(finished, open, strategy);
    outOfRounds = !isDecided && open.length > 0 && round === strategy.maxTokens;
  }
  if (outOfRounds) yield* pruned(open, "max_depth");
  yield* conclude(
    state,
    finished.map((candidate) => ({ candidate, score: candidate.score })),
    { method: "argmax", round, outOfRounds, isDecided, unfinished: isDecided ? open : [] },
  );
}

function grant({ spend }: SearchState, wanted: number, depth: number): number {
  return spend.grantBatch(spend.grantSteps(wanted, { depth }));
}

/** A prefix and a token that may follow it. */
interface Continuation {
  readonly parent: TokenPath;
  readonly token: Token;
  readonly score: number;
}

/** One token more for the beam: returns the paths that are kept, best first. */
async function* keepBest(
  state: SearchState,
  asked: readonly TokenPath[],
  { strategy, round }: { strategy: TokenBeam; round: number },
): AsyncGenerator<Fact, TokenPath[], void> {
  const { width, alternatives, lengthPenalty: alpha } = strategy;
  const top = width + alternatives;
  const replies = await askNext(
    state,
    asked.map(({ ids }) => ({ prefix: ids, top, draw: null })),
  );
  const looked = asked.map((parent, i) =>
    replies[i]!.likeliest.map((token): Continuation => {
      const logprob = parent.logprob + token.logprob;
      return { parent, token, score: likelihood(logprob, parent.ids.length + 1, alpha) };
    }),
  );
  // A stable sort: of equal ones those of the older prefix, and of one prefix the likelier token.
  const ranked = looked.flat().sort((a, b) => b.score - a.score);
  const kept = new Set(ranked.slice(0, width));
  const paths = yield* stateAll(
    state,
    looked.map((own) => told(own, kept, alternatives)),
    alpha,
  );
  yield { type: "round", round, phase: "prune" };
  const best = ranked.slice(0, width).map((continuation) => paths.get(continuation)!);
  const whole = best.filter(({ ended }) => ended !== "length");
  if (whole.length > 0) yield { type: "kept", nodes: whole.map(({ id }) => id) };
  const last = best.at(-1)!;
  yield* prunedFact(
    ranked.flatMap((continuation, i) => {
      const path = paths.get(continuation);
      if (path === undefined || (i < width && path.ended !== "length")) return [];
      if (path.ended === "length") return [prunedNode(path, "invalid")];
      return [prunedNode(path, "not_top_k", { rank: i + 1, cut: last.score, beatenBy: last.id })];
    }),
  );
  return whole;
}

/** Makes nodes of continuations, those of each prefix together: announces all, then states them. */
function* stateAll(
  state: SearchState,
  families: readonly (readonly Continuation[])[],
  alpha: number,
): Generator<Fact, Map<Continuation, TokenPath>, void> {
  const places = new Map<Continuation, TokenPlace>();
  for (const family of families) {
    for (const [i, one] of family.entries()) places.set(one, placeToken(state, one.parent, i));
    const { id: first, parent } = places.get(family[0]!)!;
    yield { type: "expanded", node: parent.id, first, kids: family.length };
  }
  const paths = new Map<Continuation, TokenPath>();
  for (const [one, place] of places) {
    paths.set(one, yield* growPath(state, place, one.token, { alpha }));
  }
  return paths;
}

/** Of the continuations of one prefix those that become nodes: what is kept, and the likeliest others. */
function told(
  own: readonly Continuation[],
  kept: ReadonlySet<Continuation>,
  alternatives: number,
): Continuation[] {
  const isAnyKept = own.some((continuation) => kept.has(continuation));
  let left = isAnyKept ? alternatives : Math.max(1, alternatives);
  return own.filter((continuation) => kept.has(continuation) || left-- > 0);
}

/** Whether what is complete cannot be outdone by what is open, or is as much as was asked for. */
function cannotImprove(
  finished: readonly TokenPath[],
  open: readonly TokenPath[],
  { width, maxTokens, lengthPenalty }: TokenBeam,
): boolean {
  const readable = finished.filter(({ answer }) => answer?.canonical != null);
  if (readable.length === 0) return false;
  if (readable.length >= width) return true;
  const best = Math.max(...readable.map(({ score }) => score));
  const hope = Math.max(
    ...open.map(({ logprob }) => likelihood(logprob, maxTokens, lengthPenalty)),
  );
  return best >= hope;
}
