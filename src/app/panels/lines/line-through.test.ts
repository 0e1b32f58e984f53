import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../../protocol/random-log.ts";
import { foldLog } from "../../../protocol/tree.ts";
import { isOnLine, lineThrough } from "./line-through.ts";
import { sparkPoints } from "./spark-shape.ts";

const anyTree = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 80 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map((options) => foldLog(randomLog(options)));

test("a node is on a line if and only if it is on the path to its end", () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), fc.nat(), (tree, a, b) => {
      const [node, end] = [a % tree.count, b % tree.count];
      expect(isOnLine(tree, node, end)).toBe(tree.path(end).includes(node));
    }),
  );
});

test("the line through a node is the first that it is on, and else its own", () => {
  fc.assert(
    fc.property(anyTree, fc.nat(), fc.array(fc.nat()), (tree, a, numbers) => {
      const node = a % tree.count;
      const ends = numbers.map((number) => number % tree.count);
      const through = ends.filter((end) => tree.path(end).includes(node));
      expect(lineThrough(tree, node, ends)).toBe(through[0] ?? node);
    }),
  );
});

test("a sparkline stays in its box, goes from left to right and never loses the lowest score", () => {
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(
      fc.array(score, { maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      (scores, most) => {
        const box = { width: 76, height: 22, pad: 4, most };
        const points = sparkPoints(scores, box);
        expect(points.length).toBeLessThanOrEqual(most);
        for (const [i, { index, score: shown, x, y }] of points.entries()) {
          expect(shown).toBe(scores[index]);
          expect(x >= 4 && x <= 72 && y >= 4 && y <= 18).toBe(true);
          if (i > 0) expect(x).toBeGreaterThan(points[i - 1]!.x);
        }
        const known = scores.filter((one) => !Number.isNaN(one));
        expect(Math.min(...points.map((point) => point.score))).toBe(Math.min(...known));
      },
    ),
  );
});
