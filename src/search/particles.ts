import { createRandom, deriveSeed } from "../lib/random.ts";
import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { type Expansion, expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { pruned } from "./prune.ts";
import { drawCounts, effectiveNumber } from "./resample.ts";
import { isFinished, isGoodEnough, type Scored, score } from "./score.ts";
import { logOdds, planShares, type Share, shared, softmax } from "./shares.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

type Particles = StrategyOf<"particles">;

/** Sets the streams of resampling apart from those of nodes, which have paths of other lengths or numbers. */
const RESAMPLING = 2;

/** A candidate with the number of particles that stand there: more than one where a finished solution was drawn again. */
interface Place extends Scored {
  readonly particles: number;
}

/**
 * Particle filtering. `n` particles write a step each; then, round by round, as
 * many are drawn from among them with replacement, in proportion to the odds of
 * their scores to the power of 1 / `scoreTemperature`, and those that are open
 * write the next step. Finished particles are drawn from, too, with the score
 * they have, and write nothing.
 *
 * In the tree a particle is a node, and the particles that were drawn from one
 * are its children: who is drawn k times has k of them, who is not is pruned as
 * `not_resampled`. A finished solution stays one node, and `visited` says how
 * many particles stand there. Its share of the draw is `value`, and `effective`
 * of the `resample` round says how many particles of equal weight all were worth.
 * Equal steps are particles of their own: they are marked, and live.
 *
 * The search ends when all are finished, after `maxRounds`, with the budget, or,
 * with `stopAt`, as soon as a finished particle with an answer scores at least
 * that. There is no draw then. Every finished solution has one vote.
 *
 * Source: Puri et al. 2025, arXiv:2502.01618, algorithm 1: its N is `n`, its
 * θ = softmax(w) the shares, w the PRM's score of the prefix so far, not of the
 * product of all. That w is the log-odds of the score, its clipping and the
 * draw from finished ones are those of its_hub 0.2
 * (`algorithms/particle_gibbs.py`). Both draw independently (`multinomial`) and
 * answer with the best particle, as here unless `selection` says otherwise.
 */
export async function* particles(
  strategy: Particles,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { maxRounds, selection, stopAt } = strategy;
  const state = startSearch(context);
  yield started(state, strategy);

  let finished: readonly Place[] = [];
  let round = 0;
  let outOfRounds = false;
  let unfinished: readonly Candidate[] = [];
  let plan = planExpansions(state, [state.root], strategy.n);
  const size = plan[0]?.kids ?? 0;
  while (plan.length > 0) {
    round++;
    const fresh = yield* propagate(state, plan, { strategy, round, verifier: context.verifier });
    const open = fresh.filter((entry) => !isFinished(entry)).map(({ candidate }) => candidate);
    const places = [...finished, ...fresh.map((entry) => ({ ...entry, particles: 1 }))];
    const isDecided = fresh.some((entry) => isGoodEnough(entry, stopAt));
    outOfRounds = !isDecided && round === maxRounds && open.length > 0;

    const mayGoOn = open.length > 0 && !isDecided && !outOfRounds;
    const draw = mayGoOn ? drawFrom(state, places, { strategy, size, round }) : LAST;
    plan = draw.plan;
    finished = draw.finished ?? places.filter(isFinished);
    yield* draw.facts;
    if (isDecided) unfinished = open;
    else if (draw.finished === null) yield* pruned(open, outOfRounds ? "max_depth" : "budget");
  }
  yield* conclude(state, finished, { method: selection, round, outOfRounds, unfinished });
}

interface Turn {
  readonly strategy: Particles;
  readonly round: number;
}

/** Every open particle writes a step, which is scored. */
async function* propagate(
  state: SearchState,
  plan: readonly Expansion[],
  { strategy, round, verifier }: Turn & { readonly verifier: Verifier },
): AsyncGenerator<Fact, Scored[], void> {
  yield { type: "round", round, phase: "expand" };
  const born = yield* expand(state, plan);
  const cutOff = born.filter(({ ended }) => ended === "length");
  yield* pruned(cutOff, "invalid");
  yield { type: "round", round, phase: "score" };
  const { aggregation } = strategy;
  return yield* score(
    state,
    born.filter((candidate) => !cutOff.includes(candidate)),
    { verifier, aggregation },
  );
}

/** What becomes of the particles of a round. */
interface Draw {
  /** Those that write a next step. */
  readonly plan: Expansion[];
  /** Those that are finished and were drawn; `null` if there was no draw. */
  readonly finished: readonly Place[] | null;
  readonly facts: Fact[];
}

const LAST: Draw = { plan: [], finished: null, facts: [] };

/** Draws `size` particles, unless the budget grants no step to any that is open. */
function drawFrom(
  state: SearchState,
  places: readonly Place[],
  turn: Turn & { readonly size: number },
): Draw {
  const { strategy, round, size } = turn;
  const odds = places.map(({ score }) => logOdds(score));
  const alone = softmax(odds, strategy.scoreTemperature);
  const weights = alone.map((weight, i) => weight * places[i]!.particles);
  const sum = weights.reduce((a, b) => a + b, 0);
  const whole = weights.map((weight) => weight / sum);
  const { resampling } = strategy;
  const random = createRandom(deriveSeed(state.context.seed, RESAMPLING, round));
  const counts = drawCounts(whole, { count: size, resampling, random });
  const shares: Share[] = places.map((place, i) => ({
    ...place,
    ...{ share: whole[i]!, count: counts[i]! },
  }));

  const drawn = shares.filter(({ count }) => count > 0);
  const open = drawn.filter((entry) => !isFinished(entry));
  const plan = planShares(state, open);
  if (plan.length === 0 && open.length > 0) return LAST;
  const going = new Set(plan.map(({ parent }) => parent));
  const kept = drawn.filter((entry) => isFinished(entry) || going.has(entry.candidate));
  const lost = shares.filter(({ count }) => count === 0).map(({ candidate }) => candidate);
  const unserved = open.map(({ candidate }) => candidate).filter((one) => !going.has(one));
  const effective = effectiveNumber(
    places.flatMap(({ particles }, i) => Array<number>(particles).fill(whole[i]! / particles)),
  );
  return {
    plan,
    finished: drawn.filter(isFinished).map((entry) => ({ ...entry, particles: entry.count })),
    facts: [
      { type: "round", round, phase: "resample", effective },
      shared(shares),
      { type: "kept", nodes: kept.map(({ candidate }) => candidate.id) },
      ...pruned(lost, "not_resampled"),
      ...pruned(unserved, "budget"),
    ],
  };
}
