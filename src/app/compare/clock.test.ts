import fc from "fast-check";
import { expect, test } from "vitest";
import { advanceOn } from "./clock.ts";

test("a playhead never goes back nor beyond the end, and the longest run takes nine seconds", () => {
  const track = fc.record({
    length: fc.double({ min: 0, max: 1e6, noNaN: true }),
    events: fc.nat(100_000),
    speed: fc.constantFrom(0.25, 1, 16),
  });
  fc.assert(
    fc.property(track, fc.array(fc.double({ min: -5, max: 500, noNaN: true })), (on, frames) => {
      let position = 0;
      for (const elapsed of frames) {
        const next = advanceOn(position, elapsed, on);
        expect(next).toBeGreaterThanOrEqual(position);
        expect(next).toBeLessThanOrEqual(on.length);
        position = next;
      }
    }),
  );
  // A link may name a position that the runs have not come to yet.
  expect(advanceOn(9, 16, { length: 5, events: 5, speed: 1 })).toBe(9);
  const long = { length: 700, events: 5000, speed: 1 };
  let [position, ms] = [0, 0];
  for (; position < 700; ms += 16) position = advanceOn(position, 16, long);
  expect(ms).toBeCloseTo(9000, -2);
});
