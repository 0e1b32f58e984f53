import { expect, test } from "vitest";
import { Stopwatch } from "./stopwatch.ts";

test("a stopwatch counts from its start, except while it is held", () => {
  let now = 100;
  const stopwatch = new Stopwatch(() => now);
  now = 110;
  expect(stopwatch.elapsedMs()).toBe(10);
  stopwatch.hold();
  now = 150;
  stopwatch.hold();
  expect(stopwatch.elapsedMs()).toBe(10);
  stopwatch.release();
  stopwatch.release();
  now = 155;
  expect(stopwatch.elapsedMs()).toBe(15);
});
