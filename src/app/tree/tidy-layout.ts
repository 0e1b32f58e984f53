import { movesBy } from "./column-moves.ts";
import { cutColumns, orderColumns, spliceColumns } from "./column-order.ts";
import { type Changes, changedFamilies, markChildren, relink, relinkSome } from "./tidy-changes.ts";
import {
  bytesOf,
  CONTOUR,
  grownItems,
  itemsFor,
  LOWER,
  NONE,
  type TidyItems,
  UPPER,
} from "./tidy-items.ts";
import { type Family, familyOf, packFamily, UNITS_A_ROW } from "./tidy-packing.ts";

/**
 * Where the items of a tree are, in world units: the column is the distance from the
 * top, `row` the place in it. The arrays are those of the `TidyLayout` it comes from, and
 * are overwritten when that one goes on.
 */
export interface Layout {
  /** Items that have a place; their ids may be larger. */
  readonly count: number;
  /** Row of each item by its id, an exact multiple of 1/16 up to a million; 0 for the top, so that rows above are negative. */
  readonly row: Float32Array;
  /** All items column by column, each column from top to bottom. */
  readonly order: Int32Array;
  /** Column d is `order[columnStart[d]]` up to `order[columnStart[d + 1]]`, that one excluded. */
  readonly columnStart: Int32Array;
  readonly columns: number;
}

/** Items by node id, −1 for none; only those that can be reached from `top` count. */
export interface ItemTree {
  /** All ids are smaller. */
  readonly count: number;
  readonly top: number;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/** Rows further out than this are no longer exact in 32 bits, so nothing may rest on their order. */
const EXACT_ROWS = 2 ** 20;
/** Room that is kept for new items, as a share of those that are there. */
const SPARE_ROOM = 1 / 8;
/** From this share of new items on, columns are ordered from scratch. */
const MANY_NEW = 1 / 8;
/** From this share of changed links on, all families are packed again. */
const MANY_CHANGED = 1 / 8;

/**
 * A tidy layout that grows with its tree. Siblings are at least a row apart and
 * cousins `COUSIN_ROWS`, parents stand in the middle of their first and last child, and
 * where the items below an item are, seen from it, depends on nothing but the items below it.
 *
 * An item that is added makes its ancestors pack their children again, and only them; what
 * has not changed is not looked at. All rows are then added up once more, about a ns each.
 */
export class TidyLayout {
  #items: TidyItems = itemsFor(0);
  #count = 0;
  /** Where columns begin; the last number is how many items there are. */
  #columnStart: Int32Array = new Int32Array(1);
  #top = 0;
  /** Items with smaller ids than those above them. */
  #inverted = 0;
  #layout: Layout = this.#read();
  #family: Family = familyOf(0);

  /** Valid until the next change. */
  get layout(): Layout {
    return this.#layout;
  }

