import fc from "fast-check";
import { expect, test } from "vitest";
import { logTicks } from "./log-ticks.ts";
import { nextPoint } from "./next-point.ts";
import { spreadLabels } from "./spread-labels.ts";

const anyFrame = fc.record({
  wishes: fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 20 }),
  gap: fc.integer({ min: 10, max: 20 }),
});

test("EP1: names of lines keep their distance and their order, and stay within the chart while they fit", () => {
  fc.assert(
    fc.property(anyFrame, ({ wishes, gap }) => {
      const [top, bottom] = [0, 400];
      const places = spreadLabels(wishes, { gap, top, bottom });
      expect(places).toHaveLength(wishes.length);
      const order = wishes.map((_, i) => i).toSorted((a, b) => wishes[a]! - wishes[b]! || a - b);
      for (const [k, i] of order.entries()) {
        expect(places[i]!).toBeGreaterThanOrEqual(top - 1e-9);
        if (k > 0) expect(places[i]! - places[order[k - 1]!]!).toBeGreaterThanOrEqual(gap - 1e-6);
        expect(places[i]!).toBeLessThanOrEqual(bottom + 1e-6);
      }
    }),
  );
});

test("EP1: names that do not touch stand beside the ends of their lines, and two that do part evenly", () => {
  const frame = { gap: 15, top: 0, bottom: 400 };
  expect(spreadLabels([300, 20, 100], frame)).toEqual([300, 20, 100]);
  expect(spreadLabels([104, 100], frame)).toEqual([109.5, 94.5]);
  expect(spreadLabels([399, 400], frame)).toEqual([385, 400]);
  expect(spreadLabels([], frame)).toEqual([]);
});

test("ticks of a logarithmic axis are round, within it, and no more than asked for", () => {
  const anyAxis = fc.record({
    low: fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
    factor: fc.double({ min: 1.3, max: 1e6, noNaN: true }),
    most: fc.integer({ min: 2, max: 12 }),
  });
  fc.assert(
    fc.property(anyAxis, ({ low, factor, most }) => {
      const ticks = logTicks(low, low * factor, most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(low);
        expect(tick).toBeLessThanOrEqual(low * factor);
        expect(String(tick).replace(/[.0]|e.*$/g, "")).toMatch(/^[1235]$/);
      }
      if (factor >= 10) expect(ticks.length).toBeGreaterThan(0);
    }),
  );
  expect(logTicks(50, 4000, 12)).toEqual([50, 100, 200, 300, 500, 1000, 2000, 3000]);
  expect(logTicks(50, 4000, 4)).toEqual([100, 300, 1000, 3000]);
});

test("EP2: arrows walk along a line and between lines, and back again", () => {
  const anyPoints = fc.uniqueArray(
    fc.record({ arm: fc.nat(4), budget: fc.nat(4), height: fc.nat(1000) }),
    { selector: ({ arm, budget }) => `${arm} ${budget}`, minLength: 1 },
  );
  const opposite = {
    ArrowLeft: "ArrowRight",
    ArrowRight: "ArrowLeft",
    ArrowUp: "ArrowDown",
    ArrowDown: "ArrowUp",
  };
  fc.assert(
    fc.property(anyPoints, fc.constantFrom(...Object.entries(opposite)), (points, [key, back]) => {
      for (const point of points) {
        const next = nextPoint(points, point, key);
        if (next === null) continue;
        expect(next).not.toBe(point);
        if (key === "ArrowRight") expect(next.budget).toBeGreaterThan(point.budget);
        if (key === "ArrowUp") expect(next.height).toBeGreaterThanOrEqual(point.height);
        expect(key.match(/Up|Down/) ? next.budget : next.arm).toBe(
          key.match(/Up|Down/) ? point.budget : point.arm,
        );
        expect(nextPoint(points, next, back)).toBe(point);
      }
      expect(nextPoint(points, points[0]!, "Tab")).toBeNull();
    }),
  );
});
