import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onLongPress } from "./long-press.ts";

/** Longer and shorter than a finger has to rest, ms. */
const [LONG, SHORT] = [460, 440];

type Point = readonly [x: number, y: number];

let element: EventTarget;
let told: (Point | null)[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  element = new EventTarget();
  told = [];
  stop = onLongPress(element as HTMLElement, (point) => told.push(point));
});

afterEach(() => {
  vi.useRealTimers();
});

function send(type: string, [offsetX, offsetY]: Point = [10, 20], pointerType = "touch"): void {
  element.dispatchEvent(Object.assign(new Event(type), { offsetX, offsetY, pointerType }));
}

test("a finger that rests is told where it came down, and then that it is gone", () => {
  send("pointerdown");
  vi.advanceTimersByTime(LONG);
  expect(told).toEqual([[10, 20]]);
  send("pointerup");
  expect(told).toEqual([[10, 20], null]);
});

test("a tap tells nothing", () => {
  send("pointerdown");
  vi.advanceTimersByTime(SHORT);
  send("pointerup");
  vi.advanceTimersByTime(LONG);
  expect(told).toEqual([]);
});

test("a finger may tremble, but one that moves on does not rest", () => {
  send("pointerdown");
  send("pointermove", [16, 25]);
  vi.advanceTimersByTime(LONG);
  expect(told).toHaveLength(1);
  send("pointermove", [15, 26]);
  expect(told).toHaveLength(1);
  send("pointermove", [18, 24]);
  expect(told).toEqual([[10, 20], null]);
  send("pointerdown");
  send("pointermove", [19, 20]);
  vi.advanceTimersByTime(LONG);
  expect(told).toHaveLength(2);
});

test("two fingers zoom, and do not rest", () => {
  send("pointerdown");
  send("pointerdown", [40, 40]);
  vi.advanceTimersByTime(LONG);
  expect(told).toEqual([]);
});

test("a finger that is taken away by the browser is gone", () => {
  send("pointerdown");
  vi.advanceTimersByTime(LONG);
  send("pointercancel");
  expect(told).toEqual([[10, 20], null]);
});

test("a mouse does not rest", () => {
  send("pointerdown", [10, 20], "mouse");
  vi.advanceTimersByTime(LONG);
  expect(told).toEqual([]);
});

test("after its end nothing is told any more, not even of a finger that is down", () => {
  send("pointerdown");
  stop();
  vi.advanceTimersByTime(LONG);
  send("pointerdown");
  vi.advanceTimersByTime(LONG);
  expect(told).toEqual([]);
});
