import fc from "fast-check";
import { expect, test } from "vitest";
import { VisitHistory } from "./visits.ts";

test("of a node that was visited thousands of times every moment is found, and most statistics exactly", () => {
  const history = new VisitHistory();
  for (let i = 0; i < 5000; i++) {
    history.put({ node: i % 2 === 0 ? 0 : i, visits: i, value: i / 7, explore: i / 3 }, 2 * i);
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9998 }), (seq) => {
      const visits = 2 * Math.floor(seq / 4);
      const explore = Math.fround(visits / 3);
      expect(history.at(0, seq)).toEqual({ visits, value: visits / 7, explore });
    }),
    { numRuns: 1000 },
  );
  expect(history.at(0, -1)).toBeNull();
  expect(history.at(7, 13)).toBeNull();
  expect(history.at(7, 14)).toMatchObject({ visits: 7 });
  expect(history.at(99_999, 99_999)).toBeNull();
});

test("of hundreds of thousands of versions the right one is found without reading them all", () => {
  const history = new VisitHistory();
  const versions = 400_000;
  for (let i = 0; i < versions; i++) history.put({ node: 0, visits: i, value: 0 }, i);
  // Reading them one by one would take minutes here, far beyond any timeout.
  for (let seq = 0; seq < versions; seq++) {
    if (history.at(0, seq)?.visits !== seq) throw new Error(`wrong version at ${seq}`);
  }
});
