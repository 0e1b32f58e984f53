import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Tree } from "../../../protocol/tree.ts";
import { useView } from "../../state/view.ts";
import { measured, useSlowMoment } from "./slow-moment.ts";

beforeEach(() => {
  vi.useFakeTimers();
  useView.setState({ tree: new Tree(), version: 0, at: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that takes so long, ms. */
function work(ms: number): void {
  measured(() => vi.advanceTimersByTime(ms));
}

test("a panel that costs little follows every moment of the panels", () => {
  work(1);
  vi.advanceTimersByTime(100);
  useView.setState({ at: 1 });
  expect(useSlowMoment.getState().at).toBe(1);
});

test("a panel that costs much rests ten times as long, and never misses the last moment", () => {
  work(20);
  work(30);
  vi.advanceTimersByTime(100);
  useView.setState({ at: 1 });
  vi.advanceTimersByTime(200);
  useView.setState({ at: 2 });
  expect(useSlowMoment.getState().at).toBe(0);
  vi.advanceTimersByTime(200);
  expect(useSlowMoment.getState().at).toBe(2);
});

test("another tree shows at once", () => {
  work(1000);
  const tree = new Tree();
  useView.setState({ tree, at: 3 });
  expect(useSlowMoment.getState()).toMatchObject({ tree, at: 3 });
});
