import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { type RandomLogOptions, randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import { NO_FOLDING, ORDERS, SIZES } from "../state/reading.ts";
import type { View } from "../state/view.ts";
import { arrangedOf } from "./arranged-of.ts";
import { DirectLink } from "./direct-link.ts";
import { isFolded } from "./ground.ts";
import { KIND, lookOf } from "./looks.ts";
import { paletteOf } from "./palette.ts";
import { placementOf, viewAt } from "./random-scene.ts";
import { anyShape, type TreeShape } from "./random-shape.ts";
import { SceneKeeper } from "./scene-keeper.ts";
import { TreePlacer } from "./tree-placer.ts";
import type { Placement } from "./view-messages.ts";

const anyOptions: fc.Arbitrary<RandomLogOptions> = fc.record({
  seed: fc.nat(),
  nodes: fc.integer({ min: 2, max: 120 }),
  shape: fc.constantFrom(...SHAPES),
});

/** What a reader may ask of a tree with up to so many nodes. */
function anyWish(nodes: number): fc.Arbitrary<Partial<View>> {
  const someNodes = fc.uniqueArray(fc.nat(nodes - 1), { maxLength: 3 }).map((ids) => new Set(ids));
  return fc.record({
    order: fc.constantFrom(...ORDERS),
    top: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.nat(nodes - 1)),
    folding: fc.record({
      dead: fc.constantFrom("auto" as const, "on" as const, "off" as const),
      least: fc.constantFrom(0, 0, 3, 9),
      by: fc.constantFrom(...SIZES),
      folded: someNodes,
      unfolded: someNodes,
    }),
  });
}

const anyWishedTree = anyOptions.chain((options) =>
  fc.record({
    log: fc.constant([...randomLog(options)]),
    wishes: fc.array(anyWish(options.nodes), { minLength: 1, maxLength: 4 }),
    batch: fc.integer({ min: 1, max: 60 }),
  }),
);

/** The part of a placement that means something: rows of items, and what is shown where. */
function meaning(placement: Placement) {
  const { layout, top, shownAt, stands, size } = placement;
  const { columnStart, columns, count } = layout;
  const order = layout.order.slice(0, columnStart[columns]);
  return {
    ...{ top, count, columns, order, columnStart: columnStart.slice() },
    rows: Array.from(order, (item) => layout.row[item]),
    shownAt: shownAt && [...shownAt],
    stands: stands && [...stands],
    size: size && [...size],
  };
}

test("V2: where everything stands depends on the tree and on what is asked, not on what was before", () => {
  fc.assert(
    fc.property(anyWishedTree, ({ log, wishes, batch }) => {
      const tree = new Tree();
      const keeper = new SceneKeeper(new DirectLink(), () => {});
      for (let from = 0; from < log.length; from += batch) {
        tree.apply(log.slice(from, from + batch));
        const wish = wishes[(from / batch) % wishes.length];
        keeper.update({ ...viewAt(tree, tree.seq), ...wish }, from, true);
      }
      const wish = wishes[0]!;
      const view = { ...viewAt(tree, tree.seq), ...wish };
      keeper.update(view, log.length, true);
      const fresh = new SceneKeeper(new DirectLink(), () => {});
      fresh.update({ ...view, tree: foldLog(log) }, 0, true);
      expect(meaning(keeper.placement)).toEqual(meaning(fresh.placement));
      const palette = paletteOf("light", false);
      const [grown, once] = [keeper, fresh].map((each) => each.scene(view, null, palette));
      for (const item of keeper.placement.layout.order) {
        expect(grown!.looks[item]).toBe(once!.looks[item]);
      }
      for (let column = 0; column <= tree.maxDepth; column++) {
        expect(grown!.summaryOf(column)).toEqual(once!.summaryOf(column));
      }
      expect(keeper.bounds()).toEqual(fresh.bounds());
    }),
    { numRuns: 200 },
  );
});

test("V2: giving up what only changes need moves nothing, neither then nor when the tree grows on", () => {
  fc.assert(
    fc.property(
      anyShape(),
      fc.nat(),
      fc.boolean(),
      fc.integer({ min: 1, max: 20 }),
      grownAndTrimmed,
    ),
    { numRuns: 200 },
  );
});

/** Places a tree batch by batch, once with everything given up after each. */
function grownAndTrimmed(tree: TreeShape, seed: number, foldsDead: boolean, batch: number): void {
  const random = createRandom(seed);
  const arranging = { order: "generated" as const, top: 0, foldsDead, folding: NO_FOLDING };
  const [kept, trimmed] = [new TreePlacer(), new TreePlacer()];
  for (let from = 0; from < tree.count; from += batch) {
    const parents = tree.parent.slice(from, from + batch);
    const nodes = Int32Array.from(parents, (_, i) => from + i);
    const looks = Uint16Array.from(nodes, () =>
      lookOf(random() < 0.5 ? KIND.pruned : KIND.open, 0),
    );
    const placements = [kept, trimmed].map((placer) => {
      placer.grow(parents);
      placer.tell(null, { nodes, looks }, []);
      return placer.place(arranging);
    });
    expect(meaning(placements[1]!)).toEqual(meaning(placements[0]!));
    trimmed.trim();
    const layout = { ...trimmed.layout, count: trimmed.count };
    expect(meaning({ ...trimmed.placed, layout })).toEqual(meaning(placements[0]!));
  }
}

test("a parent's items are those that name it as their parent, in the order in which they stand", () => {
  fc.assert(
    fc.property(anyWishedTree, ({ log, wishes }) => {
      const tree = foldLog(log);
      const placement = placementOf(tree, wishes[0]);
      const arranged = arrangedOf(tree, () => placement);
      const { order, row, columnStart, columns } = placement.layout;
      expect(arranged.parentOf(placement.top)).toBe(-1);
      const seen = new Set([placement.top]);
      for (const item of order) {
        const children = arranged.childrenOf(item);
        for (const [i, child] of children.entries()) {
          expect(arranged.parentOf(child)).toBe(item);
          expect(arranged.itemOf(child)).toBe(child);
          if (i > 0) expect(row[child]!).toBeGreaterThan(row[children[i - 1]!]!);
          seen.add(child);
        }
        if (isFolded(placement, item)) expect(children).toEqual([]);
      }
      expect(seen.size).toBe(order.length);
      for (let column = 0; column < columns; column++) {
        const items = order.slice(columnStart[column], columnStart[column + 1]);
        for (const [i, item] of items.entries()) {
          expect(arranged.beside(item, 1)).toBe(items[i + 1] ?? null);
          expect(arranged.beside(item, -1)).toBe(items[i - 1] ?? null);
        }
      }
    }),
  );
});

test("what scrubbing shows of folded items is what is in them at the moment", () => {
  fc.assert(
    fc.property(anyWishedTree, fc.array(fc.nat(), { minLength: 1 }), (given, moments) => {
      const tree = foldLog(given.log);
      const keeper = new SceneKeeper(new DirectLink(), () => {});
      const palette = paletteOf("light", false);
      for (const moment of moments) {
        const view = { ...viewAt(tree, moment % given.log.length), ...given.wishes[0] };
        keeper.update(view, 0, true);
        const fresh = new SceneKeeper(new DirectLink(), () => {});
        fresh.update(view, 0, true);
        const [looks, expected] = [keeper, fresh].map(
          (each) => each.scene(view, null, palette).looks,
        );
        for (const item of keeper.placement.layout.order) {
          expect(looks![item]).toBe(expected![item]);
        }
      }
    }),
  );
});
