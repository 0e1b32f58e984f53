import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { foldedFacts, foldedWords, type Shown, WORK_A_NODE } from "./folded-facts.ts";
import { FoldedWords } from "./folded-words.ts";

/** Every child of the root with all that is below it. */
function foldedAtFirst(tree: Tree): Shown {
  const shownAt = new Int32Array(tree.count);
  const size = new Int32Array(tree.count);
  for (let node = 0; node < tree.count; node++) {
    const above = tree.parent[node]!;
    shownAt[node] = above <= 0 ? node : shownAt[above]!;
    size[shownAt[node]!]! += 1;
  }
  return { shownAt, size };
}

/** The child of the root with the most below it. */
function largest(tree: Tree, { size }: Shown): number {
  return [...tree.children(0)].reduce((a, b) => (size[a]! >= size[b]! ? a : b));
}

const anyFold = fc
  .record({
    seed: fc.nat(1000),
    nodes: fc.integer({ min: 20, max: 300 }),
    shape: fc.constantFrom("beam", "bushy", "wild"),
    work: fc.integer({ min: 1, max: 1500 }),
  })
  .map(({ work, ...options }) => {
    const tree = foldLog(randomLog(options));
    const shown = foldedAtFirst(tree);
    return { tree, shown, items: [...tree.children(0)], words: new FoldedWords(work) };
  });

/** Frames enough for any of these trees, however little is counted in one. */
const MANY_FRAMES = 10_000;

test("once nothing is left to count, the words of every item are those of all its nodes", () => {
  fc.assert(
    fc.property(anyFold, fc.double({ min: 0, max: 1, noNaN: true }), (fold, share) => {
      const { tree, shown, items, words } = fold;
      const at = Math.floor(tree.seq * share);
      const ask = () => items.map((item) => words.of(tree, at, shown, item));
      let said = ask();
      for (let frame = 0; words.isCounting; frame++) {
        expect(frame).toBeLessThan(MANY_FRAMES);
        words.advance();
        said = ask();
      }
      const exact = items.map((item) => foldedWords(foldedFacts(tree, at, shown, item)));
      expect(said).toEqual(exact);
    }),
  );
});

test("while the moment moves with every frame, what is said was so at a moment that was shown", () => {
  fc.assert(
    fc.property(
      anyFold,
      fc.integer({ min: 1, max: 60 }),
      ({ tree, shown, items, words }, moves) => {
        const item = items[0]!;
        const exactAt = (at: number) => foldedWords(foldedFacts(tree, at, shown, item))[0];
        const possible = new Set([String(shown.size[item])]);
        const first = Math.floor(tree.seq / 2);
        const last = Math.min(first + moves, tree.seq);
        for (let at = first; at <= last; at++) {
          words.advance();
          possible.add(exactAt(at));
          expect(possible).toContain(words.of(tree, at, shown, item)[0]);
        }
        while (words.isCounting) {
          words.advance();
          words.of(tree, last, shown, item);
        }
        expect(words.of(tree, last, shown, item)[0]).toBe(exactAt(last));
      },
    ),
  );
});

test("an item that a frame has room for is exact in that frame, at every moment", () => {
  const tree = foldLog(randomLog({ seed: 3, nodes: 60, shape: "beam" }));
  const shown = foldedAtFirst(tree);
  const item = largest(tree, shown);
  const words = new FoldedWords(tree.count * (WORK_A_NODE + 1));
  for (let at = tree.announcedSeq[item]!; at <= tree.seq; at++) {
    words.advance();
    const exact = foldedWords(foldedFacts(tree, at, shown, item));
    expect(words.of(tree, at, shown, item)).toEqual(exact);
  }
});

test("the memory of an arrangement may be used again while its items are counted", () => {
  const tree = foldLog(randomLog({ seed: 3, nodes: 300, shape: "beam" }));
  const shown = foldedAtFirst(tree);
  const item = largest(tree, shown);
  const exact = foldedWords(foldedFacts(tree, tree.seq, shown, item));
  const words = new FoldedWords(3 * WORK_A_NODE);
  words.of(tree, tree.seq, shown, item);
  expect(words.isCounting).toBe(true);
  const next = { ...shown, shownAt: shown.shownAt.slice() };
  shown.shownAt.fill(-1);
  while (words.isCounting) {
    words.advance();
    if (words.isCounting) words.of(tree, tree.seq, next, item);
  }
  expect(words.of(tree, tree.seq, next, item)).toEqual(exact);
});

test("one frame counts no more than it may, and goes on where the last one was", () => {
  const tree = foldLog(randomLog({ seed: 5, nodes: 2000, shape: "beam" }));
  const shown = foldedAtFirst(tree);
  const item = largest(tree, shown);
  const nodesAFrame = 10;
  const words = new FoldedWords(nodesAFrame * WORK_A_NODE);
  let frames = 0;
  expect(words.of(tree, tree.seq, shown, item)).toEqual([`${shown.size[item]}`]);
  while (words.isCounting) {
    words.advance();
    words.of(tree, tree.seq, shown, item);
    frames++;
  }
  expect(frames).toBeGreaterThanOrEqual(Math.floor(shown.size[item]! / nodesAFrame) - 1);
  expect(frames).toBeLessThan(
    tree.count / nodesAFrame + tree.count / WORK_A_NODE / nodesAFrame + 2,
  );
});

test("what nobody asks for any more is not counted on", () => {
  const tree = foldLog(randomLog({ seed: 5, nodes: 300, shape: "beam" }));
  const shown = foldedAtFirst(tree);
  const words = new FoldedWords(1);
  words.of(tree, tree.seq, shown, largest(tree, shown));
  words.advance();
  expect(words.isCounting).toBe(true);
  words.advance();
  expect(words.isCounting).toBe(false);
});

test("nothing that was said of one tree is said of another", () => {
  const [one, other] = [3, 4].map((seed) =>
    foldLog(randomLog({ seed, nodes: 300, shape: "beam" })),
  );
  const foldedOne = foldedAtFirst(one!);
  const shown = foldedAtFirst(other!);
  const item = largest(other!, shown);
  const words = new FoldedWords(3 * WORK_A_NODE);
  do {
    words.advance();
    words.of(one!, one!.seq, foldedOne, item);
  } while (words.isCounting);
  expect(words.of(other!, other!.seq, shown, item)).toEqual([`${shown.size[item]}`]);
});
