import { MARK } from "./arrange-marks.ts";
import type { ArrangeInput } from "./arrangement.ts";

const NONE = -1;

/**
 * Merges identical siblings below `top`, then identical children of what was merged,
 * and so on: a node with the step of a sibling before it is marked as merged.
 * Returns for each node the item above it, for a merged node the one that it is
 * merged with; all have smaller ids than the node.
 */
export function mergeSiblings(
  { count, parent, top }: ArrangeInput,
  sameStep: Int32Array,
  marks: Uint16Array,
): Int32Array {
  const up = parent.slice(0, count);
  const isRepeated = repeatedSteps(sameStep, top, count);
  const firsts = new FirstSiblings(up, sameStep, isRepeated);
  for (let node = top + 1; node < count; node++) {
    const above = parent[node]!;
    if ((marks[above]! & MARK.merged) !== 0) up[node] = up[above]!;
    if (isRepeated[sameStep[node]!] !== 1) continue;
    const first = firsts.add(node);
    if (first === node) continue;
    up[node] = first;
    marks[node]! |= MARK.merged;
  }
  return up;
}

/** 1 for steps that more than one node has: the others need no look-up. */
function repeatedSteps(sameStep: Int32Array, top: number, count: number): Uint8Array {
  let last = NONE;
  for (let node = top + 1; node < count; node++) last = Math.max(last, sameStep[node]!);
  const isMet = new Uint8Array(last + 1);
  const isRepeated = new Uint8Array(last + 1);
  for (let node = top + 1; node < count; node++) {
    const step = sameStep[node]!;
    if (step < 0) continue;
    isRepeated[step] = isMet[step]!;
    isMet[step] = 1;
  }
  return isRepeated;
}

/** The first node of each step below each item, in a hash table with linear probing. */
class FirstSiblings {
  readonly #up: Int32Array;
  readonly #sameStep: Int32Array;
  readonly #slots: Int32Array;

  constructor(up: Int32Array, sameStep: Int32Array, isRepeated: Uint8Array) {
    let repeated = 0;
    for (let node = 0; node < up.length; node++) repeated += isRepeated[sameStep[node]!] ?? 0;
    this.#up = up;
    this.#sameStep = sameStep;
    // At most half full.
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * repeated + 2))).fill(NONE);
  }

  /** The node before it with the same step and the same item above; itself if it is the first. */
  add(node: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const above = this.#up[node]!;
    const step = this.#sameStep[node]!;
    for (let slot = hashOf(above, step) & mask; ; slot = (slot + 1) & mask) {
      const found = slots[slot]!;
      if (found === NONE) {
        slots[slot] = node;
        return node;
      }
      if (this.#up[found] === above && this.#sameStep[found] === step) return found;
    }
  }
}

/** The constants and the last mixing step are those of MurmurHash3's finalizer. */
function hashOf(above: number, step: number): number {
  let hash = Math.imul(above, 0x85ebca6b) ^ Math.imul(step, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
