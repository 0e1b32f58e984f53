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
    looks: looksAt(
      tree,
      tree.seq,
      { domain: [0, 1], scores: tree.scoresBy("search") },
      new Uint16Array(0),
    ),
    score: tree.score,
    sameStep: new Int32Array(tree.count).fill(-1),
    weight: null,
    order: "generated",
    top: 0,
    foldsDead: false,
    folding: NO_FOLDING,
  };
}

/** How likely it is that a leaf is pruned, or a node with children. */
interface Looks {
  readonly pruned: number;
  readonly prunedInside: number;
}

const LOOKS: readonly Looks[] = [
  { pruned: 0.3, prunedInside: 0.3 },
  { pruned: 0.9, prunedInside: 0.1 },
  { pruned: 0.95, prunedInside: 0.95 },
  { pruned: 1, prunedInside: 0 },
  { pruned: 1, prunedInside: 1 },
];

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
    looks: fc.constantFrom(null, ...LOOKS),
    steps: fc.constantFrom(1, 3, 12),
    hoists: fc.nat({ max: 3 }),
    hasWeight: fc.boolean(),
    order: fc.constantFrom(...ORDERS),
    foldsDead: fc.boolean(),
    least: fc.constantFrom(0, 0, 2, 3, 8, 30),
    hands: fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 12 })),
  })
  .map(({ tree, seed, order, foldsDead, least, ...drawn }) => {
    const random = createRandom(seed);
    const plain = plainInput(tree);
    const { count } = tree;
    const column = (draw: () => number) => Array.from({ length: count }, draw);
    // Some of them are not there yet.
    const someNodes = (size: number) =>
      new Set(Array.from({ length: size }, () => drawInteger(random, 0, count + 2)));
    return {
      ...plain,
      looks: drawn.looks === null ? plain.looks : drawLooks(tree, drawn.looks, random),
      // Few scores, so that some are equal.
      score: Float32Array.from(
        column(() => drawOne(random, [Number.NaN, -0, 0, 0.1, 0.25, 0.5, 0.5, 1, random()])),
      ),
      sameStep: Int32Array.from(column(() => drawInteger(random, -1, drawn.steps))),
      weight: drawn.hasWeight ? column(() => drawInteger(random, 0, 4)) : null,
      order,
      top: drawn.hoists === 0 ? drawInteger(random, 0, Math.ceil(count / 2) - 1) : 0,
      foldsDead,
      folding: {
        ...NO_FOLDING,
        least,
        folded: someNodes(drawn.hands[0]),
        unfolded: someNodes(drawn.hands[1]),
      },
    };
  });

function drawLooks(tree: Tree, { pruned, prunedInside }: Looks, random: () => number): Uint16Array {
  return Uint16Array.from({ length: tree.count }, (_, node) => {
    const isPruned = random() < (tree.firstChild[node] === -1 ? pruned : prunedInside);
    const kind = isPruned ? KIND.pruned : drawInteger(random, KIND.sampling, KINDS.length - 1);
    return lookOf(isPruned || random() < 0.2 ? kind : KIND.open, HOLLOW);
  });
}
