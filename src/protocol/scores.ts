import { grown, roomFor } from "./columns.ts";
import type { NodeId, RunEvent } from "./events.ts";
import type { Lineage } from "./lineage.ts";
import { Versions } from "./versions.ts";

/** What any verifier's event says of a node's score. */
type ScoredEvent = Pick<
  Extract<RunEvent, { type: "scored" }>,
  "node" | "seq" | "score" | "steps" | "rolledOutTo"
>;

/** A score that was replaced later. */
interface OldScore {
  readonly seq: number;
  readonly score: number;
  /** The raw score of the node's own step; NaN if the event did not tell. */
  readonly own: number;
}

/** Raw step scores as a `scored` event gave them. */
interface StepScores {
  readonly seq: number;
  readonly steps: Float32Array;
}

const NEVER = -1;

/**
 * The scores of all nodes, to single precision. The columns hold the latest;
 * what a node scored before stands beside them.
 */
export class Scores {
  scoredSeq = new Int32Array(0);
  score = new Float32Array(0);
  /** Raw scores of the nodes' own steps; the same as `score` until one is not. */
  #own = this.score;
  /** Ascending in seq, without the latest. */
  readonly #old = new Versions<OldScore>();
  /** Where they do not follow from the scores of the nodes on the path. */
  readonly #steps = new Versions<StepScores>();
  #stepScoresBytes = 0;
  /** Of the nodes that were judged by a rollout: its end, or −1 for a score of their own since. */
  readonly #rolledOut = new Versions<{ readonly seq: number; readonly to: NodeId | -1 }>();
  readonly #lineage: Lineage;
  /** Whether events tell the raw score of the node's own step alone. */
  #isOwnOnly = false;

  constructor(lineage: Lineage) {
    this.#lineage = lineage;
  }

  /** Says what a node of this tree is; before anything is scored. */
  start(unit: "step" | "token"): void {
    this.#isOwnOnly = unit === "token";
  }

  reserve(count: number): void {
    if (count <= this.score.length) return;
    const capacity = roomFor(count, this.score.length);
    const isShared = this.#own === this.score;
    this.scoredSeq = grown(Int32Array, this.scoredSeq, capacity, NEVER);
    this.score = grown(Float32Array, this.score, capacity, Number.NaN);
    this.#own = isShared ? this.score : grown(Float32Array, this.#own, capacity, Number.NaN);
  }

  put({ node, seq, score, steps, rolledOutTo: to = NEVER }: ScoredEvent): void {
    if (to !== NEVER || this.#rolledOut.of(node)) this.#rolledOut.add(node, { seq, to });
    const scoredSeq = this.scoredSeq[node]!;
    if (scoredSeq !== NEVER) {
      const old = { seq: scoredSeq, score: this.score[node]!, own: this.#own[node]! };
      this.#old.add(node, old);
    }
    const own = this.#isAScorePerStep(node, steps) ? Math.fround(steps.at(-1)!) : Number.NaN;
    if (this.#own === this.score && own !== Math.fround(score)) this.#own = this.score.slice();
    this.scoredSeq[node] = seq;
    this.score[node] = score;
    this.#own[node] = own;
    if (!this.#followsFromPath(node, steps)) {
      this.#steps.add(node, { seq, steps: Float32Array.from(steps) });
      this.#stepScoresBytes += steps.length * Float32Array.BYTES_PER_ELEMENT;
    }
  }

  /** NaN if it was not scored by then. */
  scoreAt(node: NodeId, seq: number): number {
    const scoredSeq = this.scoredSeq[node] ?? NEVER;
    if (scoredSeq === NEVER) return Number.NaN;
    return scoredSeq <= seq ? this.score[node]! : (this.#old.at(node, seq)?.score ?? Number.NaN);
  }

  /** The end of the rollout whose score a node has by then; −1 if it has its own. */
  rolledOutTo(node: NodeId, seq: number): NodeId | -1 {
    return this.#rolledOut.at(node, seq)?.to ?? NEVER;
  }

  /** Nodes that were scored more than once. */
  changedOften(): Iterable<NodeId> {
    return this.#old.nodes();
  }

  /** When the score was given that held then; −1 if there was none. */
  scoredSeqAt(node: NodeId, seq: number): number {
    const scoredSeq = this.scoredSeq[node] ?? NEVER;
    return scoredSeq <= seq ? scoredSeq : (this.#old.at(node, seq)?.seq ?? NEVER);
  }

  /** Raw scores of all steps up to `node`, as given when it was last scored by then. */
  stepScoresAt(node: NodeId, seq: number): number[] | null {
    const scoredSeq = this.scoredSeqAt(node, seq);
    if (scoredSeq === NEVER) return null;
    const given = this.#steps.at(node, scoredSeq);
    if (given?.seq === scoredSeq) return [...given.steps];
    const scores: number[] = [];
    for (let at = node; this.#lineage.parent[at] !== NEVER; at = this.#lineage.parent[at]!) {
      scores.push(this.#ownAt(at, scoredSeq));
    }
    return scores.reverse();
  }

  bytes(): number {
    return (
      this.scoredSeq.byteLength +
      this.score.byteLength +
      (this.#own === this.score ? 0 : this.#own.byteLength) +
      this.#old.bytes() +
      this.#steps.bytes() +
      this.#rolledOut.bytes() +
      this.#stepScoresBytes
    );
  }

  #isAScorePerStep(node: NodeId, steps: readonly number[]): boolean {
    return steps.length > 0 && steps.length === (this.#isOwnOnly ? 1 : this.#lineage.depth[node]);
  }

  /** Whether `steps` are the scores that the nodes from the root to `node` have at the moment. */
  #followsFromPath(node: NodeId, steps: readonly number[]): boolean {
    if (this.#isOwnOnly && steps.length === 1) return true;
    if (steps.length !== this.#lineage.depth[node]) return false;
    const own = this.#own;
    const { parent } = this.#lineage;
    let at = node;
    for (let i = steps.length - 1; i >= 0; i--) {
      if (Math.fround(steps[i]!) !== own[at]) return false;
      at = parent[at]!;
    }
    return true;
  }

  #ownAt(node: NodeId, seq: number): number {
    return this.scoredSeq[node]! <= seq ? this.#own[node]! : this.#old.at(node, seq)!.own;
  }
}
