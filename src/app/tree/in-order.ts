import { type Ground, parentOf } from "./ground.ts";

/** Which places of `order` in one column are filled in, and of which changes they tell. */
interface Filled {
  start: number;
  end: number;
  /** The first place whose look is known; the same end. */
  lookStart: number;
  lookEnd: number;
}

type OrderedGround = Pick<Ground, "layout" | "row" | "looks" | "parent" | "shownAt">;

/**
 * Rows and looks in the order of columns. Whoever goes down a column in a tree of a million
 * finds them side by side, instead of waiting for memory at every item; they are filled in where
 * they are needed, and stay until they change.
 */
export class InOrder {
  row = new Float32Array(0);
  /** Row of the parent; 0 for the top. */
  parentRow = new Float32Array(0);
  look = new Uint16Array(0);
  #filled: (Filled | undefined)[] = [];

  /** Nothing stands where it stood. */
  forgetPlaces(): void {
    this.#filled = [];
  }

  forgetLooks(): void {
    for (const filled of this.#filled) if (filled !== undefined) filled.lookEnd = -1;
  }

  /** Fills in a part of a column, from one place in `order` up to another. */
  fill(ground: OrderedGround, column: number, start: number, end: number): void {
    const { order } = ground.layout;
    if (this.row.length < order.length) this.#makeRoom(order.length);
    let filled = this.#filled[column];
    if (filled === undefined || filled.start > start || filled.end < end) {
      this.#fillRows(ground, column, start, end);
      filled = { start, end, lookStart: 0, lookEnd: -1 };
      this.#filled[column] = filled;
    }
    if (filled.lookStart <= start && filled.lookEnd >= end) return;
    const { looks } = ground;
    for (let i = start; i < end; i++) this.look[i] = looks[order[i]!]!;
    filled.lookStart = start;
    filled.lookEnd = end;
  }

  #fillRows(ground: OrderedGround, column: number, start: number, end: number): void {
    const { layout, row } = ground;
    const { order } = layout;
    let parent = -1;
    let parentRow = 0;
    for (let i = start; i < end; i++) {
      const item = order[i]!;
      this.row[i] = row[item]!;
      if (column === 0) continue;
      const above = parentOf(ground, item);
      if (above !== parent) {
        parent = above;
        parentRow = row[above]!;
      }
      this.parentRow[i] = parentRow;
    }
  }

  #makeRoom(items: number): void {
    const room = items + (items >> 3);
    this.row = new Float32Array(room);
    this.parentRow = new Float32Array(room);
    this.look = new Uint16Array(room);
    this.#filled = [];
  }
}
