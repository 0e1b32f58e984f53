import fc from "fast-check";
import { expect, test } from "vitest";
import { drawInteger, drawOne } from "../../lib/draw.ts";
import { createRandom } from "../../lib/random.ts";
import { NO_FOLDING } from "../state/reading.ts";
import { arrange } from "./arrange.ts";
import type { ArrangeInput, Arrangement } from "./arrangement.ts";
import { LivingFold } from "./living-fold.ts";
import { HOLLOW, KIND, KINDS, lookOf } from "./looks.ts";

/** Looks as often as they turn a verdict over. */
const SOME_KINDS = [
  ...[KIND.open, KIND.pruned, KIND.pruned, KIND.pruned, KIND.kept],
  ...[KIND.rightAnswer, KIND.prunedRight, KIND.sampling],
];

const anyGrowth = fc.record({
  seed: fc.nat(),
  start: fc.integer({ min: 1, max: 30 }),
  steps: fc.array(fc.record({ nodes: fc.nat({ max: 12 }), changes: fc.nat({ max: 12 }) }), {
    minLength: 1,
    maxLength: 12,
  }),
  /** 1: the newest node always goes on, 0: any node does. */
  deep: fc.constantFrom(0, 0.5, 0.9, 1),
});

function inputOf(parent: Int32Array, looks: Uint16Array, count: number): ArrangeInput {
  return {
    ...{ count, parent, looks, score: null, sameStep: null, weight: null },
    ...{ order: "generated", top: 0, foldsDead: true, folding: NO_FOLDING },
  };
}

function columnsOf({ count, shownAt, firstChild, nextSibling, stands, size }: Arrangement) {
  const part = (column: ArrayLike<number>) => Array.from(column).slice(0, count);
  return {
    ...{ shownAt: part(shownAt), firstChild: part(firstChild), nextSibling: part(nextSibling) },
    ...{ stands: part(stands), size: part(size) },
  };
}

test("V14: an arrangement that is kept up to date is the one that is made from scratch, and says which links changed", () => {
  fc.assert(
    fc.property(anyGrowth, ({ seed, start, steps, deep }) => {
      const random = createRandom(seed);
      const parent = new Int32Array(400).fill(-1);
      const looks = new Uint16Array(400);
      let count = 0;
      const add = (nodes: number) => {
        for (let i = 0; i < nodes; i++, count++) {
          if (count > 0)
            parent[count] = random() < deep ? count - 1 : drawInteger(random, 0, count - 1);
          looks[count] = lookOf(drawOne(random, SOME_KINDS), HOLLOW);
        }
      };
      add(start);
      const fold = new LivingFold();
      fold.begin(inputOf(parent, looks, count));
      let before = columnsOf(fold.arrangement!);
      for (const { nodes, changes } of steps) {
        const changed = Array.from({ length: changes }, () => drawInteger(random, 0, count - 1));
        for (const node of changed)
          looks[node] = lookOf(drawInteger(random, 1, KINDS.length - 1), HOLLOW);
        add(nodes);
        const input = inputOf(parent, looks, count);
        const touched = fold.update(input, changed);
        const after = columnsOf(fold.arrangement!);
        expect(after).toEqual(columnsOf(arrange(input)));
        for (let node = 0; node < count; node++) {
          const isSame =
            after.firstChild[node] === (before.firstChild[node] ?? -1) &&
            after.nextSibling[node] === (before.nextSibling[node] ?? -1);
          if (!isSame) expect(touched).toContain(node);
        }
        before = after;
      }
    }),
    { numRuns: 400 },
  );
});
