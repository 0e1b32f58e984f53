import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { Tree } from "../../protocol/tree.ts";
import { ColumnWidths } from "./column-widths.ts";
import {
  BEHIND,
  characterWidth,
  hasScoreBehind,
  labelRoom,
  lineEnd,
  measureCharacter,
  naturalWidth,
  shownCharacters,
} from "./label-room.ts";
import { recordingContext } from "./recording-context.ts";

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
        const end = lineEnd(length, room, isScored);
        expect(end).toBeLessThanOrEqual(room.branch);
        // Only what is whole comes so near to where edges part.
        const isWhole = shownCharacters(length, room) === length && !hasScoreBehind(length, room);
        if (!isWhole) expect(end).toBeLessThanOrEqual(room.branch - BEHIND + 1);
        expect(room.branch).toBeLessThan(width);
      },
    ),
    { numRuns: 500 },
  );
});

test("columns begin one after the other, however the tree has come", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom("beam", "wild"), fc.nat(), (seed, shape, cut) => {
      const log = [...randomLog({ seed, nodes: 100, shape })];
      const tree = new Tree();
      const growing = new ColumnWidths();
      for (const part of [log.slice(0, cut % log.length), log.slice(cut % log.length)]) {
        tree.apply(part);
        growing.update({ tree, titles: false });
      }
      const fresh = new ColumnWidths();
      fresh.update({ tree, titles: false });
      const columnX = growing.starts(0, tree.maxDepth + 1);
      expect(columnX).toEqual(fresh.starts(0, tree.maxDepth + 1));
      for (let column = 1; column < columnX.length; column++) {
        expect(columnX[column]!).toBeGreaterThan(columnX[column - 1]!);
      }
    }),
  );
});

test("a step is shown whole if it ends where edges part, and is cut before that if it is longer", () => {
  const room = labelRoom(120, 14, 5);
  const fitting = Math.floor((room.branch - room.start) / characterWidth());
  expect(shownCharacters(fitting, room)).toBe(fitting);
  expect(shownCharacters(fitting + 1, room)).toBeLessThan(fitting);
});

test("room is for characters as wide as those of the page", () => {
  const before = characterWidth();
  const wide = labelRoom(120, 14, 5).characters;
  measureCharacter(recordingContext());
  expect(characterWidth()).toBe(6);
  const narrow = labelRoom(120, 14, 5).characters;
  const sameWidth = (text: string) => ({ width: text.length * before });
  measureCharacter(Object.assign(recordingContext(), { measureText: sameWidth }));
  expect(narrow).toBeGreaterThan(wide);
});
