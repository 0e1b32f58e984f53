import { CONTOUR, LOWER, NONE, type TidyItems, UPPER } from "./tidy-items.ts";

/**
 * Finds all items column by column, each column from top to bottom: breadth first, as
 * the lines of a column never cross. Fills `order`, `column`, `parent` and the last
 * children, and says where each column begins in `order`; the last number is how
 * many items there are. O(items).
 */
export function orderColumns(items: TidyItems, top: number): Int32Array {
  const { parent, contour, nextSibling, column, depth, order } = items;
  let starts = new Int32Array(64);
  let columns = 0;
  let end = 1;
  order[0] = top;
  column[top] = 0;
  parent[top] = NONE;
  for (let start = 0; start < end; columns++) {
    if (columns + 2 > starts.length) starts = grown(starts);
    const columnEnd = end;
    for (let i = start; i < columnEnd; i++) {
      const item = order[i]!;
      if (depth[item] === 0) continue;
      let child = contour[item * CONTOUR + UPPER]!;
      for (; child >= 0; child = nextSibling[child]!) {
        parent[child] = item;
        column[child] = columns + 1;
        order[end++] = child;
      }
      contour[item * CONTOUR + LOWER] = order[end - 1]!;
    }
    start = columnEnd;
    starts[columns + 1] = columnEnd;
  }
  return starts.slice(0, columns + 1);
}

function grown(starts: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * starts.length);
  longer.set(starts);
  return longer;
}

/**
 * Puts new items where they belong in `order`, which holds the earlier ones as
 * `columnStart` says; all rows are up to date. Earlier items keep their order, so each
 * new one finds its place by halving, and `order` is moved once from the end: O(new
 * items · log items), and a copy. Returns where columns begin now.
 */
export function spliceColumns(
  items: TidyItems,
  columnStart: Int32Array,
  newItems: Int32Array,
): Int32Array {
  const { column, row, order } = items;
  const sorted = newItems.sort((a, b) => column[a]! - column[b]! || row[a]! - row[b]!);
  let readEnd = columnStart.at(-1)!;
  let writeEnd = readEnd + sorted.length;
  for (let i = sorted.length - 1; i >= 0; i--) {
    const item = sorted[i]!;
    const place = placeInColumn(items, columnStart, item);
    writeEnd -= readEnd - place;
    order.copyWithin(writeEnd, place, readEnd);
    readEnd = place;
    order[--writeEnd] = item;
  }
  return columnStarts(items, columnStart, sorted);
}

/** Where an item that is not yet there belongs in `order`. */
function placeInColumn(
  { column, row, order }: TidyItems,
  columnStart: Int32Array,
  item: number,
): number {
  const end = columnStart.at(-1)!;
  let low = columnStart[column[item]!] ?? end;
  let high = columnStart[column[item]! + 1] ?? end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[order[middle]!]! < row[item]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

function columnStarts({ column }: TidyItems, before: Int32Array, sorted: Int32Array): Int32Array {
  const columns = Math.max(before.length - 1, column[sorted.at(-1)!]! + 1);
  const starts = new Int32Array(columns + 1).fill(before.at(-1)!);
  starts.set(before);
  for (let c = 0, added = 0; c < columns; c++) {
    while (added < sorted.length && column[sorted[added]!] === c) added++;
    starts[c + 1]! += added;
  }
  return starts;
}
