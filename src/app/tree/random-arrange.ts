import fc from "fast-check";
import { drawInteger, drawOne } from "../../lib/draw.ts";
import { createRandom } from "../../lib/random.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { NO_FOLDING, ORDERS } from "../state/reading.ts";
import type { ArrangeInput } from "./arrangement.ts";
import { HOLLOW, KIND, KINDS, lookOf, looksAt } from "./looks.ts";

/** A tree as it is, with all that any option needs. */
export function plainInput(tree: Tree): ArrangeInput {
  return {
    count: tree.count,
    parent: tree.parent,
    looks: looksAt(tree, tree.seq, [0, 1], new Uint16Array(0)),
    score: tree.score,
    sameStep: new Int32Array(tree.count).fill(-1),
    weight: null,
    order: "generated",
    top: 0,
    foldsDead: false,
    folding: NO_FOLDING,
  };
}

const anyTree = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 1, max: 70 }),
    shape: fc.constantFrom(...SHAPES),
    width: fc.constantFrom(4, 8, 40),
  })
  .map((options) => foldLog(randomLog(options)));

/** Random trees with random looks, as a log has them or by chance, and random options. */
export const anyInput: fc.Arbitrary<ArrangeInput> = fc
  .record({
    tree: anyTree,
    seed: fc.nat(),
    pruned: fc.constantFrom(null, 0.3, 0.7, 0.95, 1),
    steps: fc.constantFrom(1, 3, 12),
    hoists: fc.nat({ max: 3 }),
    hasWeight: fc.boolean(),
    order: fc.constantFrom(...ORDERS),
    foldsDead: fc.boolean(),
    least: fc.constantFrom(0, 0, 2, 3, 8, 30),
    hands: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 12 })),
  })
  .map(({ tree, seed, pruned, steps, hoists, hasWeight, order, foldsDead, least, hands }) => {
    const random = createRandom(seed);
    const plain = plainInput(tree);
    const { count } = tree;
    const column = (draw: () => number) => Array.from({ length: count }, draw);
    // Some of them are not there yet.
    const someNodes = (size: number) =>
      new Set(Array.from({ length: size }, () => drawInteger(random, 0, count + 2)));
    return {
      ...plain,
      looks:
        pruned === null ? plain.looks : Uint16Array.from(column(() => anyLook(random, pruned))),
      // Few scores, so that some are equal.
      score: Float32Array.from(
        column(() => drawOne(random, [Number.NaN, -0, 0, 0.1, 0.25, 0.5, 0.5, 1, random()])),
      ),
      sameStep: Int32Array.from(column(() => drawInteger(random, -1, steps))),
      weight: hasWeight ? column(() => drawInteger(random, 0, 4)) : null,
      order,
      top: hoists === 0 ? drawInteger(random, 0, Math.ceil(count / 2) - 1) : 0,
      foldsDead,
      folding: {
        ...NO_FOLDING,
        least,
        folded: someNodes(hands[0]),
        unfolded: someNodes(hands[1]),
      },
    };
  });

/** The look of a node that is pruned with a chance. */
function anyLook(random: () => number, pruned: number): number {
  const kind =
    random() < pruned ? KIND.pruned : drawInteger(random, KIND.sampling, KINDS.length - 1);
  return lookOf(kind, HOLLOW);
}