  /** Memory of all arrays. */
  bytes(): number {
    return bytesOf(this.#items) + this.#columnStart.byteLength;
  }

  /**
   * Lays out the items that hang on `top`. What hangs together as it did, below the same
   * top, is not packed again, nor are its columns ordered again; finding that out is O(items).
   * What is no item, or does not hang on `top`, must have no links.
   */
  build(tree: ItemTree): void {
    const { count, top } = tree;
    const isNew = count < this.#count || top !== this.#top || this.#count === 0;
    if (isNew) {
      this.#items = itemsFor(count);
      this.#family = familyOf(count);
    }
    this.#top = top;
    this.#count = count;
    this.#makeRoom();
    const most = isNew ? 0 : count * MANY_CHANGED;
    const changes = relink(this.#items, tree, most);
    if (count > 0) this.#lay(changes);
    else {
      this.#columnStart = new Int32Array(1);
      this.#inverted = 0;
    }
    this.#layout = this.#read();
  }

  /**
   * The same where only the links of `touched` differ from what was built last, below the
   * same top: no other item is looked at, but for adding up rows.
   */
  change(tree: ItemTree, touched: ReadonlySet<number>): void {
    if (touched.size > tree.count * MANY_CHANGED || tree.top !== this.#top || this.#count === 0) {
      this.build(tree);
      return;
    }
    this.#count = tree.count;
    this.#makeRoom();
    this.#lay(relinkSome(this.#items, tree, Int32Array.from(touched).sort()));
    this.#layout = this.#read();
  }

  #lay(changes: Changes | null): void {
    const items = this.#items;
    const moves =
      changes === null || this.#inverted > 0 || !this.#areRowsExact()
        ? null
        : movesBy(items, this.#top, changes);
    if (moves === null) this.#orderAll();
    else {
      this.#columnStart = cutColumns(items, this.#columnStart, moves.removed);
      for (const item of moves.added) if (items.parent[item]! >= item) this.#inverted++;
    }
    if (changes === null) this.#packAll();
    else this.#packChanged(changes);
    if (moves === null) this.#addUpRows();
    else this.#addToColumns(moves.added);
  }

  #orderAll(): void {
    this.#items.parent.fill(NONE);
    this.#columnStart = orderColumns(this.#items, this.#top);
    this.#inverted = invertedOf(this.#items.parent, this.#count);
  }

  #packChanged(changes: Changes): void {
    const families = changedFamilies(this.#items, changes);
    const ends = this.#markPaths([...families.keys()]);
    markChildren(this.#items, families, changes);
    this.#packPaths([...families.keys()], ends);
  }

  /** Gives all items their rows, and new ones their places in their columns. */
  #addToColumns(added: Iterable<number>): void {
    if (this.#inverted === 0) this.#addUpRows();
    if (this.#inverted === 0 && this.#areRowsExact()) {
      this.#columnStart = spliceColumns(this.#items, this.#columnStart, added);
      return;
    }
    this.#columnStart = orderColumns(this.#items, this.#top);
    this.#addUpRows();
  }

  /**
   * Adds an item for each of `parents`, the next free ids, each as the last child of its
   * parent so far. Parents may be new themselves, if they come first; the first item of
   * all has −1. Throws if a parent does not come first, or if the layout was built from a tree
   * in which some ids were no items, or came before their parents.
   */
  append(parents: Int32Array): void {
    if (parents.length === 0) return;
    const before = this.#count;
    const isDense = this.#inverted === 0 && this.#columnStart.at(-1) === before;
    if (!isDense) throw new Error("can append only where every id is an item");
    for (const [i, up] of parents.entries()) {
      const item = before + i;
      const isRight = item === 0 ? up === NONE : up >= 0 && up < item;
      if (!isRight) throw new RangeError(`item ${item} cannot hang on ${up}`);
    }
    this.#count = before + parents.length;
    this.#makeRoom();
    this.#hang(parents, before);
    this.#packPaths(parents, this.#markPaths(parents));
    if (parents.length > before * MANY_NEW) {
      this.#columnStart = orderColumns(this.#items, 0);
      this.#addUpRows();
    } else this.#addToColumns(newIds(before, parents.length));
    this.#layout = this.#read();
  }

  #packAll(): void {
    const items = this.#items;
    const { depth, changed, order } = items;
    changed.fill(1);
    for (let i = this.#columnStart.at(-1)! - 1; i >= 0; i--) {
      const item = order[i]!;
      if (depth[item]! > 0) packFamily(items, this.#family, item);
    }
    changed.fill(0);
  }

  #makeRoom(): void {
    if (this.#count <= this.#items.order.length) return;
    const capacity = Math.ceil(this.#count * (1 + SPARE_ROOM));
    this.#items = grownItems(this.#items, capacity);
    this.#family = familyOf(capacity);
  }

  /** Hangs new items on their parents. */
  #hang(parents: Int32Array, before: number): void {
    const { parent, contour, nextSibling, column, depth } = this.#items;
    for (let i = 0; i < parents.length; i++) {
      const item = before + i;
      const up = parents[i]!;
      parent[item] = up;
      if (up === NONE) continue;
      column[item] = column[up]! + 1;
      if (depth[up]! > 0) nextSibling[contour[up * CONTOUR + LOWER]!] = item;
      else contour[up * CONTOUR + UPPER] = item;
      contour[up * CONTOUR + LOWER] = item;
      depth[up] ||= 1;
    }
  }

  /** Marks all items from each of `starts` up as changed, up to where an earlier path came by, and says where that was. */
  #markPaths(starts: ArrayLike<number>): Int32Array {
    const { parent, changed } = this.#items;
    const ends = new Int32Array(starts.length);
    for (let i = 0; i < starts.length; i++) {
      let item = starts[i]!;
      for (; item >= 0 && changed[item] === 0; item = parent[item]!) changed[item] = 1;
      ends[i] = item;
    }
    return ends;
  }

  /**
   * Packs again the families of what was marked: the last path first, and each from its
   * start, as none of an earlier path is below a later one.
   */
  #packPaths(starts: ArrayLike<number>, ends: Int32Array): void {
    const items = this.#items;
    const { parent, changed } = items;
    for (let i = starts.length - 1; i >= 0; i--) {
      const end = ends[i]!;
      for (let item = starts[i]!; item !== end; item = parent[item]!) {
        packFamily(items, this.#family, item);
      }
    }
    changed[this.#top] = 0;
  }

  #addUpRows(): void {
    const { parent, offset, row, order } = this.#items;
    row[this.#top] = 0;
    if (this.#inverted === 0) {
      for (let item = this.#top + 1; item < this.#count; item++) {
        const above = parent[item]!;
        // What is no item has 0 instead of −1 above it: to ask would take three times as long.
        row[item] = row[above & ~(above >> 31)]! + offset[item]! / UNITS_A_ROW;
      }
    } else {
      const count = this.#columnStart.at(-1)!;
      for (let i = 1; i < count; i++) {
        const item = order[i]!;
        row[item] = row[parent[item]!]! + offset[item]! / UNITS_A_ROW;
      }
    }
  }

  /** Whether rows are exact, so that they tell where items are in their columns. */
  #areRowsExact(): boolean {
    const { row, order } = this.#items;
    const starts = this.#columnStart;
    for (let c = 1; c < starts.length; c++) {
      if (row[order[starts[c - 1]!]!]! <= -EXACT_ROWS) return false;
      if (row[order[starts[c]! - 1]!]! >= EXACT_ROWS) return false;
    }
    return true;
  }

  #read(): Layout {
    const count = this.#columnStart.at(-1)!;
    return {
      count,
      row: this.#items.row,
      order: this.#items.order.subarray(0, count),
      columnStart: this.#columnStart,
      columns: this.#columnStart.length - 1,
    };
  }
}

function invertedOf(parent: Int32Array, count: number): number {
  let inverted = 0;
  for (let item = 0; item < count; item++) if (parent[item]! >= item) inverted++;
  return inverted;
}

function newIds(first: number, count: number): Int32Array {
  return new Int32Array(count).map((_, i) => first + i);
}
