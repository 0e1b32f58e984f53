import { expect, test } from "vitest";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { logOf, SAMPLE_FACTS, seqOf } from "../sample-log.ts";
import { NO_FOLDING } from "../state/reading.ts";
import type { View } from "../state/view.ts";
import { arrangedOf } from "../tree/arranged-of.ts";
import { placementOf } from "../tree/random-scene.ts";
import { roundNews } from "./round-news.ts";
import { visibleItems } from "./visible-items.ts";

const log = logOf(SAMPLE_FACTS);
const tree = foldLog(log);
const END = tree.seq;

function itemsAround(tree: Tree, active: number, at: number, change: Partial<View> = {}) {
  const placement = placementOf(tree, { folding: { ...NO_FOLDING, dead: "off" }, ...change });
  const arranged = arrangedOf(tree, () => placement);
  return visibleItems({ tree, at, arranged, top: change.top ?? 0 }, active);
}

function chain(depth: number) {
  const facts = Array.from({ length: depth }, (_, node) => ({
    ...{ type: "expanded" as const, node, first: node + 1, kids: 1 },
  }));
  return foldLog(logOf([SAMPLE_FACTS[0]!, ...facts]));
}

function fan(kids: number) {
  return foldLog(logOf([SAMPLE_FACTS[0]!, { type: "expanded", node: 0, first: 1, kids }]));
}

test("around a node stand its ancestors, its siblings and its children, in reading order", () => {
  expect(itemsAround(tree, 1, END).map(({ node }) => node)).toEqual([0, 1, 5, 6, 2, 3, 4]);
  expect(itemsAround(tree, 6, END).map(({ node }) => node)).toEqual([0, 1, 5, 6]);
  expect(itemsAround(tree, 0, END).map(({ node }) => node)).toEqual([0, 1, 2, 3, 4]);
});

test("levels, positions and family sizes are those of the whole tree", () => {
  const [root, parent, first, active] = itemsAround(tree, 6, END);
  expect(root).toMatchObject({ level: 1, position: 1, siblings: 1, expanded: true });
  expect(parent).toMatchObject({ level: 2, position: 1, siblings: 4, expanded: true });
  expect(first).toMatchObject({ level: 3, position: 1, siblings: 2, expanded: null });
  expect(active).toMatchObject({ level: 3, position: 2, siblings: 2, expanded: null });
});

test("nothing is there before it was announced", () => {
  const before = seqOf((fact) => fact.type === "expanded" && fact.node === 1) - 1;
  expect(itemsAround(tree, 1, before).map(({ node }) => node)).toEqual([0, 1, 2, 3, 4]);
});

test("a tree of any shape gives a few hundred items at most, the active one among them", () => {
  const deep = chain(50_000);
  const wide = fan(10_000);
  for (const [big, active] of [
    [deep, 49_999],
    [wide, 9_999],
    [wide, 0],
    [wide, 1],
    [wide, 5_000],
  ] as const) {
    const items = itemsAround(big, active, big.seq);
    expect(items.length).toBeLessThan(300);
    expect(items.some(({ node }) => node === active)).toBe(true);
  }
  expect(itemsAround(wide, 5_000, wide.seq).find(({ node }) => node === 5_000)).toMatchObject({
    position: 5_000,
    siblings: 10_000,
  });
});

test("news tell the round: how many were proposed, then how many were pruned and the best score", () => {
  const pruned = seqOf((fact) => fact.type === "pruned" && fact.nodes[0]?.reason === "not_top_k");
  expect(roundNews(tree, 5)).toBe("round 1: 3 proposed");
  expect(roundNews(tree, pruned)).toBe("round 1: 2 of 4 pruned, best 0.90");
  expect(roundNews(tree, 0)).toBe("");
});

test("the last news is the answer", () => {
  expect(roundNews(tree, END)).toBe("finished: answer 7, right");
});

test("what is folded is not expanded and has no items below it; a hoisted subtree begins at level 1", () => {
  const folded = itemsAround(tree, 1, END, {
    folding: { ...NO_FOLDING, dead: "off", folded: new Set([1]) },
  });
  expect(folded.map(({ node }) => node)).toEqual([0, 1, 2, 3, 4]);
  expect(folded.find(({ node }) => node === 1)).toMatchObject({ expanded: false });
  const hoisted = itemsAround(tree, 1, END, { top: 1 });
  expect(hoisted.map(({ node, level }) => [node, level])).toEqual([
    [1, 1],
    [5, 2],
    [6, 2],
  ]);
});
