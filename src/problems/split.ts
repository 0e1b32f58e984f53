import { hash32 } from "../lib/hash.ts";
import type { Split } from "./family.ts";

/** One problem in so many is held out. */
const HELD_OUT_SHARE = 8;

/**
 * The split of all problems that share `key`. A family makes the key equal for
 * problems that only differ in the order in which they are written, so that no
 * commuted copy of a training problem is held out.
 */
export function splitOfKey(key: string): Split {
  return hash32(key) % HELD_OUT_SHARE === 0 ? "held-out" : "train";
}
