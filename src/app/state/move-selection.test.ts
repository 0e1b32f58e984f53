import fc from "fast-check";
import { expect, test } from "vitest";
import { ROOT } from "../../protocol/events.ts";
import { randomLog, SHAPES } from "../../protocol/random-log.ts";
import { foldLog, type Tree } from "../../protocol/tree.ts";
import { arrangedOf } from "../tree/arranged-of.ts";
import { placementOf } from "../tree/random-scene.ts";
import { type Direction, neighbour as neighbourOf } from "./move-selection.ts";

function neighbour(tree: Tree, at: number, from: number | null, direction: Direction) {
  const placement = placementOf(tree);
  const arranged = arrangedOf(tree, () => placement);
  return neighbourOf({ tree, at, arranged, top: ROOT }, from, direction);
}

const anyMoment = fc
  .record({
    seed: fc.nat(),
    nodes: fc.integer({ min: 2, max: 60 }),
    shape: fc.constantFrom(...SHAPES),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    pick: fc.nat(),
  })
  .map(({ share, pick, ...options }) => {
    const tree = foldLog(randomLog(options));
    const at = Math.floor(share * tree.seq);
    return { tree, at, node: pick % tree.countAt(at) };
  });

test("a child's parent is where it was reached from, and only shown nodes are reached", () => {
  fc.assert(
    fc.property(anyMoment, ({ tree, at, node }) => {
      for (const direction of ["firstChild", "lastChild"] as const) {
        const child = neighbour(tree, at, node, direction);
        if (child === null) continue;
        expect(child).toBeLessThan(tree.countAt(at));
        expect(neighbour(tree, at, child, "parent")).toBe(node);
      }
    }),
  );
});

test("moving down from the first node of a column visits all of it, from top to bottom", () => {
  fc.assert(
    fc.property(anyMoment, ({ tree, at, node }) => {
      const column = shownColumn(tree, at, tree.depth[node]!);
      for (let i = 0; i < column.length; i++) {
        expect(neighbour(tree, at, column[i]!, "nextSibling")).toBe(column[i + 1] ?? null);
        expect(neighbour(tree, at, column[i]!, "prevSibling")).toBe(column[i - 1] ?? null);
      }
    }),
  );
});

test("answers are gone through in a circle, forwards and backwards", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 300, shape: "beam", width: 8 }));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: tree.seq }), (at) => {
      const answers = Array.from({ length: tree.countAt(at) }, (_, node) => node).filter(
        (node) => tree.answer(node, at) !== null,
      );
      const go = (direction: "nextAnswer" | "prevAnswer") => {
        let node = neighbour(tree, at, null, direction);
        return answers.map(() => {
          const visited = node;
          node = neighbour(tree, at, node, direction);
          return visited;
        });
      };
      expect(go("nextAnswer")).toEqual(answers);
      expect(go("prevAnswer")).toEqual(answers.toReversed());
    }),
  );
  expect(neighbour(tree, tree.seq, null, "nextAnswer")).not.toBeNull();
});

test("every move without a selection goes to the root", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 10, shape: "bushy" }));
  for (const direction of ["parent", "firstChild", "nextSibling", "root"] as const) {
    expect(neighbour(tree, tree.seq, null, direction)).toBe(ROOT);
  }
});

test("there is nothing to select before the first event", () => {
  const tree = foldLog(randomLog({ seed: 1, nodes: 10, shape: "bushy" }));
  expect(neighbour(tree, -1, null, "root")).toBeNull();
});

function shownColumn(tree: Tree, at: number, depth: number): number[] {
  const { order, columnStart } = placementOf(tree).layout;
  return [...order.subarray(columnStart[depth], columnStart[depth + 1])].filter(
    (node) => node < tree.countAt(at),
  );
}
