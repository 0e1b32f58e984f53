import fc from "fast-check";
import { expect, test } from "vitest";
import { portableExp, portableLn } from "./portable-exp.ts";

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(4e-15 * Math.abs(expected));
}

test("e^x is that of the machine to 4 in 10¹⁵", () => {
  fc.assert(
    fc.property(fc.double({ min: -708, max: 709 }), (x) =>
      expectClose(portableExp(x), Math.exp(x)),
    ),
  );
  expect(portableExp(0)).toBe(1);
});

test("ln x is that of the machine to 4 in 10¹⁵", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e300, noNaN: true }), (x) =>
      expectClose(portableLn(x), Math.log(x)),
    ),
  );
  expect(portableLn(1)).toBe(0);
});

test("bits that were written down once stay those bits", () => {
  expect(portableExp(-1)).toBe(0.36787944117144233);
  expect(portableExp(-12.5)).toBe(Math.exp(-12.5));
  expect(portableLn(7)).toBe(1.9459101490553132);
});

test("what cannot be held is refused, and what is too small is 0", () => {
  expect(portableExp(-709)).toBe(0);
  expect(portableExp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(() => portableExp(710)).toThrow("e^710");
  expect(() => portableExp(Number.NaN)).toThrow(RangeError);
  expect(() => portableLn(0.5)).toThrow("ln 0.5");
});
