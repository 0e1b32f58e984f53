import { afterEach, expect, test } from "vitest";
import { randomLog } from "../../../protocol/random-log.ts";
import { foldLog } from "../../../protocol/tree.ts";
import { setJudging } from "../../state/actions.ts";
import { useHovered } from "../../state/pane.ts";
import { useView } from "../../state/view.ts";
import { mirrorPane } from "./mirror-pane.ts";

const { view } = mirrorPane;

afterEach(() => {
  mirrorPane.onHover?.(null);
  useHovered.setState({ node: null });
  useView.setState(useView.getInitialState());
});

test("what is changed in the mirror or before it is changed in both, and told once", () => {
  const told: (number | null)[] = [];
  const forget = view.subscribe(({ selected }) => told.push(selected));
  view.setState({ selected: 4 });
  useView.setState({ following: false });
  expect([useView.getState().selected, view.getState().following]).toEqual([4, false]);
  expect(told).toEqual([4, 4]);
  forget();
  useView.setState({ selected: 5 });
  expect(told).toEqual([4, 4]);
  expect(view.getState()).toBe(view.getState());
});

test("each tree shows what the pointer is on in the other one", () => {
  useHovered.setState({ node: 7 });
  expect(view.getState().peeked).toBe(7);
  useHovered.setState({ node: null });
  mirrorPane.onHover?.(3);
  expect([useView.getState().peeked, view.getState().peeked]).toEqual([3, null]);
});

test("the mirror has the scores of the judge that is asked for, if there is one", () => {
  const log = [...randomLog({ seed: 3, nodes: 20, shape: "beam" })];
  const problem = { family: "countdown", text: "2 3 4 -> 10", level: null };
  const known = log.map((event) => (event.type === "started" ? { ...event, problem } : event));
  useView.setState({ tree: foldLog(log) });
  expect(view.getState().scores).toBeNull();
  useView.setState({ tree: foldLog(known as typeof log) });
  const { scores, tree } = view.getState();
  expect(useView.getState().scores).toBeNull();
  for (let node = 1; node < tree.count; node++) {
    const isScored = !Number.isNaN(tree.scoreAt(node));
    expect([0, 1, Number.NaN].includes(scores!.scoreAt(node, tree.seq))).toBe(true);
    expect(!Number.isNaN(scores!.scoreAt(node, tree.seq))).toBe(isScored);
  }
  // There is no second verifier, so that it is the checker again.
  setJudging({ against: "second" });
  expect(view.getState().scores).toBe(scores);
});
