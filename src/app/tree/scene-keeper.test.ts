import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import type { View } from "../state/view.ts";
import { DirectLink } from "./direct-link.ts";
import { colorOf, HOLLOW, KIND, kindOf } from "./looks.ts";
import { paletteOf } from "./palette.ts";
import { viewAt } from "./random-scene.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import { scoreStep } from "./score-color.ts";

const PALETTE = paletteOf("light", false);

const anyLog = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 80 }),
    shape: fc.constantFrom(...SHAPES),
  })
  .map((options) => [...randomLog(options)]);

function newKeeper(): SceneKeeper {
  return new SceneKeeper(new DirectLink(), () => {});
}

function sceneAfter(keeper: SceneKeeper, view: View, time = 0, stillness = true) {
  keeper.update(view, time, stillness);
  return keeper.scene(view, null, PALETTE);
}

test("V9: no node moves while time is scrubbed", () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(500), { minLength: 1 }), (log, moments) => {
      const tree = foldLog(log);
      const keeper = newKeeper();
      const { row, columnX } = sceneAfter(keeper, viewAt(tree, tree.seq));
      for (const moment of moments) {
        const view = viewAt(tree, moment % log.length);
        const scene = sceneAfter(keeper, view);
        expect(scene.row).toBe(row);
        expect(scene.columnX).toBe(columnX);
        expect(scene.looks).toEqual(sceneAfter(newKeeper(), view).looks);
      }
    }),
  );
});

test("what is shown at a moment is what has been announced by then, with its status", () => {
  fc.assert(
    fc.property(anyLog, fc.nat(), (log, pick) => {
      const tree = foldLog(log);
      const at = pick % log.length;
      const then = foldLog(log.slice(0, at + 1));
      const { looks } = sceneAfter(newKeeper(), viewAt(tree, at));
      for (let node = 0; node < tree.count; node++) {
        const kind = kindOf(looks[node]!);
        expect(kind !== KIND.hidden).toBe(node < then.count);
        if (kind === KIND.hidden) continue;
        const score = then.scoreAt(node);
        const color = Number.isNaN(score) ? HOLLOW : scoreStep(score, [0, 1]);
        expect(colorOf(looks[node]!)).toBe(color);
        if (then.answer(node) === null) {
          expect(kind).toBe(KIND[then.statusAt(node) as "open"]);
        }
      }
    }),
  );
});

test("a scene does not depend on the moments and batches before it", () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 1, max: 20 }), (log, batch) => {
      const tree = new Tree();
      const keeper = newKeeper();
      for (let start = 0; start < log.length; start += batch) {
        tree.apply(log.slice(start, start + batch));
        keeper.update(viewAt(tree, tree.seq), start, true);
      }
      const grown = keeper.scene(viewAt(tree, tree.seq), null, PALETTE);
      const fresh = sceneAfter(newKeeper(), viewAt(foldLog(log), log.length - 1));
      expect(grown.row).toEqual(fresh.row);
      expect(grown.columnX).toEqual(fresh.columnX);
      for (let column = 0; column <= tree.maxDepth + 1; column++) {
        expect(grown.summaryOf(column)).toEqual(fresh.summaryOf(column));
      }
      expect(grown.looks.slice(0, tree.count)).toEqual(fresh.looks.slice(0, tree.count));
    }),
  );
});

test("small trees grow in and glide, then are still; under reduced motion they always are", () => {
  const log = [...randomLog({ seed: 1, nodes: 60, shape: "beam", width: 8 })];
  const tree = foldLog(log.slice(0, 40));
  const moving = newKeeper();
  const still = newKeeper();
  sceneAfter(moving, viewAt(tree, tree.seq), 0, false);
  sceneAfter(still, viewAt(tree, tree.seq), 0, true);
  expect(moving.isMoving).toBe(true);
  expect(still.isMoving).toBe(false);

  tree.apply(log.slice(40));
  const during = sceneAfter(moving, viewAt(tree, tree.seq), 1000, false);
  expect(during.row).not.toEqual(moving.placement.layout.row);
  const after = sceneAfter(moving, viewAt(tree, tree.seq), 2000, false);
  expect(after.row).toEqual(moving.placement.layout.row);
  expect(after.growth).toBeNull();
  expect(moving.isMoving).toBe(false);
});

test("the part that is shown lies within its bounds, and touches them", () => {
  fc.assert(
    fc.property(anyLog, fc.nat(), (log, pick) => {
      const tree = foldLog(log);
      const at = pick % log.length;
      const keeper = newKeeper();
      const { row, looks } = sceneAfter(keeper, viewAt(tree, at));
      const { top, bottom } = keeper.bounds()!;
      const rows = [...row.slice(0, tree.count)].filter((_, node) => looks[node] !== 0);
      expect(top).toBe(Math.min(...rows));
      expect(bottom).toBe(Math.max(...rows));
    }),
  );
});

test("another tree forgets the one before", () => {
  const keeper = newKeeper();
  const large = foldLog(randomLog({ seed: 1, nodes: 90, shape: "bushy" }));
  const small = foldLog(randomLog({ seed: 2, nodes: 10, shape: "chain" }));
  sceneAfter(keeper, viewAt(large, large.seq), 0, false);
  const scene = sceneAfter(keeper, viewAt(small, small.seq), 5, false);
  const fresh = sceneAfter(newKeeper(), viewAt(small, small.seq), 5, false);
  expect(scene.row).toEqual(fresh.row);
  expect(scene.columnX).toEqual(fresh.columnX);
  expect(keeper.bounds()!.bottom).toBe(keeper.bounds()!.top);
});
