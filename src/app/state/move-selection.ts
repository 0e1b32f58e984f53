import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";

export type Direction =
  | "parent"
  | "firstChild"
  | "lastChild"
  | "prevSibling"
  | "nextSibling"
  | "root"
  | "nextAnswer"
  | "prevAnswer";

/**
 * The node that lies in that direction from `from` among those shown at `at`;
 * `null` if there is none. Without a selection every move goes to the root, or
 * to the first or last answer. Siblings go on into the next family of the same
 * depth; answers go round, in the order of their ids. O(nodes).
 */
export function neighbour(
  tree: Tree,
  at: number,
  from: NodeId | null,
  direction: Direction,
): NodeId | null {
  if (tree.count === 0 || !isShown(tree, ROOT, at)) return null;
  switch (direction) {
    case "nextAnswer":
      return nextAnswer(tree, at, from, 1);
    case "prevAnswer":
      return nextAnswer(tree, at, from, -1);
    case "root":
      return ROOT;
    default:
      return from === null ? ROOT : step(tree, at, from, direction);
  }
}

/** Whether a node is there at a moment, as a placeholder at least. */
function isShown(tree: Tree, node: NodeId, at: number): boolean {
  const announced = tree.announcedSeq[node]!;
  return announced >= 0 && announced <= at;
}

function step(
  tree: Tree,
  at: number,
  from: NodeId,
  direction: "parent" | "firstChild" | "lastChild" | "prevSibling" | "nextSibling",
): NodeId | null {
  switch (direction) {
    case "parent":
      return tree.parent[from]! < 0 ? null : tree.parent[from]!;
    case "firstChild":
      return shownChildren(tree, at, from).at(0) ?? null;
    case "lastChild":
      return shownChildren(tree, at, from).at(-1) ?? null;
    default: {
      const column = shownColumn(tree, at, tree.depth[from]!);
      const by = direction === "nextSibling" ? 1 : -1;
      return column[column.indexOf(from) + by] ?? null;
    }
  }
}

function shownChildren(tree: Tree, at: number, node: NodeId): NodeId[] {
  return [...tree.children(node)].filter((child) => isShown(tree, child, at));
}

/** The nodes of a depth from top to bottom, by a walk that needs no stack. */
function shownColumn(tree: Tree, at: number, depth: number): NodeId[] {
  const column: NodeId[] = [];
  for (let node: number = ROOT; node >= 0; ) {
    const visible = isShown(tree, node, at);
    if (visible && tree.depth[node] === depth) column.push(node);
    const child = visible && tree.depth[node]! < depth ? tree.firstChild[node]! : -1;
    if (child >= 0) {
      node = child;
      continue;
    }
    while (node >= 0 && tree.nextSibling[node]! < 0) node = tree.parent[node]!;
    if (node >= 0) node = tree.nextSibling[node]!;
  }
  return column;
}

function nextAnswer(tree: Tree, at: number, from: NodeId | null, by: 1 | -1): NodeId | null {
  const { count, answeredSeq } = tree;
  const start = from ?? (by === 1 ? -1 : count);
  for (let i = 1; i <= count; i++) {
    const node = (((start + by * i) % count) + count) % count;
    const answered = answeredSeq[node]!;
    if (answered >= 0 && answered <= at) return node;
  }
  return null;
}
