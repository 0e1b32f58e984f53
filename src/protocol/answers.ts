import { grown, lastUntil, NumberList, ReferenceColumn, roomFor } from "./columns.ts";
import type { NodeId, RunEvent } from "./events.ts";

type AnsweredEvent = Extract<RunEvent, { type: "answered" }>;
export type Answer = Pick<AnsweredEvent, "answer" | "canonical" | "correct">;

const NEVER = -1;
const CORRECT = [null, false, true] as const;

/** Answers read from nodes: a row each, in the order of time. */
export class Answers {
  answeredSeq = new Int32Array(0);
  readonly #seqs = new NumberList(Int32Array);
  /** Row of the answer that was read from the same node before, −1 for none. */
  readonly #previous = new NumberList(Int32Array);
  readonly #answers = new ReferenceColumn<string | null>();
  readonly #canonicals = new ReferenceColumn<string | null>();
  /** Index into `CORRECT`. */
  readonly #correct = new NumberList(Uint8Array);

  reserve(count: number): void {
    if (count <= this.answeredSeq.length) return;
    const capacity = roomFor(count, this.answeredSeq.length);
    this.answeredSeq = grown(Int32Array, this.answeredSeq, capacity, NEVER);
  }

  put({ node, seq, answer, canonical, correct }: AnsweredEvent): void {
    const row = this.#seqs.length;
    this.#previous.push(this.#latestRow(node));
    this.#seqs.push(seq);
    this.#answers.set(row, answer);
    this.#canonicals.set(row, canonical);
    this.#correct.push(CORRECT.indexOf(correct));
    this.answeredSeq[node] = seq;
  }

  /** When the answer was read that held then; −1 if there was none. */
  seqAt(node: NodeId, seq: number): number {
    const row = this.#rowAt(node, seq);
    return row === NEVER ? NEVER : this.#seqs.values[row]!;
  }

  /** `null` if none was read by then. */
  at(node: NodeId, seq: number): Answer | null {
    const row = this.#rowAt(node, seq);
    if (row === NEVER) return null;
    return {
      answer: this.#answers.get(row)!,
      canonical: this.#canonicals.get(row)!,
      correct: CORRECT[this.#correct.values[row]!]!,
    };
  }

  /** Whether the answer was right; `undefined` if none was read by then. As `at`, without an object. */
  correctAt(node: NodeId, seq: number): boolean | null | undefined {
    const row = this.#rowAt(node, seq);
    return row === NEVER ? undefined : CORRECT[this.#correct.values[row]!]!;
  }

  bytes(): number {
    return (
      this.answeredSeq.byteLength +
      this.#seqs.bytes() +
      this.#previous.bytes() +
      this.#correct.bytes() +
      this.#answers.bytes() +
      this.#canonicals.bytes()
    );
  }

  #rowAt(node: NodeId, seq: number): number {
    let row = this.#latestRow(node);
    while (row !== NEVER && this.#seqs.values[row]! > seq) row = this.#previous.values[row]!;
    return row;
  }

  #latestRow(node: NodeId): number {
    const seq = this.answeredSeq[node] ?? NEVER;
    return seq === NEVER ? NEVER : lastUntil(this.#seqs.values, this.#seqs.length, seq);
  }
}
