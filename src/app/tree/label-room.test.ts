import fc from "fast-check";
import { expect, test } from "vitest";
import { columnStarts } from "./column-widths.ts";
import {
  BEHIND,
  hasScoreBehind,
  labelRoom,
  lineEnd,
  naturalWidth,
  shownCharacters,
} from "./label-room.ts";
import { layOut } from "./layout.ts";
import { randomScene } from "./random-scene.ts";

test("a column of its natural width shows steps of that length whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 36 }),
      fc.integer({ min: 13, max: 56 }),
      (length, row) => {
        const room = labelRoom(naturalWidth(length), row, Math.min(row * 0.34, 6));
        expect(shownCharacters(length, room)).toBe(length);
      },
    ),
  );
});

test("a label ends before the edges of its column part", () => {
  fc.assert(
    fc.property(
      fc.record({
        width: fc.double({ min: 1, max: 500, noNaN: true }),
        row: fc.double({ min: 1, max: 56, noNaN: true }),
        length: fc.nat(60),
        isScored: fc.boolean(),
      }),
      ({ width, row, length, isScored }) => {
        const room = labelRoom(width, row, Math.min(row * 0.34, 6));
        const isLabelled = shownCharacters(length, room) > 0 || hasScoreBehind(length, room);
        if (!isLabelled) return;
        expect(lineEnd(length, room, isScored)).toBeLessThanOrEqual(room.branch - BEHIND + 1);
        expect(room.branch).toBeLessThan(width);
      },
    ),
    { numRuns: 500 },
  );
});

test("columns begin one after the other", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom("beam", "wild"), (seed, shape) => {
      const { tree, columnX } = randomScene({ seed, nodes: 100, shape });
      expect(columnX).toEqual(columnStarts(tree, layOut(tree)));
      for (let column = 1; column < columnX.length; column++) {
        expect(columnX[column]!).toBeGreaterThan(columnX[column - 1]!);
      }
    }),
  );
});
