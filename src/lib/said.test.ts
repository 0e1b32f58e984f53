import { expect, test } from "vitest";
import { inEnglish, say, sayCount } from "./said.ts";

test("a count of one has its own form, and whole numbers are grouped", () => {
  const nodes = (count: number) => inEnglish(sayCount(count, "{count} node", "{count} nodes"));
  expect([nodes(0), nodes(1), nodes(2), nodes(12_345)]).toEqual([
    ...["0 nodes", "1 node", "2 nodes", "12,345 nodes"],
  ]);
});

test("values are not read as messages, and a sentence may stand in another", () => {
  const inner = sayCount(1, "{count} step", "{count} steps");
  expect(inEnglish(say("{name}: {what}", { name: "{what}", what: inner }))).toBe("{what}: 1 step");
});

test("a value that is missing is an error, not a hole", () => {
  expect(() => inEnglish({ message: "{a}", english: "{a}", values: {} })).toThrow(/\{a\}/);
});
