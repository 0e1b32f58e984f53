import { grown, roomFor } from "../../../protocol/columns.ts";
import type { NodeId } from "../../../protocol/events.ts";
import type { JudgedScores, Tree } from "../../../protocol/tree.ts";
import { type KnownProblem, readKnown } from "../../known-problem.ts";

/** Prefixes that the checker judges at most, and how deep: it reads all lines of each. */
const MOST_CHECKED = 20_000;
const DEEPEST = 200;

/** Of trees that have begun; `null` where nobody knows the problem. */
const checkers = new WeakMap<Tree, CheckerScores | null>();

/** Whether there is an exact checker for the problem of a tree. */
export function hasChecker(tree: Tree): boolean {
  return findChecker(tree) !== null;
}

/** What the exact checker says of a tree's newest state; `null` if there is none. O(nodes) where the tree has changed. */
export function checkerOf(tree: Tree): JudgedScores | null {
  const checker = findChecker(tree);
  checker?.update();
  return checker;
}

function findChecker(tree: Tree): CheckerScores | null {
  if (tree.started === null) return null;
  let checker = checkers.get(tree);
  if (checker === undefined) {
    const known = tree.unit === "step" ? readKnown(tree.started.problem) : null;
    checker = known === null ? null : new CheckerScores(tree, known);
    checkers.set(tree, checker);
  }
  return checker;
}

/**
 * The exact checker in the place of a verifier, on the nodes that the verifier has scored and
 * since it has: 1 while all is right and the goal can be reached, else 0. Each line is
 * judged once.
 */
class CheckerScores implements JudgedScores {
  /** By node, for its newest state; NaN for what has no score, and what there was no time for. */
  score = new Float32Array(0);
  readonly #tree: Tree;
  readonly #known: KnownProblem;
  /** By node, whether its lines are right; what is not there is not judged yet. */
  readonly #right = new Map<NodeId, boolean>([[0, true]]);
  #version = -1;
  #judged = 0;

  constructor(tree: Tree, problem: KnownProblem) {
    this.#tree = tree;
    this.#known = problem;
  }

  get scoredSeq(): JudgedScores["scoredSeq"] {
    return this.#tree.scoredSeq;
  }

  scoreAt(node: NodeId, at: number): number {
    if (Number.isNaN(this.score[node]!) || Number.isNaN(this.#tree.scoreAt(node, at))) {
      return Number.NaN;
    }
    return this.#scoreOf(node, at);
  }

  update(): void {
    const tree = this.#tree;
    if (this.#version === tree.version) return;
    this.#version = tree.version;
    if (tree.count > this.score.length) {
      const room = roomFor(tree.count, this.score.length);
      this.score = grown(Float32Array, this.score, room, Number.NaN);
    }
    for (let node = 1; node < tree.count; node++) {
      if (tree.scoredSeq[node]! < 0) continue;
      if (Number.isNaN(this.score[node]!)) {
        if (this.#judged >= MOST_CHECKED || tree.depth[node]! > DEEPEST) continue;
        this.#judged++;
        this.#judgeTo(node);
      }
      this.score[node] = this.#scoreOf(node, tree.seq);
    }
  }

  #scoreOf(node: NodeId, at: number): 0 | 1 {
    return this.#right.get(node)! && this.#tree.correctAt(node, at) !== false ? 1 : 0;
  }

  #judgeTo(node: NodeId): void {
    const unknown: NodeId[] = [];
    for (let above = node; !this.#right.has(above); above = this.#tree.parent[above]!) {
      unknown.push(above);
    }
    for (const next of unknown.reverse()) this.#right.set(next, this.#judge(next));
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
