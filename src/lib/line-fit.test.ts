import fc from "fast-check";
import { expect, test } from "vitest";
import { LineFit } from "./line-fit.ts";

test("a line is found by its points, and noise that cancels out does not move it", () => {
  const whole = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(whole, whole, fc.array(whole, { minLength: 1, maxLength: 20 }), (a, b, xs) => {
      const fit = new LineFit();
      for (const x of [...xs, 60]) {
        fit.add(x, a + b * x + 1);
        fit.add(x, a + b * x - 1);
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
