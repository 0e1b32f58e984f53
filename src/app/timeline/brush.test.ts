import fc from "fast-check";
import { expect, test } from "vitest";
import { brushBetween, EDGES, edgeOf, extended, withEdge } from "./brush.ts";

const seq = fc.nat(1000);
const anyBrush = fc.tuple(seq, seq).map(([a, b]) => brushBetween(a, b));

test("a range never ends before it begins, whatever is done to its edges", () => {
  fc.assert(
    fc.property(anyBrush, fc.constantFrom(...EDGES), seq, (brush, edge, to) => {
      const moved = withEdge(brush, edge, to);
      expect(moved[0]).toBeLessThanOrEqual(moved[1]);
      const other = edge === "start" ? "end" : "start";
      expect(edgeOf(moved, other)).toBe(edgeOf(brush, other));
    }),
  );
});

test("extending step by step is the same as in one go, and comes back to where it began", () => {
  fc.assert(
    fc.property(seq, fc.array(seq, { minLength: 1 }), (start, stops) => {
      let brush = extended(null, start, start);
      let at = start;
      for (const stop of stops) {
        brush = extended(brush, at, stop);
        at = stop;
      }
      expect(brush).toContain(at);
      const [from, to] = brush;
      expect(from).toBeLessThanOrEqual(to);
    }),
  );
});

test("a range grows from where it was begun", () => {
  expect(extended(extended(null, 5, 6), 6, 7)).toEqual([5, 7]);
  expect(extended(extended(null, 5, 4), 4, 3)).toEqual([3, 5]);
  expect(extended([5, 7], 7, 6)).toEqual([5, 6]);
  expect(extended([20, 30], 3, 4)).toEqual([3, 4]);
});
