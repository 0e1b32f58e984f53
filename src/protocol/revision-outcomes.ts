import { z } from "zod";
import { type Fact, type NodeId, ROOT } from "./events.ts";

const count = z.int().nonnegative();

/** What became of chains of attempts, one revising the other; of logs whose answers can be graded. */
export const RevisionOutcomes = z.object({
  /** Chains of two attempts or more that began with a right answer. */
  firstRight: count,
  /** Of them, those that ended with another than a right one: a revision spoiled it. */
  spoiled: count,
  /** Chains of two attempts or more that did not begin with a right answer. */
  firstWrong: count,
  /** Of them, those that ended with a right one. */
  mended: count,
  /** Attempts that saw a right one just before them. */
  afterRight: count,
  /** Of them, those that are not right themselves (Snell et al. 2024, section 6.1: about 38 % of theirs). */
  turnedWrong: count,
});
export type RevisionOutcomes = z.infer<typeof RevisionOutcomes>;

/**
 * Counts them in a log. An attempt that did not finish,
 * or whose answer cannot be read, is not right. Attempts at a problem that nobody
 * can grade count as not right, too: look at `correct` of the run first.
 */
export function revisionOutcomes(log: readonly Fact[]): RevisionOutcomes {
  const chains = chainsOf(log).filter((chain) => chain.length > 1);
  const begunRight = chains.filter(([first]) => first === true);
  const begunWrong = chains.filter(([first]) => first !== true);
  const isRightAtLast = (chain: readonly boolean[]) => chain.at(-1) === true;
  const pairs = chains.flatMap((chain) => chain.slice(1).map((after, i) => [chain[i]!, after]));
  const afterRight = pairs.filter(([before]) => before);
  return {
    firstRight: begunRight.length,
    spoiled: begunRight.filter((chain) => !isRightAtLast(chain)).length,
    firstWrong: begunWrong.length,
    mended: begunWrong.filter(isRightAtLast).length,
    afterRight: afterRight.length,
    turnedWrong: afterRight.filter(([, after]) => !after).length,
  };
}

/** Attempts by their first steps: whether they are right, and the attempt that each revises. */
interface Attempts {
  readonly right: ReadonlyMap<NodeId, boolean>;
  readonly before: ReadonlyMap<NodeId, NodeId>;
}

/** Whether each attempt of every chain is right, oldest first. */
function chainsOf(log: readonly Fact[]): boolean[][] {
  const { right, before } = attemptsIn(log);
  const revised = new Set(before.values());
  const last = [...right.keys()].filter((attempt) => !revised.has(attempt));
  return last.map((attempt) => {
    const chain: boolean[] = [];
    for (let at: NodeId | undefined = attempt; at !== undefined; at = before.get(at)) {
      chain.unshift(right.get(at)!);
    }
    return chain;
  });
}

function attemptsIn(log: readonly Fact[]): Attempts {
  const parents = new Map<NodeId, NodeId>();
  /** The first step of the attempt that a node is of. */
  const firsts = new Map<NodeId, NodeId>();
  const before = new Map<NodeId, NodeId>();
  const right = new Map<NodeId, boolean>();
  const propose = ({ node, revises }: Extract<Fact, { type: "proposed" }>) => {
    const first = firsts.get(parents.get(node) ?? ROOT) ?? node;
    firsts.set(node, first);
    if (first === node) right.set(node, false);
    if (revises !== undefined) before.set(first, firsts.get(revises)!);
  };
  for (const event of log) {
    if (event.type === "expanded") {
      for (let i = 0; i < event.kids; i++) parents.set(event.first + i, event.node);
    } else if (event.type === "proposed") propose(event);
    else if (event.type === "answered") right.set(firsts.get(event.node)!, event.correct === true);
  }
  return { right, before };
}
