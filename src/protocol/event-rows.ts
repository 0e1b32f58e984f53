import { ByteReader, ByteStream } from "./byte-stream.ts";
import { NumberList } from "./columns.ts";

const KIND_BITS = 5;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Largest node id that a row has room for beside the kind; a larger tree would not fit into memory either. */
export const MAX_NODE = 2 ** (32 - KIND_BITS) - 2;

/** Rows are kept in chunks, so that there is next to no slack and nothing is ever copied. */
const CHUNK_BITS = 10;
const CHUNK = 1 << CHUNK_BITS;

/** Times are written as what they are later than the time before, but every so often in full. */
const TIMES_BITS = 6;
const TIMES = 1 << TIMES_BITS;

/** A time to single precision, and the number that it is with the same bits: it grows with the time. */
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Every event in six bytes or so: its kind, its main node and when it happened. For time strips and playback. */
export class EventRows {
  length = 0;
  /** Kind in the low bits, node + 1 above. */
  readonly #chunks: Uint32Array[] = [];
  readonly #times = new ByteStream();
  /** Where the times in full are. */
  readonly #timeStarts = new NumberList(Float64Array);
  #lastTime = 0;

  /** The event after the last; `node` is −1 if it is about none. */
  push(kind: number, node: number, t: number): void {
    const offset = this.length & (CHUNK - 1);
    if (offset === 0) this.#chunks.push(new Uint32Array(CHUNK));
    this.#chunks[this.length >> CHUNK_BITS]![offset] = ((node + 1) << KIND_BITS) | kind;
    this.#pushTime(t);
    this.length++;
  }

  kindAt(seq: number): number {
    return this.#headOf(seq) & KIND_MASK;
  }

  nodeAt(seq: number): number {
    return (this.#headOf(seq) >>> KIND_BITS) - 1;
  }

  /** Tells the main node of every event from `from` to `to`, both included, that is about one. Both must be there. */
  eachNodeBetween(from: number, to: number, visit: (node: number) => void): void {
    for (let seq = from; seq <= to; seq++) {
      const node = (this.#chunks[seq >> CHUNK_BITS]![seq & (CHUNK - 1)]! >>> KIND_BITS) - 1;
      if (node >= 0) visit(node);
    }
  }

  timeAt(seq: number): number {
    this.#expect(seq);
    const reader = new ByteReader(this.#times, this.#timeStarts.values[seq >> TIMES_BITS]!);
    let time = reader.readWhole();
    for (let left = seq & (TIMES - 1); left > 0; left--) {
      const step = reader.readWhole();
      time += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    }
    bits[0] = time;
    return float[0]!;
  }

  bytes(): number {
    const heads = this.#chunks.length * CHUNK * Uint32Array.BYTES_PER_ELEMENT;
    return heads + this.#times.bytes() + this.#timeStarts.bytes();
  }

  #pushTime(t: number): void {
    float[0] = t;
    const time = bits[0]!;
    if ((this.length & (TIMES - 1)) === 0) {
      this.#timeStarts.push(this.#times.length);
      this.#times.writeWhole(time);
    } else {
      const step = time - this.#lastTime;
      this.#times.writeWhole(step >= 0 ? step * 2 : -step * 2 - 1);
    }
    this.#lastTime = time;
  }

  #headOf(seq: number): number {
    this.#expect(seq);
    return this.#chunks[seq >> CHUNK_BITS]![seq & (CHUNK - 1)]!;
  }

  #expect(seq: number): void {
    if (seq >= 0 && seq < this.length) return;
    throw new RangeError(`no event ${seq}: the log has ${this.length}`);
  }
}
