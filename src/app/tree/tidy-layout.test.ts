import { hierarchy, tree as tidyTree } from "d3";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyShape, shapeOf } from "./random-shape.ts";
import { type ItemTree, type Layout, TidyLayout } from "./tidy-layout.ts";
import { COUSIN_ROWS } from "./tidy-packing.ts";

test("V1: siblings are at least a row apart, cousins one and a half, and columns go from top to bottom", () => {
  fc.assert(
    fc.property(anyTree(), (parents) => {
      const { row, order, columnStart, columns } = built(parents);
      for (let column = 0; column < columns; column++) {
        for (let i = columnStart[column]! + 1; i < columnStart[column + 1]!; i++) {
          const [above, below] = [order[i - 1]!, order[i]!];
          const least = parents[above] === parents[below] ? 1 : COUSIN_ROWS;
          expect(row[below]! - row[above]!).toBeGreaterThanOrEqual(least);
        }
      }
    }),
  );
});

test("siblings are in order, and their parent is in the middle, to the sixteenth of a row", () => {
  fc.assert(
    fc.property(anyTree(), (parents) => {
      const { row } = built(parents);
      const children = childrenOf(treeOf(parents));
      expect(row[0]).toBe(0);
      for (const [item, below] of children) {
        const rows = below.map((child) => row[child]!);
        expect(rows).toEqual(rows.toSorted((a, b) => a - b));
        expect(row[item]! * 16).toBe(Math.round(row[item]! * 16));
        if (rows.length > 0) expect(row[item]).toBe((rows[0]! + rows.at(-1)!) / 2);
      }
    }),
  );
});

test("every item stands once in the column of its distance from the top", () => {
  fc.assert(
    fc.property(anyTree(), (parents) => {
      const { order, columnStart, columns, count } = built(parents);
      expect(count).toBe(parents.length);
      expect([...order].sort((a, b) => a - b)).toEqual(parents.map((_, i) => i));
      const depth: number[] = [];
      for (const [node, parent] of parents.entries()) depth[node] = (depth[parent] ?? -1) + 1;
      expect(columns).toBe(Math.max(...depth) + 1);
      for (let column = 0; column < columns; column++) {
        for (const item of order.subarray(columnStart[column], columnStart[column + 1])) {
          expect(depth[item]).toBe(column);
        }
      }
    }),
  );
});

test("each subtree is as near to all earlier ones as their contours allow, and leaves between are spread", () => {
  fc.assert(
    fc.property(anyTree(), (parents) => {
      expect({ ...rowsOf(built(parents)) }).toEqual(plainRows(treeOf(parents)));
    }),
    { numRuns: 300 },
  );
});

