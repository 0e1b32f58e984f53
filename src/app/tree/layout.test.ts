import { hierarchy, tree as tidyTree } from "d3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomLog } from "../../protocol/random-log.ts";
import { foldLog, Tree } from "../../protocol/tree.ts";
import { COUSIN_ROWS, layOut } from "./layout.ts";
import { anyShape, chainOf, shapeOf } from "./random-shape.ts";

test("rows are those of d3's tidy tree, with cousins further apart than siblings", () => {
  fc.assert(
    fc.property(anyShape(), (shape) => {
      const { row } = layOut(shape);
      const expected = tidyRows(shape.parent, shape.count);
      for (let node = 0; node < shape.count; node++) {
        expect(row[node]! - row[0]!).toBeCloseTo(expected[node]!, 9);
      }
    }),
  );
});

test("V1: no two nodes of a column overlap, and a column is in the order of its rows", () => {
  fc.assert(
    fc.property(anyShape(), (shape) => {
      const { row, order, columnStart, columns } = layOut(shape);
      for (let column = 0; column < columns; column++) {
        for (let i = columnStart[column]! + 1; i < columnStart[column + 1]!; i++) {
          const [above, below] = [order[i - 1]!, order[i]!];
          const isSibling = shape.parent[above] === shape.parent[below];
          const least = isSibling ? 1 : COUSIN_ROWS;
          expect(row[below]! - row[above]!).toBeGreaterThan(least - 1e-9);
        }
      }
    }),
  );
});

test("a parent stands in the middle of its first and last child", () => {
  fc.assert(
    fc.property(anyShape(), (shape) => {
      const { row } = layOut(shape);
      for (let node = 0; node < shape.count; node++) {
        const first = shape.firstChild[node]!;
        if (first < 0) continue;
        let last = first;
        while (shape.nextSibling[last]! >= 0) last = shape.nextSibling[last]!;
        expect(row[node]!).toBeCloseTo((row[first]! + row[last]!) / 2, 9);
      }
    }),
  );
});

test("every node stands in the column of its depth, once", () => {
  fc.assert(
    fc.property(anyShape(), (shape) => {
      const { order, columnStart, columns } = layOut(shape);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from(order, (_, i) => i));
      for (let column = 0; column < columns; column++) {
        for (const node of order.subarray(columnStart[column], columnStart[column + 1])) {
          expect(shape.depth[node]).toBe(column);
        }
      }
    }),
  );
});

test("V2: the layout does not depend on the batches in which the tree arrived", () => {
  fc.assert(
    fc.property(
      fc.record({ seed: fc.nat(), nodes: fc.integer({ min: 2, max: 80 }) }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (options, sizes) => {
        const log = [...randomLog({ ...options, shape: "wild" })];
        const tree = new Tree();
        for (let start = 0, i = 0; start < log.length; i++) {
          const end = start + sizes[i % sizes.length]!;
          tree.apply(log.slice(start, end));
          layOut(tree);
          start = end;
        }
        expect(layOut(tree)).toEqual(layOut(foldLog(log)));
      },
    ),
    { numRuns: 30 },
  );
});

test("equal subtrees are drawn equally", () => {
  fc.assert(
    fc.property(anyShape(12), anyShape(12), (twin, other) => {
      // A root with three children: twin, other, twin.
      const parents = [-1, 0, 0, 0];
      const starts = [twin, other, twin].map((part, child) => {
        const start = parents.length - 1;
        for (let node = 1; node < part.count; node++) {
          const parent = part.parent[node]!;
          parents.push(parent === 0 ? child + 1 : start + parent);
        }
        return start;
      });
      const { row } = layOut(shapeOf(parents));
      for (let node = 1; node < twin.count; node++) {
        const first = row[starts[0]! + node]! - row[1]!;
        const third = row[starts[2]! + node]! - row[3]!;
        expect(third).toBeCloseTo(first, 9);
      }
    }),
  );
});

test("a chain 50,000 deep is laid out in one row", () => {
  const { row, columns } = layOut(chainOf(50_000));
  expect(columns).toBe(50_000);
  expect(row.every((value) => value === row[0])).toBe(true);
});

test("nothing is laid out before the run has started", () => {
  expect(layOut(new Tree()).columns).toBe(0);
});

interface Item {
  readonly node: number;
  readonly children: Item[];
}

/** The same rows by d3-hierarchy, on objects and by recursion, relative to the root. */
function tidyRows(parent: Int32Array, count: number): number[] {
  const items = Array.from({ length: count }, (_, node): Item => ({ node, children: [] }));
  for (let node = 1; node < count; node++) items[parent[node]!]!.children.push(items[node]!);
  const root = tidyTree<Item>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.parent === b.parent ? 1 : COUSIN_ROWS))(hierarchy(items[0]!));
  const rows: number[] = [];
  root.each(({ data, x }) => {
    rows[data.node] = x - root.x;
  });
  return rows;
}
