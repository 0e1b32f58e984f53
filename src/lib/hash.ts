/**
 * A 32-bit hash of a text, in [0, 2^32): FNV-1a over its UTF-16 code units
 * (Fowler, Noll, Vo; offset basis 2166136261, prime 16777619), then the
 * finalizer of MurmurHash3, because the high and low bits of FNV-1a alone
 * hardly depend on the last characters. Not for secrets.
 */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
