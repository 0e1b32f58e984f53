import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance } from "./edit-distance.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });

test("known distances", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("12+3=15", "12+3=14")).toBe(1);
});

test("it is a metric, and no edit changes it by more than one", () => {
  fc.assert(
    fc.property(text, text, text, fc.nat(8), (a, b, c, at) => {
      const distance = editDistance(a, b);
      expect(distance === 0).toBe(a === b);
      expect(editDistance(b, a)).toBe(distance);
      expect(editDistance(a, c)).toBeLessThanOrEqual(distance + editDistance(b, c));
      expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      const edited = `${b.slice(0, at)}x${b.slice(at)}`;
      expect(Math.abs(editDistance(a, edited) - distance)).toBeLessThanOrEqual(1);
    }),
  );
});
