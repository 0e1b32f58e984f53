import type { NodeId } from "../../protocol/events.ts";
import type { Find } from "../state/reading.ts";
import { itemOf } from "./ground.ts";
import type { Placement } from "./view-messages.ts";

/** What an item has to do with hits, as bits. */
export const HIT = { itself: 1, inside: 2 } as const;

/** What a search has found, as far as it is there at the moment. */
export interface FoundItems {
  /** Of each item, `HIT`: whether it is a hit, and whether there is one folded into it. By node id; it may be shorter than the tree. */
  readonly hit: Uint8Array;
  /** The items with a hit, each once. */
  readonly items: readonly NodeId[];
  /** The hit that was gone to last. */
  readonly current: NodeId | null;
}

/** Finds the items in which hits are shown. Looks again only when hits, moment or arrangement have changed: O(hits). */
export class HitItems implements FoundItems {
  hit = new Uint8Array(0);
  items: NodeId[] = [];
  current: NodeId | null = null;
  #hits: Find["hits"] = [];
  #shown = 0;
  #placement: Placement | null = null;

  /** `shown`: how many of the hits are there at the moment, the first ones. */
  update(find: Find, shown: number, placement: Placement): void {
    this.current = find.current < shown ? (find.hits[find.current] ?? null) : null;
    const isSame = find.hits === this.#hits && placement === this.#placement;
    if (isSame && shown === this.#shown) return;
    this.#hits = find.hits;
    this.#shown = shown;
    this.#placement = placement;
    for (const item of this.items) this.hit[item] = 0;
    this.items = [];
    const { count } = placement.layout;
    if (shown > 0 && this.hit.length < count) this.hit = new Uint8Array(count * 1.25);
    for (let i = 0; i < shown; i++) {
      const node = find.hits[i]!;
      const item = itemOf(placement, node);
      if (item >= 0) this.#add(item, node === item ? HIT.itself : HIT.inside);
    }
  }

  #add(item: NodeId, bit: number): void {
    if (this.hit[item] === 0) this.items.push(item);
    this.hit[item]! |= bit;
  }
}
