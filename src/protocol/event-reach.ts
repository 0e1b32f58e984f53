import { lastUntil, NumberList } from "./columns.ts";
import type { NodeId, RunEvent } from "./events.ts";

/** Ids between which an event decided about nodes, both included. */
export interface Reach {
  readonly first: NodeId;
  readonly last: NodeId;
}

/**
 * Between which ids the nodes lie that were kept, pruned or restored by one event,
 * for the few events that name several. Such nodes are near each other, and this takes
 * less room than all of their ids.
 */
export class EventReach {
  readonly #seqs = new NumberList(Int32Array);
  readonly #firsts = new NumberList(Int32Array);
  readonly #lasts = new NumberList(Int32Array);

  /** Takes an event that is newer than all before. */
  push(event: RunEvent): void {
    const { type, seq } = event;
    if (type !== "kept" && type !== "pruned" && type !== "restored") return;
    if (event.nodes.length < 2) return;
    let first = Number.POSITIVE_INFINITY;
    let last = -1;
    for (const named of event.nodes) {
      const node = typeof named === "number" ? named : named.node;
      first = Math.min(first, node);
      last = Math.max(last, node);
    }
    this.#seqs.push(seq);
    this.#firsts.push(first);
    this.#lasts.push(last);
  }

  /** `null` for an event that decided about one node at most. */
  of(seq: number): Reach | null {
    const entry = lastUntil(this.#seqs.values, this.#seqs.length, seq);
    if (entry < 0 || this.#seqs.values[entry] !== seq) return null;
    return { first: this.#firsts.values[entry]!, last: this.#lasts.values[entry]! };
  }

  bytes(): number {
    return this.#seqs.bytes() + this.#firsts.bytes() + this.#lasts.bytes();
  }
}
