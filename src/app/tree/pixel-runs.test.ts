import fc from "fast-check";
import { expect, test } from "vitest";
import { SHAPES } from "../../protocol/random-log.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { parentOf } from "./ground.ts";
import { placeBelow, placeOfEdgeBelow } from "./pixel-runs.ts";
import { randomScene } from "./random-scene.ts";

/** A scene, a column of it, pixels to a row, and where row 0 is. */
const anyColumn = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 400 }),
    shape: fc.constantFrom(...SHAPES),
    dead: fc.constantFrom("on" as const, "off" as const),
    pick: fc.nat(),
    scale: fc.double({ min: 0.01, max: 3, noNaN: true }),
    origin: fc.double({ min: -500, max: 500, noNaN: true }),
  })
  .map(({ dead, pick, scale, origin, ...options }) => {
    const ground = randomScene(options, 1, { folding: { ...NO_FOLDING, dead } });
    const { columnStart, columns } = ground.layout;
    const column = columns === 1 ? 0 : 1 + (pick % (columns - 1));
    const sheet = { ground, scale, origin };
    return { sheet, column, start: columnStart[column]!, end: columnStart[column + 1]! };
  });

test("a run of items on one pixel ends before the first that stands below it", () => {
  fc.assert(
    fc.property(anyColumn, ({ sheet, start, end }) => {
      const { ground, scale, origin } = sheet;
      const pixels = [...ground.layout.order.subarray(start, end)].map((item) =>
        Math.floor(ground.row[item]! * scale + origin),
      );
      for (const [i, pixel] of pixels.entries()) {
        const next = pixels.findIndex((other) => other > pixel);
        const expected = next < 0 ? end : start + next;
        expect(placeBelow(sheet, start + i, end, pixel + 1)).toBe(expected);
      }
    }),
    { numRuns: 200 },
  );
});

test("a run of edges from one pixel ends before the first from below it", () => {
  fc.assert(
    fc.property(anyColumn, ({ sheet, column, start, end }) => {
      fc.pre(column > 0);
      const { ground, scale, origin } = sheet;
      const pixels = [...ground.layout.order.subarray(start, end)].map((item) =>
        Math.floor(ground.row[parentOf(ground, item)]! * scale + origin),
      );
      for (const [i, pixel] of pixels.entries()) {
        const next = pixels.findIndex((other) => other > pixel);
        const expected = next < 0 ? end : start + next;
        expect(placeOfEdgeBelow(sheet, start + i, end, pixel + 1)).toBe(expected);
      }
    }),
    { numRuns: 200 },
  );
});
