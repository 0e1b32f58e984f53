import {
  grown,
  type NarrowArray,
  NarrowColumn,
  type NumberArray,
  RareColumn,
  roomFor,
} from "./columns.ts";
import type { NodeId } from "./events.ts";

const NONE = -1;

/** Who descends from whom. Children are linked lists, so that a node can be expanded more than once. */
export class Lineage {
  count = 0;
  maxDepth = 0;
  parent = new Int32Array(0);
  firstChild = new Int32Array(0);
  readonly #depth = new NarrowColumn();
  /** Of the last child of an expansion that was not the last one of its node: the first child of the next. */
  readonly #nextBatch = new RareColumn();
  /** Of nodes that were expanded more than once. */
  readonly #lastChild = new RareColumn();

  get depth(): NarrowArray {
    return this.#depth.values;
  }

  get capacity(): number {
    return this.parent.length;
  }

  /** The problem itself, node 0. */
  plant(): void {
    this.#reserve(1);
    this.count = 1;
  }

  /** The next `kids` ids become children of `node`, after those it has. */
  announce(node: NodeId, kids: number): void {
    const first = this.count;
    const end = first + kids;
    this.#reserve(end);
    const { parent } = this;
    const depth = this.depth[node]! + 1;
    for (let kid = first; kid < end; kid++) {
      parent[kid] = node;
      this.#depth.set(kid, depth);
    }

    const last = this.#lastChildOf(node);
    if (last === NONE) this.firstChild[node] = first;
    else {
      if (last !== first - 1) this.#nextBatch.set(last, first);
      this.#lastChild.set(node, end - 1);
    }
    this.count = end;
    if (depth > this.maxDepth) this.maxDepth = depth;
  }

  /** The child of the same node that comes after it; −1 for none. */
  nextSibling(node: NodeId): NodeId | -1 {
    const next = node + 1;
    const isNext = next < this.count && this.parent[next] === this.parent[node];
    return isNext ? next : this.#nextBatch.get(node);
  }

  /** From the root to `node`, both included. */
  path(node: NodeId): NodeId[] {
    const path: NodeId[] = [];
    for (let at = node; at !== NONE; at = this.parent[at]!) path.push(at);
    return path.reverse();
  }

  *children(node: NodeId): Generator<NodeId, void, void> {
    for (let kid = this.firstChild[node]!; kid !== NONE; kid = this.nextSibling(kid)) yield kid;
  }

  bytes(): number {
    const columns: readonly NumberArray[] = [this.parent, this.firstChild, this.depth];
    const rare = this.#lastChild.bytes() + this.#nextBatch.bytes();
    return columns.reduce((sum, { byteLength }) => sum + byteLength, rare);
  }

  /** Children of one expansion have consecutive ids, so that those of the first are quickly passed. */
  #lastChildOf(node: NodeId): NodeId | -1 {
    const known = this.#lastChild.get(node);
    if (known !== NONE) return known;
    let last = this.firstChild[node]!;
    while (last !== NONE && last + 1 < this.count && this.parent[last + 1] === node) last++;
    return last;
  }

  #reserve(count: number): void {
    if (count <= this.capacity) return;
    const capacity = roomFor(count, this.capacity);
    const column = (old: Int32Array<ArrayBuffer>) => grown(Int32Array, old, capacity, NONE);
    this.parent = column(this.parent);
    this.firstChild = column(this.firstChild);
    this.#depth.grow(capacity);
  }
}
