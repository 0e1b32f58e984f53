import fc from "fast-check";
import { expect, test } from "vitest";
import { LruCache } from "./lru-cache.ts";

test("what was used last is kept, as much as the weights allow", () => {
  const cache = new LruCache<number>(3);
  for (const [i, key] of ["a", "b", "c"].entries()) cache.set(key, i, 1);
  expect(cache.get("a")).toBe(0);
  cache.set("d", 3, 1);
  expect(["a", "b", "c", "d"].map((key) => cache.get(key))).toEqual([0, undefined, 2, 3]);
  cache.set("e", 4, 4);
  expect(cache.get("e")).toBeUndefined();
  expect(cache.get("d")).toBe(3);
});

test("the weights of what is kept are never more than they may be, and the last one is there", () => {
  const entry = fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 10 }));
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1 }), (entries) => {
      const cache = new LruCache<number>(10);
      const weights = new Map<string, number>();
      for (const [key, weight] of entries) {
        cache.set(key, weight, weight);
        weights.set(key, weight);
      }
      const kept = [...weights.keys()].filter((key) => cache.get(key) !== undefined);
      expect(kept.reduce((sum, key) => sum + weights.get(key)!, 0)).toBeLessThanOrEqual(10);
      expect(cache.get(entries.at(-1)![0])).toBe(entries.at(-1)![1]);
    }),
  );
});
