import { auc } from "../../../lib/ordered-pairs.ts";
import type { NodeId } from "../../../protocol/events.ts";
import type { Tree } from "../../../protocol/tree.ts";
import { type KnownProblem, readKnown } from "../../known-problem.ts";

/** Whom the search's verifier is held against: a second verifier, or the exact checker of the problem's family. */
export type Other = "checker" | "second";

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

/** Prefixes that the checker judges at most, and how deep: it reads all lines of each. */
const MOST_CHECKED = 20_000;
const DEEPEST = 200;

/** Who can be held against the search's verifier, the exact one first. */
export function othersOf(tree: Tree): Other[] {
  const isChecked = tree.unit === "step" && tree.started !== null;
  return [
    ...(isChecked && readKnown(tree.started!.problem) !== null ? (["checker"] as const) : []),
    ...(tree.hasSecond ? (["second"] as const) : []),
  ];
}

/** What both say at a moment. O(nodes), with the checker O(nodes × depth). */
export function readJudges(tree: Tree, at: number, other: Other): Judgements {
  const nodes: NodeId[] = [];
  const end = tree.countAt(at);
  for (let node = 1; node < end; node++) {
    if (!Number.isNaN(tree.scoreAt(node, at))) nodes.push(node);
  }
  if (other === "second") {
    const all = nodes.flatMap((node) => {
      const second = tree.secondScoreAt(node, at);
      return Number.isNaN(second) ? [] : [{ node, search: tree.scoreAt(node, at), other: second }];
    });
    return { other, all, agreement: correlation(all), left: 0 };
  }
  const known = tree.started && readKnown(tree.started.problem);
  const checked = nodes
    .filter((node) => tree.depth[node]! <= DEEPEST)
    .slice(0, known === null ? 0 : MOST_CHECKED);
  const checker = new PrefixChecker(tree, known!);
  const all = checked.map((node) => ({
    node,
    search: tree.scoreAt(node, at),
    other: checker.isRight(node, at) ? 1 : 0,
  }));
  const pairs = all.map(({ search, other: right }) => ({ label: right as 0 | 1, score: search }));
  return { other, all, agreement: auc(pairs), left: nodes.length - checked.length };
}

/** Those on which they differ by at least `gap`, the largest difference first. */
export function disagreements(all: readonly TwoScores[], gap: number): TwoScores[] {
  const size = ({ search, other }: TwoScores) => Math.abs(search - other);
  return all.filter((one) => size(one) >= gap).sort((a, b) => size(b) - size(a) || a.node - b.node);
}

/** Whether everything up to a node is right, each line judged once. */
class PrefixChecker {
  readonly #tree: Tree;
  readonly #known: KnownProblem;
  /** By node; what is not there is not judged yet. */
  readonly #right = new Map<NodeId, boolean>([[0, true]]);

  constructor(tree: Tree, known: KnownProblem) {
    this.#tree = tree;
    this.#known = known;
  }

  isRight(node: NodeId, at: number): boolean {
    const tree = this.#tree;
    const unknown: NodeId[] = [];
    for (let above = node; !this.#right.has(above); above = tree.parent[above]!) {
      unknown.push(above);
    }
    for (const next of unknown.reverse()) this.#right.set(next, this.#judge(next));
    return this.#right.get(node)! && tree.correctAt(node, at) !== false;
  }

  #judge(node: NodeId): boolean {
    const tree = this.#tree;
    const above = tree.parent[node]!;
    if (!this.#right.get(above)!) return false;
    const { family, problem } = this.#known;
    const verdict = family.checkStep(problem, tree.steps(above), tree.step(node));
    return verdict.right && verdict.reachable;
  }
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
