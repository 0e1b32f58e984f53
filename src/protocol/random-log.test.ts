import fc from "fast-check";
import { expect, test } from "vitest";
import { EVENT_KINDS } from "./event-kinds.ts";
import { RunEvent, UnknownEvent } from "./events.ts";
import { randomLog, SHAPES } from "./random-log.ts";
import { foldLog } from "./tree.ts";

test("the same options give the same log", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...SHAPES), (seed, shape) => {
      const options = { seed, shape, nodes: 30, width: 8 };
      expect([...randomLog(options)]).toEqual([...randomLog(options)]);
    }),
    { numRuns: 20 },
  );
});

test("random logs say everything that a log can say, in words that the schema knows", () => {
  const types = new Set<string>();
  for (let seed = 0; seed < 30; seed++) {
    for (const event of randomLog({ seed, nodes: 60, shape: "wild" })) {
      const isKnown = EVENT_KINDS.includes(event.type as RunEvent["type"]);
      expect((isKnown ? RunEvent : UnknownEvent).parse(event)).toEqual(event);
      types.add(isKnown ? event.type : "unknown");
    }
  }
  expect([...types].sort()).toEqual([...EVENT_KINDS].sort());
});

test.each([
  ["beam", 10],
  ["bushy", 40],
  ["chain", 999],
  ["wild", 300],
] as const)("a %s log has as many nodes as asked, and is at most %i deep", (shape, depth) => {
  const tree = foldLog(randomLog({ seed: 3, nodes: 1000, shape, width: 8 }));
  expect(tree.count).toBeGreaterThanOrEqual(1000);
  expect(tree.count).toBeLessThanOrEqual(1008);
  expect(tree.maxDepth).toBeLessThanOrEqual(depth);
});

test("every kind of event fits into the five bits that the fold has for it", () => {
  expect(EVENT_KINDS.length).toBeLessThanOrEqual(32);
});
