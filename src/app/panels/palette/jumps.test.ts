import { expect, test } from "vitest";
import { jumpsOf } from "./jumps.ts";

const THERE = { nodes: 100, events: 500 };

test("a node is named by its number, with or without words", () => {
  for (const query of ["#29", "node 29", "Go to  node 29", " node #29".replace("#", "")]) {
    expect(jumpsOf(query, THERE)).toEqual([{ to: "node", number: 29 }]);
  }
});

test("places are named in Japanese as well, in characters of any width", () => {
  for (const query of ["ノード29", "ノード 29", "２９"]) {
    expect(jumpsOf(query, THERE)[0]).toEqual({ to: "node", number: 29 });
  }
  expect(jumpsOf("イベント 120", THERE)).toEqual([{ to: "event", number: 120 }]);
});

test("an event is named by its seq", () => {
  for (const query of ["event 120", "e120", "go to event 120"]) {
    expect(jumpsOf(query, THERE)).toEqual([{ to: "event", number: 120 }]);
  }
});

test("a bare number may be either", () => {
  expect(jumpsOf("29", THERE).map(({ to }) => to)).toEqual(["node", "event"]);
});

test("nobody is sent where nothing is", () => {
  expect(jumpsOf("100", THERE)).toEqual([{ to: "event", number: 100 }]);
  expect(jumpsOf("node 100", THERE)).toEqual([]);
  expect(jumpsOf("event 500", THERE)).toEqual([]);
  expect(jumpsOf("3 nodes", THERE)).toEqual([]);
  expect(jumpsOf("", { nodes: 0, events: 0 })).toEqual([]);
});
