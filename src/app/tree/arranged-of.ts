import { type NodeId, ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type Arranged, STANDS_FOR } from "../state/arranged.ts";
import { columnOf, type Ground, itemOf, parentOf } from "./ground.ts";
import type { Placement } from "./view-messages.ts";
import { firstInView } from "./visible.ts";

/** What a placement of a tree answers to keys, to the tree twin and to panels. */
export function arrangedOf(tree: Tree, placement: Placement): Arranged {
  const { layout, top, shownAt, stands, size } = placement;
  const { row, order, columnStart } = layout;
  const ground = { layout, row, top, shownAt, parent: tree.parent, depth: tree.depth };
  const above = (item: NodeId): NodeId | -1 => (item === top ? -1 : parentOf(ground, item));
  return {
    itemOf: (node) => itemOf(placement, node),
    parentOf: above,
    childrenOf: (item) => itemsBelow(ground, item),
    beside: (item, by) => {
      const column = columnOf(ground, item);
      const place = firstInView(ground, column, row[item]!) + by;
      if (place < columnStart[column]! || place >= columnStart[column + 1]!) return null;
      return order[place]!;
    },
    standsFor: (item) => STANDS_FOR[stands === null ? ROOT : stands[item]!]!,
    sizeOf: (item) => (size === null ? 1 : size[item]!),
  };
}

/** The children of an item lie side by side in the next column, as their parents do in theirs. */
function itemsBelow(
  ground: Pick<Ground, "layout" | "row" | "top" | "shownAt" | "parent" | "depth">,
  item: NodeId,
): NodeId[] {
  const { layout, row } = ground;
  const column = columnOf(ground, item) + 1;
  if (column >= layout.columns) return [];
  const end = layout.columnStart[column + 1]!;
  let low = layout.columnStart[column]!;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[parentOf(ground, layout.order[middle]!)]! < row[item]!) low = middle + 1;
    else high = middle;
  }
  const items: NodeId[] = [];
  for (let i = low; i < end && parentOf(ground, layout.order[i]!) === item; i++) {
    items.push(layout.order[i]!);
  }
  return items;
}
