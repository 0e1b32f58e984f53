import fc from "fast-check";
import { expect, test } from "vitest";
import { nextLeast, stopOf, stopsUpTo } from "./lantern-scale.ts";

const anySize = fc.integer({ min: 0, max: 1_000_000 });

test("the slider begins with no folding, ends where all is folded, and grows evenly between", () => {
  fc.assert(
    fc.property(anySize, (largest) => {
      const stops = stopsUpTo(largest);
      expect(stops[0]).toBe(0);
      expect(stops.at(-1)).toBeGreaterThan(largest);
      expect(stops.at(-2)!).toBeLessThanOrEqual(largest);
      for (let i = 2; i < stops.length; i++) {
        const growth = stops[i]! / stops[i - 1]!;
        expect(growth).toBeGreaterThan(1.3);
        expect(growth).toBeLessThanOrEqual(1.5);
      }
    }),
  );
});

test("a tree of a million nodes has no more than 42 stops", () => {
  expect(stopsUpTo(1_000_000).length).toBeLessThanOrEqual(42);
});

test("every stop is found again, and what is between two belongs to the smaller", () => {
  const stops = stopsUpTo(1000);
  stops.forEach((stop, i) => {
    expect(stopOf(stops, stop)).toBe(i);
    if (i > 2 && i < stops.length - 1) expect(stopOf(stops, stop + 1)).toBe(i);
  });
});

test("one step up and one down comes back to a stop", () => {
  for (const stop of stopsUpTo(5000)) expect(nextLeast(nextLeast(stop, 1), -1)).toBe(stop);
  expect(nextLeast(0, -1)).toBe(0);
});
