import { expect, test } from "vitest";
import { createStore } from "zustand";
import type { Arrangement } from "./arranged.ts";
import { type CameraRequest, createCameraPost } from "./camera.ts";
import { LinkedCameras } from "./linked-cameras.ts";
import type { Pane } from "./pane.ts";
import { useView, type View } from "./view.ts";

const HERE = { column: 1, row: 2, across: 1, rowPx: 20 };
const THERE = { column: 3, row: 4, across: 1, rowPx: 20 };

function paneOf(name: string): { pane: Pane; asked: CameraRequest[] } {
  const pane: Pane = {
    name,
    view: createStore<View>()(() => ({ ...useView.getInitialState(), following: false })),
    arranged: createStore<Arrangement>()(() => ({ arranged: null })),
    camera: createCameraPost(),
    select: () => {},
  };
  const asked: CameraRequest[] = [];
  pane.camera.onRequest((request) => asked.push(request));
  return { pane, asked };
}

test("where the leading camera goes the others go, and not the other way round", () => {
  const [a, b] = [paneOf("a"), paneOf("b")];
  const linked = new LinkedCameras([a.pane, b.pane]);
  a.pane.camera.report(HERE);
  expect(b.asked).toEqual([{ to: "place", view: HERE }]);
  b.pane.camera.report({ ...HERE, row: 2.0000001 });
  expect(a.asked).toEqual([]);
  linked.lead(b.pane);
  b.pane.camera.report(THERE);
  expect(a.asked).toEqual([{ to: "place", view: THERE }]);
  linked.end();
  b.pane.camera.report(HERE);
  expect(a.asked).toHaveLength(1);
});

test("a camera that somebody else asks for something leads", () => {
  const [a, b] = [paneOf("a"), paneOf("b")];
  const linked = new LinkedCameras([a.pane, b.pane]);
  b.pane.camera.request({ to: "focus", node: 3 });
  expect(linked.leader).toBe(b.pane);
  b.pane.camera.report(THERE);
  expect(a.asked).toEqual([{ to: "place", view: THERE }]);
  expect(linked.leader).toBe(b.pane);
});

test("cameras that are not linked go their own ways, and those that are follow together", () => {
  const [a, b] = [paneOf("a"), paneOf("b")];
  let isLinked = false;
  const linked = new LinkedCameras([a.pane, b.pane], () => isLinked);
  a.pane.camera.report(HERE);
  a.pane.view.setState({ following: true });
  expect([b.asked, b.pane.view.getState().following]).toEqual([[], false]);
  a.pane.view.setState({ following: false });
  isLinked = true;
  a.pane.view.setState({ following: true });
  expect([b.asked, b.pane.view.getState().following]).toEqual([[{ to: "fit" }], true]);
  linked.end();
});
