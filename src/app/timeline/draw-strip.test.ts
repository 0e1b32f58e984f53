import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { roundStarts } from "../state/rounds.ts";
import { paletteOf } from "../tree/palette.ts";
import { type Call, recordingContext } from "../tree/recording-context.ts";
import { scoreColor } from "../tree/score-color.ts";
import { drawStrip, isDense } from "./draw-strip.ts";
import { EventGrid } from "./event-grid.ts";
import { FADED, paintCells, rgbaOf } from "./paint-cells.ts";
import { rowTop, stripPlaces } from "./strip-places.ts";
import { timeScale } from "./time-scale.ts";

const SIZE = { width: 900, height: 60 };
const PALETTE = paletteOf("light", false);

function layOut(tree: Tree, size = SIZE) {
  const grid = new EventGrid();
  grid.update(tree, () => false);
  const scale = timeScale(tree.seq + 1, size.width);
  return { grid, places: stripPlaces(grid, { scale, ...size }) };
}

function draw(tree: Tree): Call[] {
  const calls: Call[] = [];
  const ctx = recordingContext((call) => calls.push(call));
  drawStrip(ctx, { tree, ...layOut(tree), palette: PALETTE, domain: [0, 1], picture: null });
  return calls;
}

function paint(tree: Tree, size = SIZE, pixelRatio = 1) {
  const { grid, places } = layOut(tree, size);
  const [width, height] = [size.width * pixelRatio, size.height * pixelRatio];
  const data = new Uint32Array(width * height);
  const colors = { outline: PALETTE.outline, domain: [0, 1] as const };
  paintCells({ data, width, height, pixelRatio }, { grid, places, colors });
  return { data, grid, places };
}

test.each(SHAPES)("everything is drawn on the strip (%s)", (shape) => {
  for (const nodes of [2, 40, 3000]) {
    const tree = foldLog(randomLog({ seed: 7, nodes, shape }));
    for (const { name, numbers } of draw(tree)) {
      expect(numbers.every(Number.isFinite), name).toBe(true);
      if (name !== "fillRect") continue;
      const [x, y, width, height] = numbers;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x! + width!).toBeLessThanOrEqual(SIZE.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y! + height!).toBeLessThanOrEqual(SIZE.height);
    }
  }
});

test("every round of a short run has its number", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 60, shape: "beam", width: 16 }));
  const numbers = draw(tree).flatMap(({ name, text }) => (name === "fillText" ? [text] : []));
  expect(numbers).toEqual([...roundStarts(tree)].map(({ round }) => String(round)));
});

test("in a short run every step has a mark of its own, and so has every answer", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 60, shape: "beam", width: 16 }));
  const { grid, places } = layOut(tree);
  expect(isDense(grid, places)).toBe(false);
  const rects = draw(tree).filter(({ name }) => name === "fillRect");
  let answers = 0;
  for (let node = 1; node < tree.count; node++) if (tree.answer(node)) answers++;
  const rounds = [...roundStarts(tree)].length;
  expect(rects).toHaveLength(tree.count - 1 + answers + rounds);
});

test("of a long run every pixel shows the most telling of its steps, and no step is left out", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SHAPES),
      fc.integer({ min: 200, max: 6000 }),
      fc.constantFrom(1, 2),
      (shape, nodes, pixelRatio) => {
        const tree = foldLog(randomLog({ seed: nodes, nodes, shape, width: 32 }));
        const { data, grid, places } = paint(tree, SIZE, pixelRatio);
        const pixels = new Set(data);
        for (let node = 1; node < tree.count; node++) {
          const seq = tree.scoredSeq[node]!;
          if (seq < 0) continue;
          const x = Math.floor(
            (places.scale.start + (seq + 0.5) * places.scale.eventPx) * pixelRatio,
          );
          const y = Math.round(rowTop(places, grid.rowOf(tree.depth[node]!)) * pixelRatio);
          // Its own pixel, or the one beside it, since columns need not end where pixels do.
          const width = SIZE.width * pixelRatio;
          const near = [-1, 0, 1].map((by) => data[y * width + x + by]);
          expect(near.some((pixel) => pixel !== 0)).toBe(true);
        }
        let best = Number.NEGATIVE_INFINITY;
        for (let node = 1; node < tree.count; node++) {
          if (tree.statusAt(node) === "pruned") continue;
          if (tree.score[node]! > best) best = tree.score[node]!;
        }
        if (best >= 0) expect(pixels).toContain(rgbaOf(scoreColor(best, [0, 1]), 1));
      },
    ),
    { numRuns: 25 },
  );
});

test("what is deeper than the strip has pixels is folded, and seen", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 5000, shape: "chain" }));
  const { data, places } = paint(tree, { width: 300, height: 40 });
  expect(places.rowsTogether).toBeGreaterThan(1);
  const painted = [...data].filter((pixel) => pixel !== 0);
  expect(painted.length).toBeGreaterThan(100);
});

test("a colour is written as the picture has it", () => {
  const bytes = new Uint8Array(Uint32Array.of(rgbaOf("#102030", FADED)).buffer);
  expect([...bytes]).toEqual([0x10, 0x20, 0x30, 102]);
});

test("nothing is drawn before the first event", () => {
  expect(draw(foldLog([])).map(({ name }) => name)).toEqual(["clearRect"]);
});
