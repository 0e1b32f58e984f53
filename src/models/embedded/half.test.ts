import fc from "fast-check";
import { expect, test } from "vitest";
import { floatFromHalf, halfFromFloat } from "./half.ts";

test("every half survives the way to f32 and back", () => {
  for (let half = 0; half < 65_536; half++) {
    const value = floatFromHalf(half);
    if (Number.isNaN(value)) expect(halfFromFloat(value) & 0x7fff).toBeGreaterThan(0x7c00);
    else expect(halfFromFloat(value)).toBe(half);
  }
});

test("a value rounds to the nearest half, and halfway to the even one", () => {
  for (let half = 0; half < 0x7bff; half++) {
    const [below, above] = [floatFromHalf(half), floatFromHalf(half + 1)];
    const middle = (below + above) / 2;
    const even = half % 2 === 0 ? half : half + 1;
    expect(halfFromFloat(middle)).toBe(even);
    expect(halfFromFloat(-middle)).toBe(0x8000 | even);
    expect(halfFromFloat(middle + (above - below) / 64)).toBe(half + 1);
    expect(halfFromFloat(middle - (above - below) / 64)).toBe(half);
  }
});

test("known values are those of IEEE 754", () => {
  expect(floatFromHalf(0x3c00)).toBe(1);
  expect(floatFromHalf(0xc000)).toBe(-2);
  expect(floatFromHalf(0x7bff)).toBe(65_504);
  expect(floatFromHalf(0x0001)).toBe(2 ** -24);
  expect(floatFromHalf(0x3555)).toBe(0.333251953125);
  expect(halfFromFloat(65_519.996)).toBe(0x7bff);
  expect(halfFromFloat(65_520)).toBe(0x7c00);
  expect(halfFromFloat(-1e30)).toBe(0xfc00);
  expect(halfFromFloat(2 ** -25)).toBe(0);
  expect(halfFromFloat(2 ** -24 * 0.75)).toBe(1);
});

test("rounding keeps order", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (a, b) => {
      const [low, high] = a <= b ? [a, b] : [b, a];
      expect(floatFromHalf(halfFromFloat(low))).toBeLessThanOrEqual(
        floatFromHalf(halfFromFloat(high)),
      );
    }),
  );
});
