import fc from "fast-check";
import { expect, test } from "vitest";
import { moveEnd, NARROWEST, nudge } from "./domain.ts";

const domains = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 5, max: 100 }))
  .map(([low, span]): readonly [number, number] => [low / 100, Math.min(100, low + span) / 100]);

test("wherever an end is dragged, the domain stays within [0, 1] and is never empty", () => {
  fc.assert(
    fc.property(
      domains,
      fc.constantFrom("low" as const, "high" as const),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (domain, end, to) => {
        const [low, high] = moveEnd(domain, end, to);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(high - low).toBeGreaterThanOrEqual(NARROWEST - 1e-9);
        expect(end === "low" ? high : low).toBe(end === "low" ? domain[1] : domain[0]);
      },
    ),
  );
});

test("keys that are not a slider's are left alone", () => {
  expect(nudge("Tab", 0.5)).toBeNull();
  expect(nudge("f", 0.5)).toBeNull();
  expect(nudge("ArrowRight", 0.5)).toBeCloseTo(0.51);
});
