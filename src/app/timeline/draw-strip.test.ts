import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { roundStarts } from "../state/rounds.ts";
import { looksAt } from "../tree/looks.ts";
import { paletteOf } from "../tree/palette.ts";
import { type Call, recordingContext } from "../tree/recording-context.ts";
import { drawStrip } from "./draw-strip.ts";
import { timeScale } from "./time-scale.ts";

const SIZE = { width: 900, height: 60 };

function draw(tree: Tree): Call[] {
  const calls: Call[] = [];
  drawStrip(
    recordingContext((call) => calls.push(call)),
    {
      tree,
      looks: looksAt(tree, tree.seq, [0, 1], new Uint16Array(0)),
      scale: timeScale(tree.seq + 1, SIZE.width),
      palette: paletteOf("light", false),
      ...SIZE,
    },
  );
  return calls;
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

test("a strip has no more cells than pixels, however long the run", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 30_000, shape: "chain" }));
  expect(draw(tree).length).toBeLessThan(SIZE.width * SIZE.height);
});

test("nothing is drawn before the first event", () => {
  expect(draw(foldLog([])).map(({ name }) => name)).toEqual(["clearRect"]);
});
