import type { NodeId } from "../../protocol/events.ts";

/**
 * Gives a limited number of slots to nodes: who has one keeps it as long as it is
 * wanted, and a new one takes a free one.
 */
export class CardSlots {
  /** By slot, null where it is free. */
  readonly #nodes: (NodeId | null)[];
  readonly #slotOf = new Map<NodeId, number>();

  constructor(count: number) {
    this.#nodes = new Array(count).fill(null);
  }

  /** The slot of each node, in their order; −1 for those that come after the last free one. */
  assign(wanted: readonly NodeId[]): number[] {
    const first = wanted.slice(0, this.#nodes.length);
    const isWanted = new Set(first);
    for (const [slot, node] of this.#nodes.entries()) {
      if (node === null || isWanted.has(node)) continue;
      this.#slotOf.delete(node);
      this.#nodes[slot] = null;
    }
    let free = 0;
    for (const node of first) {
      if (this.#slotOf.has(node)) continue;
      while (this.#nodes[free] !== null) free++;
      this.#nodes[free] = node;
      this.#slotOf.set(node, free);
    }
    return wanted.map((node) => this.#slotOf.get(node) ?? -1);
  }
}
