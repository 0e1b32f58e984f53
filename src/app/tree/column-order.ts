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
  newItems: Iterable<number>,
): Int32Array {
  const { order } = items;
  const sorted = byColumn(items, newItems);
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
  return movedStarts(items, columnStart, sorted, 1);
}

/**
 * Takes items out of `order`, in which they stand as `columnStart` and their rows say.
 * O(items taken out · log items), and a copy. Returns where columns begin now.
 */
export function cutColumns(
  items: TidyItems,
  columnStart: Int32Array,
  oldItems: Iterable<number>,
): Int32Array {
  const { order } = items;
  const sorted = byColumn(items, oldItems);
  const places = sorted.map((item) => placeInColumn(items, columnStart, item));
  let writeEnd = places[0] ?? 0;
  for (const [i, place] of places.entries()) {
    const readEnd = places[i + 1] ?? columnStart.at(-1)!;
    order.copyWithin(writeEnd, place + 1, readEnd);
    writeEnd += readEnd - place - 1;
  }
  return movedStarts(items, columnStart, sorted, -1);
}

/** From left to right, and each column from top to bottom. */
function byColumn({ column, row }: TidyItems, items: Iterable<number>): Int32Array {
  return Int32Array.from(items).sort((a, b) => column[a]! - column[b]! || row[a]! - row[b]!);
}

/** Where an item is in `order`; where it belongs, if it is not there yet. */
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

/** Where columns begin when each item of `sorted` has come, by 1, or gone, by −1. */
function movedStarts(
  { column }: TidyItems,
  before: Int32Array,
  sorted: Int32Array,
  by: 1 | -1,
): Int32Array {
  if (sorted.length === 0) return before;
  let columns = Math.max(before.length - 1, column[sorted.at(-1)!]! + 1);
  const starts = new Int32Array(columns + 1).fill(before.at(-1)!);
  starts.set(before);
  for (let c = 0, moved = 0; c < columns; c++) {
    while (moved < sorted.length && column[sorted[moved]!] === c) moved++;
    starts[c + 1]! += by * moved;
  }
  while (columns > 0 && starts[columns] === starts[columns - 1]) columns--;
  return starts.slice(0, columns + 1);
}
