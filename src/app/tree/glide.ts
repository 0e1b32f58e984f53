/** Time in which numbers reach their new values, ms. */
export const GLIDE_MS = 200;

type Numbers = Float32Array | Float64Array;

/** A list of numbers that goes to new values smoothly, so that the eye can follow. */
export class Glide<A extends Numbers> {
  #from: A;
  #target: A;
  #value: A;
  #start = Number.NEGATIVE_INFINITY;

  constructor(start: A) {
    this.#from = start;
    this.#target = start;
    this.#value = start;
  }

  /** The numbers as they are now; the target itself once they are there. */
  get value(): A {
    return this.#value;
  }

  get target(): A {
    return this.#target;
  }

  /** Is there at once. */
  jump(target: A): void {
    this.#target = target;
    this.#value = target;
    this.#start = Number.NEGATIVE_INFINITY;
  }

  /**
   * Sets out from where it is; the same target again changes nothing. Numbers that
   * are new are in their place from the beginning, or where `startOf` says. `time` in ms.
   */
  go(target: A, time: number, startOf: (index: number, value: A) => number = NOWHERE): void {
    if (isSame(target, this.#target)) {
      this.#target = target;
      if (time - this.#start >= GLIDE_MS) this.#value = target;
      return;
    }
    if (this.#value.length === 0) {
      this.jump(target);
      return;
    }
    const from = target.slice() as A;
    for (let i = 0; i < from.length; i++) {
      const known = startOf(i, this.#value);
      if (!Number.isNaN(known)) from[i] = known;
      else if (i < this.#value.length) from[i] = this.#value[i]!;
    }
    this.#from = from;
    this.#target = target;
    this.#value = from.slice() as A;
    this.#start = time;
  }

  /** Moves on. Says whether it is still on its way. */
  advance(time: number): boolean {
    const share = (time - this.#start) / GLIDE_MS;
    if (share >= 1) {
      this.jump(this.#target);
      return false;
    }
    const eased = 1 - (1 - Math.max(share, 0)) ** 3;
    for (let i = 0; i < this.#value.length; i++) {
      this.#value[i] = this.#from[i]! + (this.#target[i]! - this.#from[i]!) * eased;
    }
    return true;
  }
}

const NOWHERE = (): number => Number.NaN;

function isSame(a: Numbers, b: Numbers): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
