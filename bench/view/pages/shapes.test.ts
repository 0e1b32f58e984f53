import { expect, test } from "vitest";
import { Tree } from "../../../src/protocol/tree.ts";
import { LogWriter } from "./log-of.ts";
import { addBatch, makeTree, SHAPES, STATUS } from "./shapes.ts";

const NODES = 3000;

test.each(SHAPES)("the log of a %s folds into the same tree, also when it grows", (shape) => {
  const flat = makeTree(shape, NODES);
  const log = new LogWriter(flat);
  const tree = new Tree();
  for (const grows of [false, true]) {
    if (grows) addBatch(flat);
    for (const events of log.events(flat)) tree.apply(events);
    expect(tree.count).toBe(flat.count);
    for (let node = 1; node < flat.count; node++) {
      expect(tree.parent[node]).toBe(flat.parent[node]);
      expect(tree.score[node]).toBe(flat.score[node]);
      expect(tree.statusAt(node) === "pruned").toBe(flat.status[node] === STATUS.pruned);
    }
  }
});

test("children are neighbours and come after their parent, and nothing grows from what was pruned", () => {
  for (const shape of SHAPES) {
    const { count, parent, status } = makeTree(shape, NODES);
    const seen = new Set<number>();
    for (let node = 1; node < count; node++) {
      const from = parent[node]!;
      expect(from).toBeLessThan(node);
      expect(status[from]).not.toBe(STATUS.pruned);
      if (from !== parent[node - 1]) expect(seen.has(from)).toBe(false);
      seen.add(from);
    }
  }
});

test("a batch is 25 times 4 nodes at the frontier", () => {
  const tree = makeTree("bushy", NODES);
  const first = addBatch(tree);
  expect(first).toBe(NODES);
  expect(tree.count).toBe(NODES + 100);
  const parents = new Set(tree.parent.subarray(first, tree.count));
  expect(parents.size).toBe(25);
});
