/**
 * What a tidy layout keeps of each item, in columns by node id. Places are counted in
 * sixteenths of a row until they leave, so that everything is exact.
 */
export interface TidyItems {
  readonly parent: Int32Array;
  readonly nextSibling: Int32Array;
  /**
   * Where contours go on, `CONTOUR` numbers an item: see `UPPER`, `LOWER` and `STEP`.
   * The upper contour of a subtree is the first item that it has in each column, the lower
   * one the last. They go on at the first and the last child; from an item without children
   * at wherever the subtree goes on behind it, which is called a thread. A contour is followed
   * for as many columns as the subtree is deep and no further, so the threads
   * behind its end, which are those of another subtree or out of date, are never read.
   */
  readonly contour: Int32Array;
  readonly column: Int32Array;
  /** Columns below the item that its subtree takes; 0 for items without children, and only for them. */
  readonly depth: Int32Array;
  /** Place relative to the parent; relative to the first sibling while they are packed. */
  readonly offset: Int32Array;
  /** 1 where the subtree is one row, as no item of it has two children. */
  readonly straight: Uint8Array;
  /** 1 while the subtree differs from what was packed last. */
  readonly changed: Uint8Array;
  readonly row: Float32Array;
  readonly order: Int32Array;
}

/** Numbers an item has in `contour`. */
export const CONTOUR = 4;
/** Of these, the next item of the upper contour: the first child, if there is one. */
export const UPPER = 0;
/** The next item of the lower contour: the last child, if there is one. */
export const LOWER = 1;
/** Behind each of the two: how far below the item the next one is. */
export const STEP = 2;

export const NONE = -1;

export function itemsFor(capacity: number): TidyItems {
  return {
    parent: new Int32Array(capacity),
    nextSibling: new Int32Array(capacity).fill(NONE),
    contour: new Int32Array(capacity * CONTOUR),
    column: new Int32Array(capacity),
    depth: new Int32Array(capacity),
    offset: new Int32Array(capacity),
    straight: new Uint8Array(capacity).fill(1),
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
