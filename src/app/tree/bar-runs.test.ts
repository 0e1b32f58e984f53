import fc from "fast-check";
import { expect, test } from "vitest";
import { BarRuns } from "./bar-runs.ts";

const anyColumn = fc
  .array(fc.record({ pixel: fc.integer({ min: -5, max: 9 }), look: fc.nat({ max: 3 }) }))
  .map((bars) => bars.sort((a, b) => a.pixel - b.pixel));

test("a column has one bar for each pixel, of the most important look on it; none where all is hidden", () => {
  const runs = new BarRuns();
  fc.assert(
    fc.property(fc.array(anyColumn), (columns) => {
      runs.clear();
      for (const column of columns) {
        runs.beginColumn();
        for (const { pixel, look } of column) runs.add(pixel, look);
      }
      for (const [i, column] of columns.entries()) {
        const expected = new Map<number, number>();
        for (const { pixel, look } of column) {
          if (look > 0) expected.set(pixel, Math.max(look, expected.get(pixel) ?? 0));
        }
        const told: [number, number][] = [];
        runs.each(i, (pixel, look) => told.push([pixel, look]));
        expect(told).toEqual([...expected]);
      }
    }),
  );
});
