import { ByteReader, ByteStream } from "./byte-stream.ts";
import { lastUntil, NumberList } from "./columns.ts";
import type { NodeId } from "./events.ts";

/** A place to start reading from comes after so many bytes at the latest, or after one long event. */
const KEYFRAME_BYTES = 1024;

/**
 * The nodes of those events that are about several: how many seqs later, how many
 * nodes, and each node's distance from the one before it. In ascending order they
 * mostly lie near to each other, so that each takes a byte.
 */
export class SharedEvents {
  readonly #stream = new ByteStream();
  readonly #keyframeSeqs = new NumberList(Int32Array);
  readonly #keyframeStarts = new NumberList(Float64Array);
  #lastSeq = 0;
  #lastStart = Number.NEGATIVE_INFINITY;

  /** An event that is later than all before. */
  push(seq: number, nodes: readonly NodeId[]): void {
    const stream = this.#stream;
    if (stream.length - this.#lastStart >= KEYFRAME_BYTES) {
      this.#lastStart = stream.length;
      this.#keyframeSeqs.push(seq);
      this.#keyframeStarts.push(stream.length);
      this.#lastSeq = seq;
    }
    stream.writeWhole(seq - this.#lastSeq);
    stream.writeWhole(nodes.length);
    let last = 0;
    for (const node of Int32Array.from(nodes).sort()) {
      stream.writeWhole(node - last);
      last = node;
    }
    this.#lastSeq = seq;
  }

  /** Tells the nodes of those events from `from` to `to`, both included. */
  eachBetween(from: number, to: number, visit: (node: NodeId) => void): void {
    const seqs = this.#keyframeSeqs;
    let keyframe = Math.max(lastUntil(seqs.values, seqs.length, from), 0);
    if (keyframe >= seqs.length) return;
    const reader = new ByteReader(this.#stream, this.#keyframeStarts.values[keyframe]!);
    let seq = 0;
    while (reader.position < this.#stream.length) {
      if (keyframe < seqs.length && reader.position === this.#keyframeStarts.values[keyframe]) {
        seq = seqs.values[keyframe++]!;
      }
      seq += reader.readWhole();
      if (seq > to) return;
      readNodes(reader, seq >= from ? visit : ignore);
    }
  }

  bytes(): number {
    return this.#stream.bytes() + this.#keyframeSeqs.bytes() + this.#keyframeStarts.bytes();
  }
}

function ignore(): void {}

function readNodes(reader: ByteReader, visit: (node: NodeId) => void): void {
  let node = 0;
  for (let left = reader.readWhole(); left > 0; left--) {
    node += reader.readWhole();
    visit(node);
  }
}
