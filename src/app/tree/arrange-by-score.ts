import { type Arrangement, STANDS } from "./arrangement.ts";

const NONE = -1;
/** Bits of 1 as a float; those of smaller scores are smaller. */
const BITS_OF_ONE = 0x3f800000;
/** Those of NaN are larger. */
const BITS_OF_INFINITY = 0x7f800000;
const RANK_WITHOUT_SCORE = BITS_OF_ONE + 1;
const RANK_OF_DEAD = BITS_OF_ONE + 2;
/** Room for the place among siblings below a rank, so that both are exact in one double. */
const PLACES = 2 ** 23;
/** Siblings up to which sorting by insertion is faster. */
const FEW = 24;

/**
 * Puts siblings in the order of their scores, in [0, 1], the best first, those
 * without a score after them, a group of dead ones last; equals stay in their
 * order, that of their ids. `up` is the item above each item.
 */
export function sortByScore(arrangement: Arrangement, up: Int32Array, score: Float32Array): void {
  const { count, top, firstChild, nextSibling, stands } = arrangement;
  const bits = new Int32Array(score.buffer, score.byteOffset, count);
  const siblings = new Siblings(count);
  // The first of its siblings has the smallest id, before they are sorted; siblings
  // often lie side by side in memory, other than the items above them.
  for (let first = count - 1; first > top; first--) {
    if (nextSibling[first] === NONE) continue;
    const above = up[first]!;
    if (firstChild[above] !== first) continue;
    siblings.clear();
    for (let item = first; item !== NONE; item = nextSibling[item]!) {
      siblings.push(item, stands[item] === STANDS.dead ? RANK_OF_DEAD : rankOf(bits[item]!));
    }
    siblings.sort();
    firstChild[above] = siblings.link(nextSibling);
  }
}

/** Rank of a score by its bits as a float: the lower comes first. */
function rankOf(bits: number): number {
  // A zero may have a sign.
  const size = bits & 0x7fffffff;
  return size > BITS_OF_INFINITY ? RANK_WITHOUT_SCORE : BITS_OF_ONE - size;
}

/** Items below one item, with their ranks: the lower comes first. */
class Siblings {
  #count = 0;
  readonly #items: Int32Array;
  readonly #ranks: Int32Array;
  /** Ranks with the places of their items, for sorting many. */
  readonly #keys: Float64Array;

  constructor(most: number) {
    this.#items = new Int32Array(most);
    this.#ranks = new Int32Array(most);
    this.#keys = new Float64Array(most);
  }

  clear(): void {
    this.#count = 0;
  }

  push(item: number, rank: number): void {
    this.#items[this.#count] = item;
    this.#ranks[this.#count] = rank;
    this.#count++;
  }

  sort(): void {
    if (this.#count <= FEW) this.#insert();
    else this.#sortKeys();
  }

  /** Links the items in their order, and returns the first. */
  link(nextSibling: Int32Array): number {
    const items = this.#items;
    const last = this.#count - 1;
    for (let i = 0; i < last; i++) nextSibling[items[i]!] = items[i + 1]!;
    nextSibling[items[last]!] = NONE;
    return items[0]!;
  }

  #insert(): void {
    const items = this.#items;
    const ranks = this.#ranks;
    for (let i = 1; i < this.#count; i++) {
      const item = items[i]!;
      const rank = ranks[i]!;
      let at = i;
      for (; at > 0 && ranks[at - 1]! > rank; at--) {
        items[at] = items[at - 1]!;
        ranks[at] = ranks[at - 1]!;
      }
      items[at] = item;
      ranks[at] = rank;
    }
  }

  #sortKeys(): void {
    const items = this.#items.slice(0, this.#count);
    const keys = this.#keys.subarray(0, this.#count);
    for (let i = 0; i < keys.length; i++) keys[i] = this.#ranks[i]! * PLACES + i;
    keys.sort();
    for (let i = 0; i < keys.length; i++) this.#items[i] = items[keys[i]! % PLACES]!;
  }
}
