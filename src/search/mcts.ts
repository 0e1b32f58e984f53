import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import { MAX_STEPS } from "./chains.ts";
import { conclude } from "./conclude.ts";
import type { SearchContext } from "./context.ts";
import { prunedToDistinct } from "./copies.ts";
import { expand, planExpansions, sampleSteps } from "./expand.ts";
import type { Verifier } from "./ports.ts";
import { pruned } from "./prune.ts";
import { isFinished, isGoodEnough, type Scored, score } from "./score.ts";
import {
  backUp,
  bestChild,
  changed,
  compared,
  markDead,
  type TreeNode,
  treeNode,
  treePath,
} from "./search-tree.ts";
import { type Candidate, type SearchState, started, startSearch } from "./state.ts";

type Mcts = StrategyOf<"mcts">;

/**
 * Monte Carlo tree search. Each of `simulations` rounds has four phases:
 *
 * - select: from the root take the child whose two terms add up to most, until a
 *   node is reached that has none. `visited` states the terms of all siblings.
 * - expand: sample `width` next steps of it, if it is not finished. Copies are
 *   pruned. The prior of a child is its share of the siblings' likelihoods.
 * - simulate: find out what the leaf is worth. With `value` "leaf" all new children
 *   are scored by the verifier, the best by the rule is the leaf, and is worth its
 *   score; a child is taken to be worth its score before its first visit. With
 *   "rollout" the best by the rule is finished by the policy, nodes of origin
 *   `rollout`, and is worth the score of that solution; a child is taken to be
 *   worth what its parent is before its first visit.
 * - backup: add that to every node of the path. `visited` states what changed.
 *
 * A finished node is worth its score whenever it is reached again, which costs
 * nothing. What reaches no answer is worth 0: a node all of whose next steps were
 * cut off, which is not selected again, and a rollout that was cut off or is
 * longer than `MAX_STEPS`. The search ends after `simulations`, with the budget,
 * at `stopAt`, or when all there is is dead. Every finished solution votes,
 * rollouts too; what is still open is superseded.
 *
 * Sources: the rule "puct" is that of Silver et al. 2017 (AlphaGo Zero): Q(s, a) +
 * c P(s, a) √(Σ N(s, b)) / (1 + N(s, a)), c is `exploration`; priors from the
 * policy's likelihoods as in OpenR 1.0 (`reason/guided_search/tree.py`). The rule
 * "uct" is that of Kocsis and Szepesvári 2006, Q + w √(ln N(s) / N(s, a)), a child
 * without visits counted as visited once as in LLM Reasoners
 * (`reasoners/algorithm/mcts.py`), w is `exploration`. In both N counts the
 * simulation under way, so that the first choice at a node knows the priors too.
 */
export async function* mcts(
  strategy: Mcts,
  context: SearchContext & { verifier: Verifier },
): AsyncGenerator<Fact, void, void> {
  const state = startSearch(context);
  yield started(state, strategy);
  const root = treeNode(state.root, null, { prior: 1, firstValue: 0 });
  const search: Search = {
    ...{ state, strategy, root, verifier: context.verifier },
    ...{ finished: new Map(), rolledOut: new Set() },
  };
  let round = 0;
  let isDecided = false;
  let isSpent = false;
  while (round < strategy.simulations && !root.isDead && !isDecided && !isSpent) {
    round++;
    const leaf = yield* simulate(search, round);
    isSpent = leaf === null;
    if (leaf === null) continue;
    yield { type: "round", round, phase: "backup" };
    yield* changed(leaf, strategy);
    isDecided = [...search.finished.values()].some((one) => isGoodEnough(one, strategy.stopAt));
  }
  yield* finish(search, { round, isDecided, isSpent });
}

/** What the pieces of one search share. */
interface Search {
  readonly state: SearchState;
  readonly strategy: Mcts;
  readonly root: TreeNode;
  readonly verifier: Verifier;
  /** Finished solutions, those of rollouts too. */
  readonly finished: Map<Candidate, Scored>;
  /** Nodes that a rollout went on from. */
  readonly rolledOut: Set<Candidate>;
}

