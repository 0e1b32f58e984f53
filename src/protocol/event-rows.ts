const KIND_BITS = 5;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Largest node id that a row has room for beside the kind; a larger tree would not fit into memory either. */
export const MAX_NODE = 2 ** (32 - KIND_BITS) - 2;

/** Rows are kept in chunks, so that there is next to no slack and nothing is ever copied. */
const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;

interface Chunk {
  /** Kind in the low bits, node + 1 above. */
  readonly heads: Uint32Array;
  readonly times: Float32Array;
}

/** Every event in eight bytes: its kind, its main node and when it happened. For time strips and playback. */
export class EventRows {
  length = 0;
  readonly #chunks: Chunk[] = [];

  /** The event after the last; `node` is −1 if it is about none. */
  push(kind: number, node: number, t: number): void {
    const offset = this.length & (CHUNK - 1);
    if (offset === 0) {
      this.#chunks.push({ heads: new Uint32Array(CHUNK), times: new Float32Array(CHUNK) });
    }
    const { heads, times } = this.#chunks[this.length >> CHUNK_BITS]!;
    heads[offset] = ((node + 1) << KIND_BITS) | kind;
    times[offset] = t;
    this.length++;
  }

  kindAt(seq: number): number {
    return this.#chunkOf(seq).heads[seq & (CHUNK - 1)]! & KIND_MASK;
  }

  nodeAt(seq: number): number {
    return (this.#chunkOf(seq).heads[seq & (CHUNK - 1)]! >>> KIND_BITS) - 1;
  }

  /** Tells the main node of every event from `from` to `to`, both included, that is about one. Both must be there. */
  eachNodeBetween(from: number, to: number, visit: (node: number) => void): void {
    for (let seq = from; seq <= to; seq++) {
      const node = (this.#chunks[seq >> CHUNK_BITS]!.heads[seq & (CHUNK - 1)]! >>> KIND_BITS) - 1;
      if (node >= 0) visit(node);
    }
  }

  timeAt(seq: number): number {
    return this.#chunkOf(seq).times[seq & (CHUNK - 1)]!;
  }

  bytes(): number {
    return this.#chunks.length * CHUNK * 8;
  }

  #chunkOf(seq: number): Chunk {
    if (seq < 0 || seq >= this.length) {
      throw new RangeError(`no event ${seq}: the log has ${this.length}`);
    }
    return this.#chunks[seq >> CHUNK_BITS]!;
  }
}
