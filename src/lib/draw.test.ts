import fc from "fast-check";
import { expect, test } from "vitest";
import { drawInteger, drawOne, shuffled } from "./draw.ts";
import { createRandom } from "./random.ts";

test("drawn integers fill their range, ends included, about equally", () => {
  const random = createRandom(1);
  const counts = new Map<number, number>();
  for (let i = 0; i < 7000; i++) {
    const value = drawInteger(random, -3, 3);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  // 1000 expected; 6 standard deviations of a binomial count are 176.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(176);
});

test("nothing can be drawn from an empty list", () => {
  expect(() => drawOne(createRandom(1), [])).toThrow(RangeError);
});

test("a shuffle keeps the values and leaves its argument alone", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
      const before = [...values];
      const after = shuffled(createRandom(seed), values);
      expect(values).toEqual(before);
      expect(after.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
    }),
  );
});

test("each of the 6 orders of 3 values comes up about equally", () => {
  const random = createRandom(2);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled(random, [1, 2, 3]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(174);
});
