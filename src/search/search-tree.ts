import { portableLn } from "../lib/portable-exp.ts";
import type { Fact } from "../protocol/events.ts";
import type { StrategyOf } from "../protocol/strategies.ts";
import type { Candidate } from "./state.ts";

/** What is told of a node in a `visited` fact. */
type VisitedNode = Extract<Fact, { type: "visited" }>["nodes"][number];

/** A node of a Monte Carlo tree search, with its statistics. */
export interface TreeNode {
  readonly candidate: Candidate;
  readonly parent: TreeNode | null;
  /** P(a), the share of its siblings' likelihoods that is its own; 1 for the root. */
  readonly prior: number;
  /** The value that it is taken to have before its first visit, in [0, 1]. */
  readonly firstValue: number;
  /** N: simulations that went through it. */
  visits: number;
  /** W: the sum of what they were worth. */
  total: number;
  /** `null` until it is expanded; none: it leads nowhere. */
  children: TreeNode[] | null;
  /** Whether nothing below it can ever be expanded or finish. */
  isDead: boolean;
}

export type Rule = Pick<StrategyOf<"mcts">, "rule" | "exploration">;

export function treeNode(
  candidate: Candidate,
  parent: TreeNode | null,
  { prior, firstValue }: Pick<TreeNode, "prior" | "firstValue">,
): TreeNode {
  const statistics = { visits: 0, total: 0, children: null, isDead: false };
  return { candidate, parent, prior, firstValue, ...statistics };
}

/** Q: the mean of its simulations; before the first what it is taken to be worth. */
function meanOf({ visits, total, firstValue }: TreeNode): number {
  return visits === 0 ? firstValue : total / visits;
}

/**
 * The two terms that are added to choose among siblings: what is known to be good,
 * and what is not known well. N counts the simulation under way. For `puct` the
 * second is c · P(a) · √N / (1 + N(a)), for `uct` c · √(ln N / max(1, N(a))).
 */
function termsOf(
  node: TreeNode,
  { rule, exploration }: Rule,
): { exploit: number; explore: number } {
  const under = (node.parent?.visits ?? 0) + 1;
  const unknown =
    rule === "puct"
      ? (node.prior * Math.sqrt(under)) / (1 + node.visits)
      : Math.sqrt(portableLn(under) / Math.max(1, node.visits));
  return { exploit: meanOf(node), explore: exploration * unknown };
}

/** The child whose terms add up to most, of equals the oldest; `undefined` if all are dead. */
export function bestChild({ children }: TreeNode, rule: Rule): TreeNode | undefined {
  let best: TreeNode | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const child of children ?? []) {
    const { exploit, explore } = termsOf(child, rule);
    if (child.isDead || exploit + explore <= most) continue;
    [best, most] = [child, exploit + explore];
  }
  return best;
}

/** Counts a simulation that was worth so much at every node from the root to `leaf`. */
export function backUp(leaf: TreeNode, worth: number): void {
  for (let node: TreeNode | null = leaf; node !== null; node = node.parent) {
    node.visits++;
    node.total += worth;
  }
}

/** Marks what leads nowhere, up to the root. */
export function markDead(leaf: TreeNode): void {
  let node: TreeNode | null = leaf;
  while (node !== null && (node.children ?? []).every(({ isDead }) => isDead)) {
    node.isDead = true;
    node = node.parent;
  }
}

/** The nodes from the root to `leaf`. */
export function treePath(leaf: TreeNode): TreeNode[] {
  const path: TreeNode[] = [];
  for (let node: TreeNode | null = leaf; node !== null; node = node.parent) path.push(node);
  return path.reverse();
}

/** States the statistics and terms of all children of these nodes, as they are now. */
export function* compared(parents: readonly TreeNode[], rule: Rule): Generator<Fact> {
  const nodes = parents.flatMap(({ children }) =>
    (children ?? []).map((child) => row(child, rule)),
  );
  if (nodes.length > 0) yield { type: "visited", nodes };
}

/** States what a simulation changed: the nodes from the root to `leaf`, and the terms of their siblings. */
export function* changed(leaf: TreeNode, rule: Rule): Generator<Fact> {
  const [root, ...path] = treePath(leaf);
  const { visits } = root!;
  const siblings = path.flatMap(({ parent }) => parent!.children!.map((child) => row(child, rule)));
  const { id: node } = root!.candidate;
  yield { type: "visited", nodes: [{ node, visits, value: meanOf(root!) }, ...siblings] };
}

function row(node: TreeNode, rule: Rule): VisitedNode {
  const { candidate, visits, prior } = node;
  return { node: candidate.id, visits, value: meanOf(node), prior, ...termsOf(node, rule) };
}
