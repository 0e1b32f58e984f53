import { expect, test } from "vitest";
import { useView } from "../state/view.ts";
import { FrameWait } from "./frame-wait.ts";

const view = useView.getInitialState();
const camera = {};

function drawn(): FrameWait {
  const wait = new FrameWait();
  expect(wait.leavesOut(false, view, [camera], 0)).toBe(false);
  return wait;
}

test("a frame that only the tree or the moment has changed waits for their picture", () => {
  const wait = drawn();
  const later = { ...view, version: view.version + 1, at: view.at + 7 };
  expect(wait.leavesOut(true, later, [camera], 5000)).toBe(true);
  expect(wait.leavesOut(true, later, [camera], 5016)).toBe(true);
  expect(wait.leavesOut(false, later, [camera], 5033)).toBe(false);
});

test("what a reader does is drawn at once", () => {
  expect(drawn().leavesOut(true, { ...view, selected: 3 }, [camera], 16)).toBe(false);
  expect(drawn().leavesOut(true, view, [{}], 16)).toBe(false);
});

test("a picture that is long in coming is not waited for, and then waited for again", () => {
  const wait = drawn();
  expect(wait.leavesOut(true, view, [camera], 1000)).toBe(true);
  expect(wait.leavesOut(true, view, [camera], 1099)).toBe(true);
  expect(wait.leavesOut(true, view, [camera], 1100)).toBe(false);
  expect(wait.leavesOut(true, view, [camera], 1116)).toBe(true);
});
