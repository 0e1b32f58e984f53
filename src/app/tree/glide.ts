/** Time in which numbers reach their new values, ms. */
export const GLIDE_MS = 200;

/** A list of numbers that goes to new values smoothly, so that the eye can follow. */
export class Glide {
  #from = new Float64Array(0);
  #target: Float64Array = new Float64Array(0);
  #value: Float64Array = new Float64Array(0);
  #start = Number.NEGATIVE_INFINITY;

  /** The numbers as they are now; the target itself once they are there. */
  get value(): Float64Array {
    return this.#value;
  }

  get target(): Float64Array {
    return this.#target;
  }

  /** Is there at once. */
  jump(target: Float64Array): void {
    this.#target = target;
    this.#value = target;
    this.#start = Number.NEGATIVE_INFINITY;
  }

  /**
   * Sets out from where it is; the same target again changes nothing. Numbers that
   * are new are in their place from the beginning. `time` in ms.
   */
  go(target: Float64Array, time: number): void {
    if (isSame(target, this.#target)) return;
    if (this.#value.length === 0) {
      this.jump(target);
      return;
    }
    this.#from = target.slice();
    this.#from.set(this.#value.subarray(0, Math.min(this.#value.length, target.length)));
    this.#target = target;
    this.#value = this.#from.slice();
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

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
