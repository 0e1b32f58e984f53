import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog } from "../../protocol/tree.ts";
import { dropMark } from "../score-drop.ts";
import { NO_FOLDING } from "../state/reading.ts";
import type { View } from "../state/view.ts";
import type { Card } from "./cards.ts";
import { sceneOf } from "./random-scene.ts";
import { type Geometry, geometryIn, type Scene } from "./scene.ts";
import { cardsInView, showsCards } from "./tree-cards.ts";
import { VisibleNodes } from "./visible-nodes.ts";

const TREE = foldLog(randomLog({ seed: 6, nodes: 80, shape: "beam", width: 8 }));
const UNFOLDED = { folding: { ...NO_FOLDING, dead: "off" as const } };

interface Sight {
  readonly scene: Scene;
  readonly geometry: Geometry;
  readonly cards: readonly Card[];
}

/** All of the tree at once, at a scale of widths and heights. */
function look(change: Partial<View> = {}, across = 2, row = 120, at = TREE.seq): Sight {
  const scene = sceneOf(TREE, at, { ...UNFOLDED, ...change });
  const rows = scene.row.slice(0, scene.layout.count);
  const height = row * (Math.max(...rows) - Math.min(...rows) + 2);
  const scales = { x: 50, y: row * (1 - Math.min(...rows)), across, row };
  const geometry = geometryIn(scales, { width: 5000, height }, scene);
  const visible = new VisibleNodes();
  visible.collect(scene, geometry);
  return { scene, geometry, cards: cardsInView(scene, geometry, visible, false) };
}

test("there is a card for every node whose step is there, and for no other", () => {
  const at = TREE.announcedSeq[40]!;
  const { cards } = look({}, 2, 120, at);
  const written = Array.from({ length: TREE.count }, (_, node) => node).filter((node) =>
    ["open", "kept", "pruned"].includes(TREE.statusAt(node, at)),
  );
  expect(cards.map(({ node }) => node).toSorted((a, b) => a - b)).toEqual(written);
});

test("no card reaches into another, or out of its column", () => {
  for (const row of [68, 90, 200]) {
    const { cards, geometry } = look({}, 2, row);
    for (const card of cards) {
      expect(card.height).toBeLessThanOrEqual(row - 10);
      const next = geometry.columnX.find((x) => geometry.x + geometry.across * x > card.x)!;
      expect(card.x + card.width).toBeLessThan(geometry.x + geometry.across * next);
    }
  }
});

test("a card says of its node what the tree does", () => {
  const { cards } = look({ selected: 9 });
  for (const { node, score, status, mark, title, isSelected } of cards) {
    const parent = TREE.parent[node]!;
    const [before, after] = [TREE.scoreAt(parent), TREE.scoreAt(node)];
    expect(score).toBe(after);
    expect(mark).toBe(parent < 0 ? "" : dropMark(before, after));
    expect(title).toBe(parent < 0 ? "Problem" : `Step ${TREE.depth[node]}`);
    expect(isSelected).toBe(node === 9);
    if (parent >= 0 && TREE.answer(node) === null) expect(status).toBe(TREE.statusAt(node));
  }
});

test("a card tells a hit, and the one that was gone to", () => {
  const { cards } = look({ find: { query: "x", hits: [3, 9, 20], current: 1 } });
  const found = cards.filter(({ hit }) => hit !== "none").map(({ node, hit }) => [node, hit]);
  expect(found.toSorted()).toEqual([
    [20, "one"],
    [3, "one"],
    [9, "current"],
  ]);
});

test("narrow cards are higher, by the line that their status takes", () => {
  const wide = look({}, 4, 400).cards;
  const narrow = look({}, 0.9, 400).cards;
  expect(Math.min(...wide.map(({ width }) => width))).toBeGreaterThan(128);
  const isNarrow = narrow.filter(({ width }) => width < 128);
  expect(isNarrow.length).toBeGreaterThan(0);
  for (const { text, width, height } of isNarrow) {
    const lines = Math.ceil(Math.max(text.length, 1) / Math.max((width - 24) / 7.6, 1));
    const formula = /[$\\]/.test(text) ? 1 : 0;
    expect(height).toBe(34 + 16 + 19 * (lines + formula));
  }
});

test("a card that has no room for all of its step says so", () => {
  expect(look({}, 2, 400).cards.every(({ isCut }) => !isCut)).toBe(true);
  const low = look({}, 0.75, 68).cards;
  expect(low.some(({ isCut }) => isCut)).toBe(true);
});

test("there are no cards in narrow columns, in low rows, or without text", () => {
  expect(look({}, 0.2).cards).toHaveLength(0);
  const { scene, geometry } = look();
  expect(showsCards(geometry, scene)).toBe(true);
  expect(showsCards({ ...geometry, row: 67 }, scene)).toBe(false);
  expect(showsCards(geometry, { ...scene, labels: false })).toBe(false);
});
