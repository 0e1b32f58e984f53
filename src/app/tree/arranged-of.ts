import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { type Arranged, STANDS_FOR } from "../state/arranged.ts";
import { STANDS } from "./arrangement.ts";
import { columnOf, type Ground, itemOf, parentOf } from "./ground.ts";
import type { Placement } from "./view-messages.ts";
import { firstInView } from "./visible.ts";

/** What the placement of a tree, the newest one whenever it is asked, answers to keys, to the tree twin and to panels. */
export function arrangedOf(tree: Tree, placement: () => Placement): Arranged {
  const ground = () => {
    const { layout, top, shownAt } = placement();
    return { layout, row: layout.row, top, shownAt, parent: tree.parent, depth: tree.depth };
  };
  return {
    itemOf: (node) => itemOf(placement(), node),
    parentOf: (item) => (item === placement().top ? -1 : parentOf(ground(), item)),
    childrenOf: (item) => itemsBelow(ground(), item),
    beside: (item, by) => itemBeside(ground(), item, by),
    standsFor: (item) => STANDS_FOR[placement().stands?.[item] ?? STANDS.itself]!,
    sizeOf: (item) => placement().size?.[item] ?? 1,
    rowOf: (item) => placement().layout.row[item]!,
    get shown() {
      const { shownAt, size } = placement();
      return shownAt === null || size === null ? null : { shownAt, size };
    },
  };
}

type Places = Pick<Ground, "layout" | "row" | "top" | "shownAt" | "parent" | "depth">;

function itemBeside(ground: Places, item: NodeId, by: 1 | -1): NodeId | null {
  const { order, columnStart } = ground.layout;
  const column = columnOf(ground, item);
  const place = firstInView(ground, column, ground.row[item]!) + by;
  if (place < columnStart[column]! || place >= columnStart[column + 1]!) return null;
  return order[place]!;
}

/** The children of an item lie side by side in the next column, as their parents do in theirs. */
function itemsBelow(ground: Places, item: NodeId): NodeId[] {
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
