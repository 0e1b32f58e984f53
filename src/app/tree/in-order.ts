import { type Ground, parentOf } from "./ground.ts";

/** From this share of all places on, all of them are filled in: one by one they are slower. */
const MANY = 1 / 16;

type OrderedGround = Pick<Ground, "layout" | "row" | "looks" | "parent" | "shownAt">;

/** Which places of `order` in one column are filled in. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Rows and looks in the order of columns. Whoever goes down a column in a tree of a million
 * finds them side by side, instead of waiting for memory at every item; they are filled in where
 * they are needed, and stay until they change.
 *
 * A few are looked up. Many are brought to where they belong, in the order of their ids: memory
 * is waited for when it is read, and not when it is written.
 */
export class InOrder {
  row = new Float32Array(0);
  /** Row of the parent; 0 for the top. */
  parentRow = new Float32Array(0);
  look = new Uint16Array(0);
  /** Place in `order` of each item, −1 for what is none. */
  #placeOf = new Int32Array(0);
  #placesKnown = false;
  readonly #rows = new FilledParts();
  readonly #looks = new FilledParts();

  /** Nothing stands where it stood. */
  forgetPlaces(): void {
    this.#placesKnown = false;
    this.#rows.forget();
    this.#looks.forget();
  }

  forgetLooks(): void {
    this.#looks.forget();
  }

  /** Fills in a part of a column, from one place in `order` up to another. */
  fill(ground: OrderedGround, column: number, start: number, end: number): void {
    const places = ground.layout.order.length;
    if (this.row.length < places) this.#makeRoom(places);
    const rows = this.#rows.add(column, { start, end }, places);
    if (rows === "all") this.#bringRows(ground);
    else if (rows === "part") this.#lookUpRows(ground, column, start, end);
    const looks = this.#looks.add(column, { start, end }, places);
    if (looks === "all") this.#bringLooks(ground);
    else if (looks === "part") this.#lookUpLooks(ground, start, end);
  }

  #lookUpRows(ground: OrderedGround, column: number, start: number, end: number): void {
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

  #lookUpLooks({ layout: { order }, looks }: OrderedGround, start: number, end: number): void {
    const { look } = this;
    for (let i = start; i < end; i++) look[i] = looks[order[i]!]!;
  }

  #bringRows(ground: OrderedGround): void {
    this.#knowPlaces(ground);
    const { row: rowOf, parent, shownAt, layout } = ground;
    const { row, parentRow } = this;
    const placeOf = this.#placeOf;
    const top = layout.order[0]!;
    for (let item = 0; item < placeOf.length; item++) {
      const place = placeOf[item]!;
      if (place < 0) continue;
      row[place] = rowOf[item]!;
      if (item === top) continue;
      const above = parent[item]!;
      parentRow[place] = rowOf[shownAt === null ? above : shownAt[above]!]!;
    }
  }

  #bringLooks(ground: OrderedGround): void {
    this.#knowPlaces(ground);
    const { looks } = ground;
    const { look } = this;
    const placeOf = this.#placeOf;
    for (let item = 0; item < placeOf.length; item++) {
      const place = placeOf[item]!;
      if (place >= 0) look[place] = looks[item]!;
    }
  }

  #knowPlaces({ layout: { order }, parent }: OrderedGround): void {
    if (this.#placesKnown) return;
    this.#placesKnown = true;
    if (this.#placeOf.length !== parent.length) this.#placeOf = new Int32Array(parent.length);
    const placeOf = this.#placeOf;
    placeOf.fill(-1);
    for (let i = 0; i < order.length; i++) placeOf[order[i]!] = i;
  }

  #makeRoom(places: number): void {
    const room = places + (places >> 3);
    this.row = new Float32Array(room);
    this.parentRow = new Float32Array(room);
    this.look = new Uint16Array(room);
    this.forgetPlaces();
  }
}

/** Which parts of columns are filled in, or whether everything is. */
class FilledParts {
  #parts: (Part | undefined)[] = [];
  #filled = 0;
  #isAll = false;

  forget(): void {
    this.#parts = [];
    this.#filled = 0;
    this.#isAll = false;
  }

  /** What is to be filled in for a part to be there; `places` are all that there are. */
  add(column: number, part: Part, places: number): "nothing" | "part" | "all" {
    if (this.#isAll) return "nothing";
    const filled = this.#parts[column];
    if (filled !== undefined && filled.start <= part.start && filled.end >= part.end) {
      return "nothing";
    }
    this.#filled += part.end - part.start;
    this.#isAll = this.#filled > places * MANY;
    this.#parts[column] = part;
    return this.#isAll ? "all" : "part";
  }
}
