/**
 * A seeded stream of numbers in [0, 1), each a 32-bit integer divided by 2^32,
 * so the same in every engine. Period about 2^64 or more for every seed.
 *
 * Source: sfc32 by C. Doty-Humphrey (PractRand 0.95), seeded with
 * three derived seeds, a counter from 1, and 12 rounds of warm-up.
 */
export function createRandom(seed: number): () => number {
  let a = deriveSeed(seed, 1) | 0;
  let b = deriveSeed(seed, 2) | 0;
  let c = deriveSeed(seed, 3) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/**
 * A seed for the stream named by `path` under `seed`, an unsigned 32-bit
 * integer. Different paths give streams that have nothing to do with each other.
 *
 * Source: the block step and the finaliser of MurmurHash3 x86 32 (A. Appleby),
 * with the integers (modulo 2^32) as blocks.
 */
export function deriveSeed(seed: number, ...path: readonly number[]): number {
  let hash = seed | 0;
  for (const part of path) {
    let block = Math.imul(part | 0, 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash ^= block;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= path.length * 4;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
