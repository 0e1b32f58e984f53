import { lastUntil, NumberList } from "./columns.ts";
import type { NodeId } from "./events.ts";

/** What besides the reason says why a node was pruned. */
export interface PruneGround {
  /** To single precision; NaN where there was no cut line. */
  readonly cut: number;
  /** −1 for none. */
  readonly beatenBy: NodeId | -1;
}

/**
 * Cut lines and rivals of the nodes that were pruned. Most nodes of an event have
 * them in common, so they are kept once for each run of nodes that have.
 */
export class PruneGrounds {
  readonly #seqs = new NumberList(Int32Array);
  readonly #cuts = new NumberList(Float32Array);
  readonly #rivals = new NumberList(Int32Array);
  /** The first of the latest event. */
  #first = 0;

  /** The place of a ground among those of its event, which is none before the latest. */
  add(seq: number, cut: number, beatenBy: NodeId | -1): number {
    const last = this.#seqs.length - 1;
    const isNew = last < 0 || this.#seqs.values[last] !== seq;
    if (isNew) this.#first = last + 1;
    const isSame =
      !isNew &&
      Object.is(this.#cuts.values[last], Math.fround(cut)) &&
      this.#rivals.values[last] === beatenBy;
    if (!isSame) {
      this.#seqs.push(seq);
      this.#cuts.push(cut);
      this.#rivals.push(beatenBy);
    }
    return this.#seqs.length - 1 - this.#first;
  }

  /** The ground at a place that `add` gave for that event. */
  at(seq: number, place: number): PruneGround {
    const row = lastUntil(this.#seqs.values, this.#seqs.length, seq - 1) + 1 + place;
    return { cut: this.#cuts.values[row]!, beatenBy: this.#rivals.values[row]! };
  }

  bytes(): number {
    return this.#seqs.bytes() + this.#cuts.bytes() + this.#rivals.bytes();
  }
}