/** One simulation, but for the statement of its backup. The leaf that it went to; `null` if the budget ended. */
async function* simulate(
  search: Search,
  round: number,
): AsyncGenerator<Fact, TreeNode | null, void> {
  const { state, strategy, finished } = search;
  yield { type: "round", round, phase: "select" };
  const selected = select(search);
  yield* compared(treePath(selected).slice(0, -1), strategy);
  const known = finished.get(selected.candidate);
  if (known) {
    backUp(selected, known.score);
    return selected;
  }

  const plan = planExpansions(state, [selected.candidate], strategy.width);
  if (plan.length === 0) return null;
  yield { type: "round", round, phase: "expand" };
  const born = yield* expand(state, plan);
  selected.children = [];
  if (born.length === 0) return null;
  const [fresh = []] = yield* prunedToDistinct([born]);
  const tooDeep = fresh.filter(({ ended, steps }) => ended === "step" && steps.length >= MAX_STEPS);
  yield* pruned(tooDeep, "max_depth");
  const open = fresh.filter((child) => !tooDeep.includes(child));

  yield { type: "round", round, phase: "simulate" };
  const isAnswer = strategy.value === "leaf" ? () => true : isStop;
  const scored = yield* scoreAll(search, open.filter(isAnswer));
  const alive = open.filter((child) => scored.has(child) || !isAnswer(child));
  if (alive.length === 0 && open.length > 0) return null;
  adopt(selected, alive, scored);
  return yield* judge(search, selected);
}

function isStop({ ended }: Candidate): boolean {
  return ended === "stop";
}

/** The node that a simulation reaches by the rule and has no children yet. */
function select({ root, strategy }: Search): TreeNode {
  let node = root;
  for (let next: TreeNode | undefined = node; next; next = bestChild(node, strategy)) node = next;
  return node;
}

async function* scoreAll(
  { state, strategy, verifier, finished }: Search,
  candidates: readonly Candidate[],
): AsyncGenerator<Fact, Map<Candidate, Scored>, void> {
  const { aggregation } = strategy;
  const entries = yield* score(state, candidates, { verifier, aggregation });
  for (const entry of entries) if (isFinished(entry)) finished.set(entry.candidate, entry);
  return new Map(entries.map((entry) => [entry.candidate, entry]));
}

/** Hangs new children below a node. */
function adopt(
  node: TreeNode,
  children: readonly Candidate[],
  scored: ReadonlyMap<Candidate, Scored>,
): void {
  const weights = children.map(({ likelihood }) => likelihood ?? 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const usual = node.visits === 0 ? node.firstValue : node.total / node.visits;
  node.children = children.map((child, i) =>
    treeNode(child, node, {
      prior: whole === 0 ? 1 / children.length : weights[i]! / whole,
      firstValue: scored.get(child)?.score ?? usual,
    }),
  );
}

/** Backs up what an expanded node is worth; the leaf from which, or `null` if the budget ended before that was known. */
async function* judge(search: Search, node: TreeNode): AsyncGenerator<Fact, TreeNode | null, void> {
  const { strategy, finished } = search;
  const leaf = bestChild(node, strategy);
  if (leaf === undefined) {
    backUp(node, 0);
    markDead(node);
    return node;
  }
  yield* compared([node], strategy);
  const isRollout = strategy.value === "rollout" && !finished.has(leaf.candidate);
  const worth = isRollout ? yield* rollOut(search, leaf.candidate) : leaf.firstValue;
  if (worth === null) return null;
  backUp(leaf, worth);
  return leaf;
}

/** Finishes a solution from here; its score, 0 if it reaches no end, `null` if the budget ended. */
async function* rollOut(
  search: Search,
  from: Candidate,
): AsyncGenerator<Fact, number | null, void> {
  const { state } = search;
  const ahead = { sampling: state.context.sampling, origin: "rollout" } as const;
  let end = from;
  while (end.ended === "step" && end.steps.length < MAX_STEPS) {
    const plan = planExpansions(state, [end], 1);
    const [next] = yield* sampleSteps(
      state,
      plan.map(({ parent }) => parent),
      ahead,
    );
    if (next === undefined) {
      if (end !== from) yield* pruned([end], "budget");
      return null;
    }
    search.rolledOut.add(from);
    end = next;
  }
  if (end.ended !== "stop") {
    yield* pruned([end], end.ended === "length" ? "invalid" : "max_depth");
    return 0;
  }
  return (yield* scoreAll(search, [end])).get(end)?.score ?? null;
}

interface Outcome {
  readonly round: number;
  /** Whether a solution was good enough. */
  readonly isDecided: boolean;
  /** Whether the budget ended it. */
  readonly isSpent: boolean;
}

/** Says what becomes of the nodes that are open, and ends the search. */
function* finish(
  { state, strategy, root, finished, rolledOut }: Search,
  { round, isDecided, isSpent }: Outcome,
): Generator<Fact, void, void> {
  const open = leavesOf(root).filter(
    (leaf) => leaf !== state.root && !isStop(leaf) && !rolledOut.has(leaf),
  );
  if (isSpent) yield* pruned(open, "budget");
  yield* conclude(state, [...finished.values()], {
    ...{ method: strategy.selection, round, outOfRounds: false, isDecided },
    unfinished: isSpent ? [] : open,
  });
}

/** Nodes that were never expanded. */
function leavesOf(root: TreeNode): Candidate[] {
  const leaves: Candidate[] = [];
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.children === null) leaves.push(node.candidate);
    else rest.push(...node.children.toReversed());
  }
  return leaves;
}
