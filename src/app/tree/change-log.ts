import type { NodeId } from "../../protocol/events.ts";
import type { Touched } from "./look-keeper.ts";
import type { LookChange } from "./view-messages.ts";

/** From this share of all nodes on, all looks are sent. */
const MANY = 1 / 8;

/** Remembers which looks have changed since they were sent last. */
export class ChangeLog {
  /** `null`: all of them may have. */
  #nodes: NodeId[] | null = null;

  add(touched: Touched): void {
    if (touched === "all") this.#nodes = null;
    else if (this.#nodes !== null) for (const node of touched) this.#nodes.push(node);
  }

  /** The changes as they are to be sent, copied; null if there are none. After that all is known. */
  take(looks: Uint16Array, count: number): LookChange | null {
    const nodes = this.#nodes;
    this.#nodes = [];
    if (nodes === null || nodes.length > count * MANY) {
      return { nodes: null, looks: looks.slice(0, count) };
    }
    if (nodes.length === 0) return null;
    const changed = Int32Array.from(nodes);
    return { nodes: changed, looks: Uint16Array.from(changed, (node) => looks[node]!) };
  }

  /** Nobody knows anything any more. */
  forget(): void {
    this.#nodes = null;
  }
}
