/**
 * What a tidy layout keeps of each item, in columns by node id. Rows are counted
 * in sixteenths (`UNIT_ROWS`) until they leave, so that everything is exact.
 *
 * A contour is the first (upper) or last (lower) item of a subtree in each of its
 * columns. It goes on at the first or last child. Where an item without children ends
 * it although the subtree goes on elsewhere, that item has a thread: its `firstChild`
 * (upper contour) or `lastChild` (lower contour) is `threadTo(next)`, and
 * `upperStep` or `lowerStep` says how far below it the next one is. A contour is followed
 * for as many columns as the subtree is deep and no further, so the threads behind
 * its end, which are those of another subtree or out of date, are never read.
 */
export interface TidyItems {
  readonly parent: Int32Array;
  /** A child, `NONE`, or the thread of the upper contour. */
  readonly firstChild: Int32Array;
  /** A child, `NONE`, or the thread of the lower contour. */
  readonly lastChild: Int32Array;
  readonly nextSibling: Int32Array;
  readonly column: Int32Array;
  /** Columns below the item that its subtree takes; 0 without children. */
  readonly depth: Int32Array;
  /** Place relative to the parent; relative to the first sibling while they are packed. */
  readonly offset: Int32Array;
  readonly upperStep: Int32Array;
  readonly lowerStep: Int32Array;
  /** 1 while the subtree differs from what was packed last. */
  readonly changed: Uint8Array;
  readonly row: Float32Array;
  readonly order: Int32Array;
}

export const NONE = -1;

/** What `firstChild` or `lastChild` of an item without children says when its contour goes on at `item`. */
export function threadTo(item: number): number {
  return -2 - item;
}

export function itemsFor(capacity: number): TidyItems {
  return {
    parent: new Int32Array(capacity).fill(NONE),
    firstChild: new Int32Array(capacity).fill(NONE),
    lastChild: new Int32Array(capacity).fill(NONE),
    nextSibling: new Int32Array(capacity).fill(NONE),
    column: new Int32Array(capacity),
    depth: new Int32Array(capacity),
    offset: new Int32Array(capacity),
    upperStep: new Int32Array(capacity),
    lowerStep: new Int32Array(capacity),
    changed: new Uint8Array(capacity),
    row: new Float32Array(capacity),
    order: new Int32Array(capacity),
  };
}

/** The same items with room for more. */
export function grownItems(items: TidyItems, capacity: number): TidyItems {
  const grown = itemsFor(capacity);
  for (const name of Object.keys(grown) as (keyof TidyItems)[]) grown[name].set(items[name]);
  return grown;
}

export function bytesOf(items: TidyItems): number {
  return Object.values(items).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
