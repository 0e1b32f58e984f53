import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { MAX_STEPS } from "./chains.ts";
import { conclude, type Finalist } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { expand, planExpansions } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { pruned, prunedFact, prunedNode } from "./prune.ts";
import { bestFirst, isGoodEnough, type Scored, score } from "./score.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

type Revisions = StrategyOf<"revisions">;

/** A chain of attempts. */
interface Chain {
  /** Where it goes on: a step, or the problem with what the next attempt sees; `null` when it is over. */
  head: Candidate | null;
  /** Attempts that were begun. */
  begun: number;
  /** Answers of its attempts, oldest first; those without one are left out. */
  readonly answers: string[];
  readonly finalists: Finalist[];
}

/**
 * Sequential revisions: `chains` chains of `attempts` whole solutions one after the
 * other, side by side. An attempt sees the answers of the latest `seen` before it
 * in its chain that have one, as earlier turns of a conversation, as many as fit
 * into the context. Every round each chain writes a step, all in one batch. Attempts
 * that are cut off or longer than `MAX_STEPS` count, and are not shown.
 *
 * In the tree all attempts begin at the problem; `revises` of the first step says
 * at which node the attempt before it ended.
 *
 * Each finished attempt is scored, and the best of each chain stands for it: the
 * others are pruned as `not_top_k`, beaten by it. Then these vote. With `selection`
 * "majority" nothing is scored and all attempts vote. With `stopAt` the search ends
 * as soon as an attempt with an answer scores at least that.
 *
 * With one attempt it is best of `chains`, and with one chain all is sequential;
 * between them lie the mixes of parallel and sequential of one budget, `chains` ×
 * `attempts` solutions.
 *
 * Source: Snell et al. 2024, arXiv:2408.03314, section 6: N is `chains` × `attempts`,
 * the four attempts in context are `seen`, and its hierarchical choice, within
 * chains and then across them, is ours. Its attempts stand in the context as a
 * whole; ours drop the reasoning of earlier turns, as the chat format has it.
 */
export async function* revisions(
  strategy: Revisions,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const { verifier } = context;
  const { selection, stopAt } = strategy;
  const state = startSearch(context);
  yield started(state, strategy);
  const chains = Array.from({ length: strategy.chains }, (): Chain => {
    return { head: state.root, begun: 1, answers: [], finalists: [] };
  });

  let round = 0;
  let isDecided = false;
  let writing = yield* grantedTo(state, chains);
  while (writing.length > 0) {
    round++;
    const fresh = yield* writeStep(state, writing, { strategy, round, verifier });
    isDecided = fresh.some((entry) => isGoodEnough(entry, stopAt));
    writing = isDecided ? [] : yield* grantedTo(state, chains);
  }

  yield { type: "round", round, phase: "prune" };
  const finalists = selection === "majority" ? allOf(chains) : yield* bestOfEach(chains);
  const unfinished = chains.flatMap(({ head }) => (head === null || isProblem(head) ? [] : [head]));
  const ending = { method: selection, round, outOfRounds: false, isDecided };
  yield* conclude(state, finalists, { ...ending, unfinished });
}

/** Whether nothing was written here yet. */
function isProblem({ parent }: Candidate): boolean {
  return parent === null;
}

/** The chains that may write a step. The others end: the budget is used up. */
function* grantedTo(state: SearchState, chains: readonly Chain[]): Generator<Fact, Chain[], void> {
  const going = chains.filter(({ head }) => head !== null);
  const granted = going.filter(({ head }) => planExpansions(state, [head!], 1).length > 0);
  const ended = going.filter((chain) => !granted.includes(chain));
  const cut = ended.flatMap(({ head }) => (isProblem(head!) ? [] : [head!]));
  for (const chain of ended) chain.head = null;
  yield* pruned(cut, "budget");
  return granted;
}

interface Turn {
  readonly strategy: Revisions;
  readonly round: number;
  readonly verifier: Verifier;
}

/** Each chain writes a step; the attempts that it finished, if they are scored. */
async function* writeStep(
  state: SearchState,
  chains: readonly Chain[],
  { strategy, round, verifier }: Turn,
): AsyncGenerator<Fact, Scored[], void> {
  yield { type: "round", round, phase: "expand" };
  const born = yield* expand(
    state,
    chains.map(({ head }) => ({ parent: head!, kids: 1 })),
  );
  const finished = born.filter(({ ended }) => ended === "stop");
  const tooLong = born.filter(({ ended, steps }) => ended === "step" && steps.length >= MAX_STEPS);
  yield* pruned(
    born.filter(({ ended }) => ended === "length"),
    "invalid",
  );
  yield* pruned(tooLong, "max_depth");
  for (const [i, chain] of chains.entries()) {
    const step = born[i];
    const goesOn = step?.ended === "step" && !tooLong.includes(step);
    chain.head =
      step === undefined || goesOn ? (step ?? null) : nextAttempt(state, chain, { step, strategy });
  }
  const { selection, aggregation } = strategy;
  if (selection === "majority") {
    for (const candidate of finished) {
      chains[born.indexOf(candidate)]!.finalists.push({ candidate, score: null });
    }
    return [];
  }
  if (finished.length > 0) yield { type: "round", round, phase: "score" };
  const scored = yield* score(state, finished, { verifier, aggregation });
  for (const entry of scored) chains[born.indexOf(entry.candidate)]!.finalists.push(entry);
  return scored;
}

/** The problem as the next attempt of a chain sees it, after one that ended with `step`; `null` if it was the last. */
function nextAttempt(
  { root }: SearchState,
  chain: Chain,
  { step, strategy }: { step: Candidate; strategy: Revisions },
): Candidate | null {
  const answer = step.answer?.answer ?? null;
  if (answer !== null) chain.answers.push(answer);
  if (chain.begun >= strategy.attempts) return null;
  chain.begun++;
  const attempts = strategy.seen === 0 ? [] : chain.answers.slice(-strategy.seen);
  return { ...root, revises: step.id, ...(attempts.length > 0 && { attempts }) };
}

function allOf(chains: readonly Chain[]): Finalist[] {
  return chains.flatMap(({ finalists }) => finalists);
}

/** The best attempt of each chain; the others are pruned. Those that cannot be read compete with nobody. */
function* bestOfEach(chains: readonly Chain[]): Generator<Fact, Finalist[], void> {
  const isReadable = ({ candidate }: Finalist) => typeof candidate.answer?.canonical === "string";
  const ranks = chains.map(({ finalists }) =>
    finalists.filter(isReadable).sort((a, b) => bestFirst(a as Scored, b as Scored)),
  );
  yield* prunedFact(
    ranks.flatMap(([best, ...others]) =>
      others.map(({ candidate }, i) =>
        prunedNode(candidate, "not_top_k", {
          ...{ rank: i + 2, cut: best!.score, beatenBy: best!.candidate.id },
        }),
      ),
    ),
  );
  const unreadable = allOf(chains).filter((finalist) => !isReadable(finalist));
  return [...ranks.flatMap(([best]) => best ?? []), ...unreadable];
}
