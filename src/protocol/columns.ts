/** What the typed arrays of a column have in common. */
export interface NumberArray {
  readonly length: number;
  readonly byteLength: number;
  [index: number]: number;
  set(values: ArrayLike<number>): void;
  fill(value: number, start?: number): unknown;
}

/** A kind of typed array, such as `Int32Array`. */
export type ArrayKind<A extends NumberArray> = new (length: number) => A;

/** Fewest elements by which a column grows. */
const LEAST_GROWTH = 256;

/**
 * Capacity for `needed` elements where there was room for `capacity`. An eighth
 * more than before, so that at most an eighth of the memory is slack and every
 * element is copied eight times on average, however long the column gets.
 */
export function roomFor(needed: number, capacity: number): number {
  return Math.max(needed, capacity + Math.max(capacity >> 3, LEAST_GROWTH));
}

/** A longer copy of a column, with `fill` in the elements that are new. */
export function grown<A extends NumberArray>(
  Kind: ArrayKind<A>,
  column: A,
  capacity: number,
  fill = 0,
): A {
  const longer = new Kind(capacity);
  longer.set(column);
  if (fill !== 0) longer.fill(fill, column.length);
  return longer;
}

export type NarrowArray = Uint8Array | Uint16Array | Int32Array;

/** Whole numbers from 0 on in a byte each, until one of them needs two or four. */
export class NarrowColumn {
  values: NarrowArray = new Uint8Array(0);
  /** Largest value that there is room for. */
  #most = 0xff;

  grow(capacity: number): void {
    const { values } = this;
    if (values instanceof Uint8Array) this.values = grown(Uint8Array, values, capacity);
    else if (values instanceof Uint16Array) this.values = grown(Uint16Array, values, capacity);
    else this.values = grown(Int32Array, values, capacity);
  }

  set(index: number, value: number): void {
    if (value > this.#most) this.#widen(value);
    this.values[index] = value;
  }

  #widen(value: number): void {
    const isTwo = value <= 0xffff;
    this.values = isTwo ? new Uint16Array(this.values) : new Int32Array(this.values);
    this.#most = isTwo ? 0xffff : 0x7fff_ffff;
  }
}

/** Bytes of one entry of a `Map` of small integers, its share of the hash table included. */
export const MAP_ENTRY_BYTES = 48;
/** A map of so many entries takes no more than a column of as many elements, ever. */
const FEW = 64;

/** Node ids, of which there are hardly any: in a map, until there are so many that a column takes less. */
export class RareColumn {
  /** `null` once there is a column. */
  #map: Map<number, number> | null = new Map();
  #values = new Int32Array(0);
  #end = 0;

  /** −1 where nothing was set. */
  get(index: number): number {
    return (this.#map === null ? this.#values[index] : this.#map.get(index)) ?? -1;
  }

  set(index: number, value: number): void {
    if (index >= this.#end) this.#end = index + 1;
    if (this.#map === null) this.#setInColumn(index, value);
    else {
      this.#map.set(index, value);
      const columnBytes = this.#end * Int32Array.BYTES_PER_ELEMENT;
      if (this.#map.size > FEW && this.#map.size * MAP_ENTRY_BYTES > columnBytes) this.#flatten();
    }
  }

  bytes(): number {
    return this.#map === null ? this.#values.byteLength : this.#map.size * MAP_ENTRY_BYTES;
  }

  #flatten(): void {
    const entries = this.#map!;
    this.#map = null;
    for (const [index, value] of entries) this.#setInColumn(index, value);
  }

  #setInColumn(index: number, value: number): void {
    if (index >= this.#values.length) {
      const capacity = roomFor(this.#end, this.#values.length);
      this.#values = grown(Int32Array, this.#values, capacity, -1);
    }
    this.#values[index] = value;
  }
}

/** A list of numbers that only gets longer. */
export class NumberList<A extends NumberArray> {
  /** Room for more than `length` elements; replaced when the list grows. */
  values: A;
  length = 0;
  readonly #Kind: ArrayKind<A>;

  constructor(Kind: ArrayKind<A>) {
    this.#Kind = Kind;
    this.values = new Kind(0);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      this.values = grown(this.#Kind, this.values, roomFor(this.length + 1, this.length));
    }
    this.values[this.length++] = value;
  }

  bytes(): number {
    return this.values.byteLength;
  }
}

const CHUNK_BITS = 12;
const CHUNK = 1 << CHUNK_BITS;
/** Size of a reference on a 64-bit machine; browsers halve it. */
const REFERENCE_BYTES = 8;

/** A column of references, in chunks, so that it has next to no slack and never moves. */
export class ReferenceColumn<T> {
  readonly #chunks: (T | undefined)[][] = [];

  set(index: number, value: T): void {
    const chunk = index >> CHUNK_BITS;
    while (this.#chunks.length <= chunk) {
      this.#chunks.push(new Array<T | undefined>(CHUNK).fill(undefined));
    }
    this.#chunks[chunk]![index & (CHUNK - 1)] = value;
  }

  /** `undefined` where nothing was set. */
  get(index: number): T | undefined {
    return this.#chunks[index >> CHUNK_BITS]?.[index & (CHUNK - 1)];
  }

  /** Of the references; what they refer to is not counted. */
  bytes(): number {
    return this.#chunks.length * CHUNK * REFERENCE_BYTES;
  }
}

/** Index of the last of the first `length` seqs that is not after `seq`, −1 if all are. They ascend. */
export function lastUntil(seqs: ArrayLike<number>, length: number, seq: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seqs[middle]! <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