test("V2: items that are added in any batches are laid out as if they had always been there", () => {
  fc.assert(
    fc.property(
      anyTree(150),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
      fc.nat(60),
      (parents, sizes, first) => {
        const layout = new TidyLayout();
        let end = Math.min(first + 1, parents.length);
        layout.build(treeOf(parents.slice(0, end)));
        for (let i = 0; end < parents.length; i++) {
          const start = end;
          end = Math.min(end + sizes[i % sizes.length]!, parents.length);
          layout.append(Int32Array.from(parents.slice(start, end)));
          expectSame(layout.layout, built(parents.slice(0, end)));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test("equal subtrees are drawn equally", () => {
  fc.assert(
    fc.property(anyTree(20), anyTree(20), (twin, other) => {
      // A root with three children: twin, other, twin.
      const parents = [-1, 0, 0, 0];
      const starts = [twin, other, twin].map((part, child) => {
        const start = parents.length - 1;
        for (const parent of part.slice(1)) parents.push(parent === 0 ? child + 1 : start + parent);
        return start;
      });
      const { row } = built(parents);
      for (let node = 1; node < twin.length; node++) {
        expect(row[starts[2]! + node]! - row[3]!).toBe(row[starts[0]! + node]! - row[1]!);
      }
    }),
  );
});

test("items may have any ids, and their siblings any order", () => {
  fc.assert(
    fc.property(anyTree(), fc.infiniteStream(fc.nat(1_000)), (parents, draws) => {
      const ids = sortedBy(
        parents.map((_, i) => i * 2 + 1),
        () => draws.next().value,
      );
      const tree = renamed(treeOf(parents), ids);
      const layout = new TidyLayout();
      layout.build(tree);
      const expected = built(parents);
      const { row, order, columnStart, count } = layout.layout;
      expect(count).toBe(parents.length);
      expect(parents.map((_, i) => row[ids[i]!])).toEqual(rowsOf(expected));
      expect([...order]).toEqual(Array.from(expected.order, (item) => ids[item]));
      expect(columnStart).toEqual(expected.columnStart);
    }),
  );
});

test("what does not hang on the top has no place", () => {
  fc.assert(
    fc.property(anyTree(), fc.nat(), (parents, draw) => {
      const tree = { ...treeOf(parents), top: draw % parents.length };
      const layout = new TidyLayout();
      layout.build(tree);
      const { order, row, count } = layout.layout;
      const plain = plainRows(tree);
      expect([...order].sort((a, b) => a - b)).toEqual(Object.keys(plain).map(Number));
      expect(count).toBe(order.length);
      for (const item of order) expect(row[item]).toBe(plain[item]);
    }),
  );
});

test("a layout can be built again, smaller or larger, and grow then", () => {
  fc.assert(
    fc.property(anyTree(40), anyTree(40), (before, parents) => {
      const layout = new TidyLayout();
      layout.build(treeOf(before));
      layout.append(Int32Array.of(0));
      layout.build(treeOf(parents.slice(0, 1)));
      layout.append(Int32Array.from(parents.slice(1)));
      expectSame(layout.layout, built(parents));
    }),
  );
});

test("V2: a tree of which some parts have gone, come back or changed places is laid out as if it were new", () => {
  fc.assert(
    fc.property(
      anyTree(120),
      fc.array(
        fc.record({
          gone: fc.array(fc.nat(), { maxLength: 6 }),
          turned: fc.nat(),
          share: fc.integer({ min: 50, max: 100 }),
        }),
        {
          minLength: 2,
          maxLength: 8,
        },
      ),
      (parents, states) => {
        const layout = new TidyLayout();
        let count = 1;
        for (const { gone, turned, share } of states) {
          count = Math.max(count, Math.ceil((parents.length * share) / 100));
          const tree = without(
            parents.slice(0, count),
            new Set(gone.map((draw) => draw % count)),
            turned,
          );
          layout.build(tree);
          expectSameItems(layout, tree);
        }
      },
    ),
    { numRuns: 600 },
  );
});

test("V2: a large tree of which a few parts come and go is laid out as if it were new", () => {
  fc.assert(
    fc.property(
      anyTree(600),
      fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 10 }),
      fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 10, maxLength: 10 }),
      (parents, states, born) => {
        const layout = new TidyLayout();
        let count = Math.max(1, Math.floor(parents.length * 0.9));
        const gone = new Set<number>();
        for (const [i, draws] of states.entries()) {
          count = Math.min(count + born[i]!, parents.length);
          for (const draw of draws) if (!gone.delete(draw % count)) gone.add(draw % count);
          const tree = without(parents.slice(0, count), gone, null);
          layout.build(tree);
          expectSameItems(layout, tree);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("a layout that is built again can grow where every id is an item once more", () => {
  const parents = chainOf(40);
  const layout = new TidyLayout();
  layout.build(treeOf(parents));
  layout.build(without(parents, new Set([39]), null));
  expect(() => layout.append(Int32Array.of(38))).toThrow("every id is an item");
  layout.build(treeOf(parents));
  layout.append(Int32Array.of(39, 3));
  expectSame(layout.layout, built([...parents, 39, 3]));
});

test("trees are hardly higher than d3's tidy ones", () => {
  fc.assert(
    fc.property(anyTree(200), (parents) => {
      expect(heightOf(rowsOf(built(parents)))).toBeLessThanOrEqual(
        heightOf(d3Rows(parents)) * 1.02 + 1,
      );
    }),
  );
});

test("a chain 50,000 deep is laid out in one row, and goes on", () => {
  const layout = new TidyLayout();
  layout.build(treeOf(chainOf(50_000)));
  layout.append(Int32Array.of(49_999, 50_000, 25_000));
  const { row, columns } = layout.layout;
  expect(columns).toBe(50_002);
  expect(row.subarray(0, 25_001).every((value) => value === 0)).toBe(true);
  expect([row[50_001], row[50_002]]).toEqual([-0.5, 0.5]);
});

test("100,000 siblings are laid out one below the other, and so are two more", () => {
  const parents = [-1, ...new Array<number>(100_000).fill(0)];
  const layout = new TidyLayout();
  layout.build(treeOf(parents));
  layout.append(Int32Array.of(0, 0));
  const { row, order } = layout.layout;
  expect(order.every((item, i) => item === i)).toBe(true);
  for (let item = 2; item < order.length; item++) expect(row[item]! - row[item - 1]!).toBe(1);
});

test("rows that are too far out to be exact do not tangle columns", () => {
  const wide = 2_100_000;
  const parents = [-1, 0, ...new Array<number>(wide).fill(1)];
  const layout = new TidyLayout();
  layout.build(treeOf(parents));
  const more = [2, 4, wide, wide + 1];
  layout.append(Int32Array.from(more));
  const scratch = built([...parents, ...more]);
  expect(layout.layout.order.every((item, i) => item === scratch.order[i])).toBe(true);
});

test("a layout can begin with nothing", () => {
  const layout = new TidyLayout();
  expect(layout.layout).toMatchObject({ count: 0, columns: 0 });
  layout.append(Int32Array.of(-1));
  layout.append(Int32Array.of(0, 1, 0));
  expectSame(layout.layout, built([-1, 0, 1, 0]));
  layout.build(treeOf([]));
  expect(layout.layout).toMatchObject({ count: 0, columns: 0 });
  layout.append(Int32Array.of(-1, 0));
  expectSame(layout.layout, built([-1, 0]));
});

test("an item whose parent does not come first cannot be added, and nothing is added with it", () => {
  const layout = new TidyLayout();
  layout.build(treeOf([-1, 0]));
  expect(() => layout.append(Int32Array.of(0, -1))).toThrow("item 3 cannot hang on -1");
  expect(() => layout.append(Int32Array.of(2))).toThrow("item 2 cannot hang on 2");
  layout.append(Int32Array.of(0));
  expectSame(layout.layout, built([-1, 0, 0]));
});

test("nothing can be added where some ids are no items, or come before their parents", () => {
  const layout = new TidyLayout();
  layout.build({ ...treeOf([-1, 0, 1]), top: 1 });
  expect(() => layout.append(Int32Array.of(1))).toThrow("every id is an item");
  layout.build(renamed(treeOf([-1, 0, 1]), [0, 2, 1]));
  expect(() => layout.append(Int32Array.of(1))).toThrow("every id is an item");
});

/** Trees of all shapes, as parents by id: any, and combs of uneven length that hang on few nodes. */
function anyTree(size = 80): fc.Arbitrary<number[]> {
  const combs = fc
    .tuple(
      fc.array(fc.nat(1_000), { maxLength: size, size: "max" }),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([draws, width]) => {
      const parents = [-1];
      const ends = new Array<number>(width).fill(0);
      for (const draw of draws) {
        const end = draw % width;
        parents.push(ends[end]!);
        if (draw % 3 > 0) ends[end] = parents.length - 1;
      }
      return parents;
    });
  return fc.oneof(
    anyShape(size).map(({ parent, count }) => [...parent.subarray(0, count)]),
    combs,
  );
}

function chainOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i - 1);
}

function treeOf(parents: readonly number[]): ItemTree {
  return { ...shapeOf(parents), top: 0 };
}

function built(parents: readonly number[]): Layout {
  const layout = new TidyLayout();
  layout.build(treeOf(parents));
  return layout.layout;
}

function rowsOf({ row, count }: Layout): number[] {
  return [...row.subarray(0, count)];
}

function expectSame(actual: Layout, expected: Layout): void {
  expect(rowsOf(actual)).toEqual(rowsOf(expected));
  expect(actual.order).toEqual(expected.order);
  expect(actual.columnStart).toEqual(expected.columnStart);
  expect(actual.columns).toBe(expected.columns);
}

/** Whether it is what a new layout of the same tree is. */
function expectSameItems({ layout }: TidyLayout, tree: ItemTree): void {
  const fresh = new TidyLayout();
  fresh.build(tree);
  const { order, row, columnStart, columns } = layout;
  const expected = fresh.layout;
  expect(order).toEqual(expected.order);
  expect(columnStart).toEqual(expected.columnStart);
  expect(columns).toBe(expected.columns);
  expect(Array.from(order, (item) => row[item])).toEqual(
    Array.from(order, (item) => expected.row[item]),
  );
}

function heightOf(rows: readonly number[]): number {
  return Math.max(...rows) - Math.min(...rows);
}

/** The tree without what is below some nodes or is one of them, but for the top; every fifth family is the other way around, from `turned` on. */
function without(
  parents: readonly number[],
  gone: ReadonlySet<number>,
  turned: number | null,
): ItemTree {
  const isGone = parents.map((_, node) => gone.has(node) && node > 0);
  const firstChild = new Int32Array(parents.length).fill(-1);
  const nextSibling = new Int32Array(parents.length).fill(-1);
  const children = new Map<number, number[]>();
  for (const [node, parent] of parents.entries()) {
    if (parent < 0 || isGone[node] || isGone[parent]) {
      isGone[node] = parent >= 0;
      continue;
    }
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  for (const [parent, below] of children) {
    if (turned !== null && (parent + turned) % 5 === 0) below.reverse();
    firstChild[parent] = below[0]!;
    for (let i = 1; i < below.length; i++) nextSibling[below[i - 1]!] = below[i]!;
  }
  return { count: parents.length, top: 0, firstChild, nextSibling };
}

/** The same tree with node i called `ids[i]`. */
function renamed({ count, top, firstChild, nextSibling }: ItemTree, ids: number[]): ItemTree {
  const newCount = Math.max(...ids) + 1;
  const column = (old: Int32Array) => {
    const links = new Int32Array(newCount).fill(-1);
    for (let i = 0; i < count; i++) links[ids[i]!] = ids[old[i]!] ?? -1;
    return links;
  };
  return {
    count: newCount,
    top: ids[top]!,
    firstChild: column(firstChild),
    nextSibling: column(nextSibling),
  };
}

function sortedBy(items: number[], key: () => number): number[] {
  return items
    .map((item) => ({ item, key: key() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The items that hang on the top, parents first, with their children. */
function childrenOf({ top, firstChild, nextSibling }: ItemTree): Map<number, number[]> {
  const children = new Map<number, number[]>([[top, []]]);
  for (const [item, below] of children) {
    for (let child = firstChild[item]!; child >= 0; child = nextSibling[child]!) {
      below.push(child);
      children.set(child, []);
    }
  }
  return children;
}

/** What is asked of a layout, in the plainest words: with all contours written out, in sixteenths of a row. */
function plainRows(tree: ItemTree): Record<number, number> {
  const children = childrenOf(tree);
  const place = new Map<number, number>();
  const contours = new Map<number, { upper: number[]; lower: number[] }>();
  for (const [item, below] of [...children].reverse()) {
    const upper: number[] = [];
    const lower: number[] = [];
    for (const [i, child] of below.entries()) {
      const own = contours.get(child)!;
      const needed = own.upper.map((top, level) =>
        lower[level] === undefined ? 0 : lower[level] + (level === 0 ? 16 : 24) - top,
      );
      const at = 2 * Math.ceil(Math.max(...needed) / 2);
      place.set(child, at);
      for (const [level, top] of own.upper.entries()) {
        upper[level] ??= at + top;
        lower[level] = at + own.lower[level]!;
      }
      if (isInner(child)) spread(below.slice(0, i + 1));
    }
    const middle = below.length > 0 ? place.get(below.at(-1)!)! / 2 : 0;
    for (const child of below) place.set(child, place.get(child)! - middle);
    contours.set(item, {
      upper: [0, ...upper.map((at) => at - middle)],
      lower: [0, ...lower.map((at) => at - middle)],
    });
  }
  const rows: Record<number, number> = { [tree.top]: 0 };
  for (const [item, below] of children) {
    for (const child of below) rows[child] = rows[item]! + place.get(child)! / 16;
  }
  return rows;

  function isInner(item: number): boolean {
    return children.get(item)!.length > 0;
  }

  /** Spreads the leaves before the last one of `family` and after the last inner one before it. */
  function spread(family: number[]): void {
    const before = family.slice(0, -1).findLastIndex(isInner);
    if (before < 0) return;
    const run = family.slice(before);
    const [start, end] = [place.get(run[0]!)!, place.get(run.at(-1)!)!];
    for (const [i, leaf] of run.entries()) {
      place.set(leaf, start + Math.floor(((end - start) * i) / (run.length - 1)));
    }
  }
}

/** Rows by d3-hierarchy, on objects and by recursion. */
function d3Rows(parents: readonly number[]): number[] {
  interface Item {
    readonly node: number;
    readonly children: Item[];
  }
  const items = parents.map((_, node): Item => ({ node, children: [] }));
  for (let node = 1; node < items.length; node++) {
    items[parents[node]!]!.children.push(items[node]!);
  }
  const root = tidyTree<Item>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.parent === b.parent ? 1 : COUSIN_ROWS))(hierarchy(items[0]!));
  const rows: number[] = [];
  root.each(({ data, x }) => {
    rows[data.node] = x;
  });
  return rows;
}
