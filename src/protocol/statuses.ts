import {
  grown,
  lastUntil,
  type NarrowArray,
  NarrowColumn,
  type NumberArray,
  roomFor,
} from "./columns.ts";
import { type NodeId, PRUNE_REASONS, type PruneReason, type RunEvent } from "./events.ts";
import { PruneGrounds } from "./prune-grounds.ts";
import { Versions } from "./versions.ts";

/** State of a node at a moment: not announced yet, a placeholder, proposed, and what the search decided. */
export const STATUSES = ["none", "sampling", "open", "kept", "pruned"] as const;
export type NodeStatus = (typeof STATUSES)[number];

/** Why a node is pruned; scores to single precision. */
export interface Pruning {
  readonly seq: number;
  readonly reason: PruneReason;
  readonly rank: number | null;
  readonly cut: number | null;
  readonly beatenBy: NodeId | null;
}

type PrunedNode = Extract<RunEvent, { type: "pruned" }>["nodes"][number];

/** What the search decided about a node, from `seq` on; `null` after it was restored. */
interface Verdict {
  readonly seq: number;
  readonly verdict: "kept" | "pruned" | null;
  readonly pruning: Pruning | null;
}

const NEVER = -1;

/**
 * When every node was announced, proposed, kept and pruned. The columns say
 * what holds now; most nodes are kept once, then pruned once, so that their past
 * follows from the columns too. Of the others all verdicts are kept beside them.
 */
export class Statuses {
  announcedSeq = new Int32Array(0);
  proposedSeq = new Int32Array(0);
  keptSeq = new Int32Array(0);
  prunedSeq = new Int32Array(0);
  reason = new Uint8Array(0);
  #count = 0;
  readonly #grounds = new PruneGrounds();
  /** Which of the grounds of its event a node was pruned on. */
  readonly #ground = new NarrowColumn();
  readonly #rank = new NarrowColumn();
  readonly #verdicts = new Versions<Verdict>();

  get rank(): NarrowArray {
    return this.#rank.values;
  }

