import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, deriveSeed } from "./random.ts";

test("a seed gives the same stream for ever", () => {
  const random = createRandom(42);
  expect(Array.from({ length: 4 }, () => random() * 2 ** 32)).toMatchInlineSnapshot(`
    [
      1341975293,
      2341246721,
      1728896036,
      943428849,
    ]
  `);
  expect([deriveSeed(42), deriveSeed(42, 0), deriveSeed(42, 1, 2)]).toMatchInlineSnapshot(`
    [
      142593372,
      933211791,
      2342756535,
    ]
  `);
});

test("numbers are in [0, 1), spread evenly, and the streams of neighbouring seeds differ", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 2 }), (seed) => {
      const [a, b] = [createRandom(seed), createRandom(seed + 1)];
      const bins = new Array<number>(16).fill(0);
      let equal = 0;
      for (let i = 0; i < 3200; i++) {
        const value = a();
        expect(value >= 0 && value < 1).toBe(true);
        bins[Math.floor(value * 16)]! += 1;
        if (value === b()) equal++;
      }
      expect(equal).toBe(0);
      // 5 standard deviations of a count with mean 200, on both sides.
      for (const count of bins) expect(Math.abs(count - 200)).toBeLessThan(70);
    }),
  );
});

test("paths name different seeds, and every part of a path counts", () => {
  const seeds = new Set<number>();
  for (let a = 0; a < 40; a++) {
    for (let b = 0; b < 40; b++) seeds.add(deriveSeed(7, a, b));
    seeds.add(deriveSeed(7, a));
    seeds.add(deriveSeed(a));
  }
  expect(seeds.size).toBe(40 * 42);
  for (const seed of seeds) expect(seed >>> 0).toBe(seed);
});
