import fc from "fast-check";
import { expect, test } from "vitest";
import { createRunIds } from "./run-id.ts";

test("ids of one source are 26 safe characters and sort in the order of their making, whatever the clock does", () => {
  const anyMoment = fc.record({
    ms: fc.integer({ min: 0, max: 2 ** 48 - 2 }),
    chance: fc.uint8Array({ minLength: 10, maxLength: 10 }),
  });
  fc.assert(
    fc.property(fc.array(anyMoment, { minLength: 2, maxLength: 50 }), (moments) => {
      let at = 0;
      const next = createRunIds({
        now: () => moments[at]!.ms,
        random: () => moments[at]!.chance,
      });
      const ids = moments.map((_, i) => {
        at = i;
        return next();
      });
      for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
      expect(ids.toSorted()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test("ids of a later millisecond sort after those of another source", () => {
  const early = createRunIds({ now: () => 1_000, random: () => new Uint8Array(10).fill(255) });
  const late = createRunIds({ now: () => 1_001, random: () => new Uint8Array(10) });
  expect(early() < late()).toBe(true);
});