  announce(kids: number, seq: number): void {
    const end = this.#count + kids;
    this.#reserve(end);
    this.announcedSeq.fill(seq, this.#count, end);
    this.#count = end;
  }

  propose(node: NodeId, seq: number): void {
    this.proposedSeq[node] = seq;
  }

  keep(node: NodeId, seq: number): void {
    const wasPruned = this.prunedSeq[node] !== NEVER;
    if (!wasPruned && this.keptSeq[node] !== NEVER) return;
    if (wasPruned) this.#rememberVerdicts(node);
    this.#clearVerdict(node);
    this.keptSeq[node] = seq;
    if (this.#verdicts.of(node)) this.#verdicts.add(node, { seq, verdict: "kept", pruning: null });
  }

  prune({ node, reason, rank, cut, beatenBy }: PrunedNode, seq: number): void {
    if (this.prunedSeq[node] !== NEVER) this.#rememberVerdicts(node);
    this.prunedSeq[node] = seq;
    this.reason[node] = PRUNE_REASONS.indexOf(reason) + 1;
    this.#rank.set(node, rank ?? 0);
    this.#ground.set(node, this.#grounds.add(seq, cut ?? Number.NaN, beatenBy ?? NEVER));
    if (this.#verdicts.of(node)) {
      this.#verdicts.add(node, { seq, verdict: "pruned", pruning: this.#pruning(node) });
    }
  }

  /** The verdict on a pruned node is taken back; the search may use it again. */
  restore(node: NodeId, seq: number): void {
    if (this.prunedSeq[node] === NEVER) return;
    this.#rememberVerdicts(node);
    this.#clearVerdict(node);
    this.#verdicts.add(node, { seq, verdict: null, pruning: null });
  }

  statusAt(node: NodeId, seq: number): NodeStatus {
    if (!isPast(this.announcedSeq[node] ?? NEVER, seq)) return "none";
    const verdict = this.#verdictAt(node, seq);
    if (verdict !== null) return verdict;
    return isPast(this.proposedSeq[node]!, seq) ? "open" : "sampling";
  }

  pruningAt(node: NodeId, seq: number): Pruning | null {
    const verdicts = this.#verdicts.of(node);
    if (verdicts) return this.#verdicts.at(node, seq)?.pruning ?? null;
    return isPast(this.prunedSeq[node] ?? NEVER, seq) ? this.#pruning(node) : null;
  }

  /** Nodes whose verdicts the columns do not tell for every moment. */
  changedOften(): Iterable<NodeId> {
    return this.#verdicts.nodes();
  }

  /** Cut line of the latest pruning, NaN where there is none. */
  cut(node: NodeId): number {
    const seq = this.prunedSeq[node] ?? NEVER;
    return seq === NEVER ? Number.NaN : this.#grounds.at(seq, this.#ground.values[node]!).cut;
  }

  /** How many nodes were announced by then; their ids are the first so many. */
  countAt(seq: number): number {
    return lastUntil(this.announcedSeq, this.#count, seq) + 1;
  }

  bytes(): number {
    const columns: readonly NumberArray[] = [
      this.announcedSeq,
      this.proposedSeq,
      this.keptSeq,
      this.prunedSeq,
      this.reason,
      this.rank,
      this.#ground.values,
    ];
    const others = this.#verdicts.bytes() + this.#grounds.bytes();
    return columns.reduce((sum, { byteLength }) => sum + byteLength, others);
  }

  #verdictAt(node: NodeId, seq: number): Verdict["verdict"] {
    if (this.#verdicts.of(node)) return this.#verdicts.at(node, seq)?.verdict ?? null;
    if (isPast(this.prunedSeq[node]!, seq)) return "pruned";
    return isPast(this.keptSeq[node]!, seq) ? "kept" : null;
  }

  /** Before the columns stop telling the past: writes down the verdicts that they hold. */
  #rememberVerdicts(node: NodeId): void {
    if (this.#verdicts.of(node)) return;
    const keptSeq = this.keptSeq[node]!;
    if (keptSeq !== NEVER) {
      this.#verdicts.add(node, { seq: keptSeq, verdict: "kept", pruning: null });
    }
    const pruning = this.#pruning(node);
    this.#verdicts.add(node, { seq: pruning.seq, verdict: "pruned", pruning });
  }

  #clearVerdict(node: NodeId): void {
    this.keptSeq[node] = NEVER;
    this.prunedSeq[node] = NEVER;
    this.reason[node] = 0;
    this.#rank.set(node, 0);
  }

  #pruning(node: NodeId): Pruning {
    const seq = this.prunedSeq[node]!;
    const rank = this.rank[node]!;
    const { cut, beatenBy } = this.#grounds.at(seq, this.#ground.values[node]!);
    return {
      seq,
      reason: PRUNE_REASONS[this.reason[node]! - 1]!,
      rank: rank === 0 ? null : rank,
      cut: Number.isNaN(cut) ? null : cut,
      beatenBy: beatenBy === NEVER ? null : beatenBy,
    };
  }

  #reserve(count: number): void {
    if (count <= this.announcedSeq.length) return;
    const capacity = roomFor(count, this.announcedSeq.length);
    this.announcedSeq = grown(Int32Array, this.announcedSeq, capacity, NEVER);
    this.proposedSeq = grown(Int32Array, this.proposedSeq, capacity, NEVER);
    this.keptSeq = grown(Int32Array, this.keptSeq, capacity, NEVER);
    this.prunedSeq = grown(Int32Array, this.prunedSeq, capacity, NEVER);
    this.reason = grown(Uint8Array, this.reason, capacity);
    this.#rank.grow(capacity);
    this.#ground.grow(capacity);
  }
}

/** Whether something with that moment, −1 for never, has happened by `seq`. */
function isPast(moment: number, seq: number): boolean {
  return moment !== NEVER && moment <= seq;
}
