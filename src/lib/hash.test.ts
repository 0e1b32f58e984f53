import fc from "fast-check";
import { expect, test } from "vitest";
import { hash32 } from "./hash.ts";

test("a hash is an unsigned 32-bit integer, and the same for ever", () => {
  expect(hash32("")).toBe(2872998923);
  expect(hash32("4 14 9 -> 50")).toBe(2701072375);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hash = hash32(text);
      expect(hash).toBe(hash >>> 0);
    }),
  );
});

test("every bit of the hash depends on the last character", () => {
  const texts = Array.from({ length: 256 }, (_, i) => `a text ${String.fromCharCode(i)}`);
  const hashes = texts.map(hash32);
  for (let bit = 0; bit < 32; bit++) {
    const ones = hashes.filter((hash) => (hash >>> bit) & 1).length;
    expect(ones).toBeGreaterThan(85);
    expect(ones).toBeLessThan(171);
  }
});
