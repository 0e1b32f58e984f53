import {
  grown,
  type NarrowArray,
  NarrowColumn,
  RareColumn,
  ReferenceColumn,
  roomFor,
} from "./columns.ts";
import type { NodeId, OtherToken, RunEvent } from "./events.ts";

type ProposedEvent = Extract<RunEvent, { type: "proposed" }>;
export type Ended = ProposedEvent["ended"];
export type Origin = ProposedEvent["origin"];

const ENDS: readonly Ended[] = ["step", "stop", "length"];
const ORIGINS: readonly Origin[] = ["policy", "human", "replay", "copy", "rollout"];

/** How an end and an origin share a byte; 0 where nothing was proposed. */
const ORIGIN_SHIFT = 2;
const END_MASK = 3;
const ORIGIN_MASK = 7;
/** Set where it is known how many of the tokens are reasoning. */
const IS_SPLIT = 1 << 6;
/** Set on tokens that are no text. */
const IS_CONTROL = 1 << 7;

/** What the policy, or somebody else, wrote at each node. */
export class Proposals {
  logprob = new Float32Array(0);
  readonly #tokens = new NarrowColumn();
  readonly #steps = new ReferenceColumn<string>();
  readonly #duplicateOf = new RareColumn();
  readonly #revises = new RareColumn();
  /** Tokens that state an answer. */
  readonly #answerTokens = new NarrowColumn();
  #manner = new Uint8Array(0);
  /** Of tokens only; the lists belong to the events. */
  readonly #others = new Map<NodeId, readonly OtherToken[]>();

  get tokens(): NarrowArray {
    return this.#tokens.values;
  }

  reserve(count: number): void {
    if (count <= this.logprob.length) return;
    const capacity = roomFor(count, this.logprob.length);
    this.logprob = grown(Float32Array, this.logprob, capacity, Number.NaN);
    this.#manner = grown(Uint8Array, this.#manner, capacity);
    this.#tokens.grow(capacity);
    this.#answerTokens.grow(capacity);
  }

  put(event: ProposedEvent): void {
    const { node, step, tokens, reasoningTokens, logprob, ended, origin, duplicateOf } = event;
    this.#steps.set(node, step);
    this.#tokens.set(node, tokens);
    this.logprob[node] = logprob ?? Number.NaN;
    if (duplicateOf !== undefined) this.#duplicateOf.set(node, duplicateOf);
    if (event.revises !== undefined) this.#revises.set(node, event.revises);
    this.#manner[node] =
      (ENDS.indexOf(ended) + 1) | ((ORIGINS.indexOf(origin) + 1) << ORIGIN_SHIFT);
    if (event.control) this.#manner[node]! |= IS_CONTROL;
    if (event.others) this.#others.set(node, event.others);
    if (reasoningTokens === undefined) return;
    this.#manner[node]! |= IS_SPLIT;
    this.#answerTokens.set(node, tokens - reasoningTokens);
  }

  step(node: NodeId): string {
    return this.#steps.get(node) ?? "";
  }

  /** −1 for none. */
  duplicateOf(node: NodeId): NodeId | -1 {
    return this.#duplicateOf.get(node);
  }

  /** −1 for none. */
  revises(node: NodeId): NodeId | -1 {
    return this.#revises.get(node);
  }

  /** Of a node's tokens, those of reasoning; `null` if unknown. */
  reasoningTokens(node: NodeId): number | null {
    if (((this.#manner[node] ?? 0) & IS_SPLIT) === 0) return null;
    return this.tokens[node]! - this.#answerTokens.values[node]!;
  }

  /** Whether it is a token that is no text. */
  isControl(node: NodeId): boolean {
    return ((this.#manner[node] ?? 0) & IS_CONTROL) !== 0;
  }

  /** Tokens that were told beside this one, likeliest first. */
  others(node: NodeId): readonly OtherToken[] {
    return this.#others.get(node) ?? [];
  }

  ended(node: NodeId): Ended | null {
    return ENDS[((this.#manner[node] ?? 0) & END_MASK) - 1] ?? null;
  }

  origin(node: NodeId): Origin | null {
    return ORIGINS[(((this.#manner[node] ?? 0) >> ORIGIN_SHIFT) & ORIGIN_MASK) - 1] ?? null;
  }

  bytes(): number {
    return (
      this.logprob.byteLength +
      this.#duplicateOf.bytes() +
      this.#revises.bytes() +
      this.#answerTokens.values.byteLength +
      this.#manner.byteLength +
      this.tokens.byteLength
    );
  }

  /** Of the references to the steps and to lists of other tokens, about; the text itself belongs to the events. */
  textBytes(): number {
    return this.#steps.bytes() + 32 * this.#others.size;
  }
}
