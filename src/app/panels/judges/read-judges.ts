import { auc } from "../../../lib/ordered-pairs.ts";
import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import type { Other } from "../../state/judging.ts";
import { checkerOf, hasChecker } from "./checker-scores.ts";

/** What two judges say of the steps up to a node, each in [0, 1]. */
export interface TwoScores {
  readonly node: NodeId;
  readonly search: number;
  /** Of the checker 1 while all is right and the goal can be reached, else 0. */
  readonly other: number;
}

export interface Judgements {
  readonly other: Other;
  /** Nodes that both have judged at the moment. */
  readonly all: readonly TwoScores[];
  /**
   * How well they agree: against the checker the share of pairs of a right and a wrong
   * prefix that the scores put in order (AUC), else Pearson's correlation; `null` where
   * neither can be said.
   */
  readonly agreement: number | null;
  /** Nodes that the checker had no time for. */
  readonly left: number;
}

/** Who can be held against the search's verifier, the exact one first. */
export function othersOf(tree: Tree): Other[] {
  return [
    ...(hasChecker(tree) ? (["checker"] as const) : []),
    ...(tree.hasSecond ? (["second"] as const) : []),
  ];
}

/** The one of them that is asked for, or whoever else there is. */
export function otherOf(tree: Tree, against: Other): Other | undefined {
  const others = othersOf(tree);
  return others.find((one) => one === against) ?? others[0];
}

/** What both say at a moment. O(nodes), and with the checker what it takes to judge those that are new to it. */
export function readJudges(tree: Tree, at: number, other: Other): Judgements {
  const nodes: NodeId[] = [];
  const end = tree.countAt(at);
  for (let node = 1; node < end; node++) {
    if (!Number.isNaN(tree.scoreAt(node, at))) nodes.push(node);
  }
  const scores = other === "second" ? tree.scoresBy("second") : checkerOf(tree);
  const all = nodes.flatMap((node) => {
    const score = scores?.scoreAt(node, at) ?? Number.NaN;
    return Number.isNaN(score) ? [] : [{ node, search: tree.scoreAt(node, at), other: score }];
  });
  if (other === "second") return { other, all, agreement: correlation(all), left: 0 };
  const pairs = all.map(({ search, other: right }) => ({ label: right as 0 | 1, score: search }));
  return { other, all, agreement: auc(pairs), left: nodes.length - all.length };
}

/** Those on which they differ by at least `gap`, the largest difference first. */
export function disagreements(all: readonly TwoScores[], gap: number): TwoScores[] {
  const size = ({ search, other }: TwoScores) => Math.abs(search - other);
  return all.filter((one) => size(one) >= gap).sort((a, b) => size(b) - size(a) || a.node - b.node);
}

/** Pearson's; `null` where one of them says always the same. */
function correlation(all: readonly TwoScores[]): number | null {
  const n = all.length;
  const sum = (of: (one: TwoScores) => number) => all.reduce((total, one) => total + of(one), 0);
  const [a, b] = [sum(({ search }) => search) / n, sum(({ other }) => other) / n];
  const spread = Math.sqrt(
    sum(({ search }) => (search - a) ** 2) * sum(({ other }) => (other - b) ** 2),
  );
  if (!(spread > 1e-12)) return null;
  return sum(({ search, other }) => (search - a) * (other - b)) / spread;
}
