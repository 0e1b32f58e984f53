import { expect, test } from "vitest";
import { EVENT_VERSION } from "./events.ts";
import { type Upgrader, upgrade } from "./upgrade.ts";

const upgraders: ReadonlyMap<number, Upgrader> = new Map<number, Upgrader>([
  [1, ({ steps, ...event }) => ({ ...event, lines: steps })],
  [2, ({ lines, ...event }) => ({ ...event, text: (lines as string[]).join("\n") })],
]);

test("an event of an older version is brought up to date one version at a time", () => {
  const event = { v: 1, type: "t", steps: ["a", "b"] };
  expect(upgrade(event, 3, upgraders)).toEqual({ v: 3, type: "t", text: "a\nb" });
  expect(upgrade({ v: 2, lines: ["a"] }, 3, upgraders)).toEqual({ v: 3, text: "a" });
});

test("events of this version, of a later one, and of none are left as they are", () => {
  for (const v of [3, 4, 0, -1, 1.5, "x", null, undefined]) {
    const event = { v, type: "t" };
    expect(upgrade(event, 3, upgraders)).toBe(event);
  }
});

test("there is a way from every older version to this one", () => {
  for (let v = 1; v <= EVENT_VERSION; v++) {
    expect(upgrade({ v, type: "paused" })["v"]).toBe(EVENT_VERSION);
  }
});
