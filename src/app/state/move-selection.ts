import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import type { Arranged } from "./arranged.ts";

export type Direction =
  | "parent"
  | "firstChild"
  | "lastChild"
  | "prevSibling"
  | "nextSibling"
  | "root"
  | "nextAnswer"
  | "prevAnswer";

/** The tree as it is drawn at a moment. */
export interface Drawn {
  readonly tree: Tree;
  readonly at: number;
  readonly arranged: Arranged;
  /** The node that is drawn as the root. */
  readonly top: NodeId;
}

/**
 * The item that lies in that direction from the one in whose place `from` is shown,
 * among those shown at the moment; `null` if there is none. Without a selection in view
 * every move goes to the top, or to the first or last answer. Siblings go on into the
 * next family of the same column. Answers go round, in the order of their ids, and are nodes,
 * folded or not. O(nodes) for answers, else as far as the next item that is shown.
 */
export function neighbour(drawn: Drawn, from: NodeId | null, direction: Direction): NodeId | null {
  const { arranged, top } = drawn;
  if (!isShown(drawn, top)) return null;
  switch (direction) {
    case "nextAnswer":
      return nextAnswer(drawn, from, 1);
    case "prevAnswer":
      return nextAnswer(drawn, from, -1);
    case "root":
      return top;
    default: {
      const item = from === null ? -1 : arranged.itemOf(from);
      return item < 0 ? top : step(drawn, item, direction);
    }
  }
}

/** Whether a node is there at a moment, as a placeholder at least. */
function isShown({ tree, at }: Drawn, node: NodeId): boolean {
  const announced = tree.announcedSeq[node] ?? -1;
  return announced >= 0 && announced <= at;
}

function step(
  drawn: Drawn,
  item: NodeId,
  direction: "parent" | "firstChild" | "lastChild" | "prevSibling" | "nextSibling",
): NodeId | null {
  const { arranged } = drawn;
  switch (direction) {
    case "parent": {
      const parent = arranged.parentOf(item);
      return parent < 0 ? null : parent;
    }
    case "firstChild":
      return shownChildren(drawn, item).at(0) ?? null;
    case "lastChild":
      return shownChildren(drawn, item).at(-1) ?? null;
    default: {
      const by = direction === "nextSibling" ? 1 : -1;
      let beside = arranged.beside(item, by);
      while (beside !== null && !isShown(drawn, beside)) beside = arranged.beside(beside, by);
      return beside;
    }
  }
}

function shownChildren(drawn: Drawn, item: NodeId): NodeId[] {
  return drawn.arranged.childrenOf(item).filter((child) => isShown(drawn, child));
}

function nextAnswer({ tree, at, arranged }: Drawn, from: NodeId | null, by: 1 | -1): NodeId | null {
  const { count, answeredSeq } = tree;
  const start = from ?? (by === 1 ? -1 : count);
  for (let i = 1; i <= count; i++) {
    const node = (((start + by * i) % count) + count) % count;
    const answered = answeredSeq[node]!;
    if (answered >= 0 && answered <= at && arranged.itemOf(node) >= 0) return node;
  }
  return null;
}
