import fc from "fast-check";
import { expect, test } from "vitest";
import { LineFit } from "./line-fit.ts";

test("a line is found by its points, and noise that cancels out does not move it", () => {
  const whole = fc.integer({ min: 0, max: 50 });
  const xs = fc.array(whole, { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(whole, whole, xs, whole, (a, b, xs, noise) => {
      const fit = new LineFit();
      for (const x of [...xs, 60]) {
        fit.add(x, a + b * x + noise);
        fit.add(x, a + b * x - noise);
      }
      expect(fit.at(7)).toBeCloseTo(a + b * 7, 6);
    }),
  );
});

test("without a second x the line goes through the origin, and without points it is nothing", () => {
  const fit = new LineFit();
  expect(fit.at(5)).toBe(0);
  fit.add(4, 10);
  fit.add(4, 14);
  expect(fit.at(2)).toBe(6);
});

test("no cost is below nothing, and more never costs less, whatever was seen", () => {
  const amount = fc.double({ min: 0, max: 100, noNaN: true });
  const size = fc.integer({ min: 0, max: 64 });
  fc.assert(
    fc.property(fc.array(fc.tuple(size, amount)), size, size, (points, a, b) => {
      const fit = new LineFit();
      for (const [x, y] of points) fit.add(x, y);
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((x) => fit.at(x));
      expect(less).toBeGreaterThanOrEqual(0);
      expect(more).toBeGreaterThanOrEqual(less! - 1e-9);
    }),
  );
});
