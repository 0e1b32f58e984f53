/** Crockford's base 32, in lower case: no i, l, o or u. Sorts as text as it does as numbers. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 26;
const RANDOM_BITS = 80n;

/**
 * A source of run ids: 26 characters, 48 bits of time (ms) and 80 of chance, as
 * in ULID. Every id sorts after those before it from the same source, also
 * within a millisecond and when the clock is set back.
 */
export function createRunIds({
  now = Date.now,
  random = () => crypto.getRandomValues(new Uint8Array(10)),
}: {
  now?: () => number;
  random?: () => Uint8Array;
} = {}): () => string {
  let last = 0n;
  return () => {
    const chance = random().reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
    const fresh = (BigInt(now()) << RANDOM_BITS) | chance;
    last = fresh > last ? fresh : last + 1n;
    return encode(last);
  };
}

function encode(id: bigint): string {
  let text = "";
  for (let rest = id; text.length < LENGTH; rest >>= 5n)
    text = ALPHABET[Number(rest & 31n)]! + text;
  return text;
}
