import { grown, roomFor } from "./columns.ts";

const KIND_BITS = 5;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Largest node id that a row has room for beside the kind; a larger tree would not fit into memory either. */
export const MAX_NODE = 2 ** (32 - KIND_BITS) - 2;

/** Every event in eight bytes: its kind, its main node and when it happened. For time strips and playback. */
export class EventRows {
  length = 0;
  /** Kind in the low bits, node + 1 above. */
  #heads = new Uint32Array(0);
  #times = new Float32Array(0);

  /** The event after the last; `node` is −1 if it is about none. */
  push(kind: number, node: number, t: number): void {
    if (this.length === this.#heads.length) {
      const capacity = roomFor(this.length + 1, this.length);
      this.#heads = grown(Uint32Array, this.#heads, capacity);
      this.#times = grown(Float32Array, this.#times, capacity);
    }
    this.#heads[this.length] = ((node + 1) << KIND_BITS) | kind;
    this.#times[this.length++] = t;
  }

  kindAt(seq: number): number {
    return this.#headAt(seq) & KIND_MASK;
  }

  nodeAt(seq: number): number {
    return (this.#headAt(seq) >>> KIND_BITS) - 1;
  }

  timeAt(seq: number): number {
    this.#headAt(seq);
    return this.#times[seq]!;
  }

  bytes(): number {
    return this.#heads.byteLength + this.#times.byteLength;
  }

  #headAt(seq: number): number {
    if (seq < 0 || seq >= this.length) {
      throw new RangeError(`no event ${seq}: the log has ${this.length}`);
    }
    return this.#heads[seq]!;
  }
}
