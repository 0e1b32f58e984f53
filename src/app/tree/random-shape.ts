import fc from "fast-check";
import type { Tree } from "../../protocol/tree.ts";

/** The shape of a tree without what is in it. */
export interface TreeShape extends Pick<Tree, "count" | "parent" | "firstChild" | "depth"> {
  readonly nextSibling: Int32Array;
}

/** The tree in which node i is a child of `parents[i]`, which is smaller than i; the root has −1. */
export function shapeOf(parents: readonly number[]): TreeShape {
  const count = parents.length;
  const parent = Int32Array.from(parents);
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count).fill(-1);
  const lastChild = new Int32Array(count).fill(-1);
  const depth = new Int32Array(count);
  for (let node = 1; node < count; node++) {
    const up = parent[node]!;
    depth[node] = depth[up]! + 1;
    if (lastChild[up]! < 0) firstChild[up] = node;
    else nextSibling[lastChild[up]!] = node;
    lastChild[up] = node;
  }
  return { count, parent, firstChild, nextSibling, depth };
}

/** Trees of all shapes: stars, chains, and what lies between. */
export function anyShape(size = 60): fc.Arbitrary<TreeShape> {
  return fc
    .tuple(
      fc.array(fc.noBias(fc.nat()), { maxLength: size, size: "max" }),
      fc.integer({ min: 1, max: size }),
    )
    .map(([draws, reach]) =>
      // A parent is at most `reach` ids away: a small reach makes long trees.
      shapeOf([-1, ...draws.map((draw, i) => i - (draw % Math.min(reach, i + 1)))]),
    );
}
