import { grown, roomFor } from "../../protocol/columns.ts";
import { arrange } from "./arrange.ts";
import { isLandmark } from "./arrange-marks.ts";
import { type ArrangeInput, type Arrangement, STANDS } from "./arrangement.ts";
import { isPruned, kindOf } from "./looks.ts";

const NONE = -1;
const NOTHING: ReadonlySet<number> = new Set();

/** Whether nothing but dead subtrees folds, in the order of their ids: then a change is taken over where it is. */
export function foldsOnlyDead(input: Omit<ArrangeInput, "count" | "parent" | "looks">): boolean {
  const { order, top, foldsDead, folding } = input;
  const { least, folded, unfolded } = folding;
  const hands = folded.size + unfolded.size;
  return foldsDead && order === "generated" && top === 0 && least === 0 && hands === 0;
}

/**
 * Keeps an arrangement in which only the dead fold: the same as `arrange` gives, but what has
 * not changed is not looked at. A node lives or not; when that turns, the children of the
 * node above it are arranged again, and what was shown below it moves out or in.
 * A change costs about as much as there are nodes whose place it changes, and siblings of those.
 */
export class LivingFold {
  #count = 0;
  #parent = new Int32Array(0);
  #looks = new Uint16Array(0);
  /** Children in a ring: the last child of each node, and behind each child the next, behind the last the first. */
  #lastKid = new Int32Array(0);
  #nextKid = new Int32Array(0);
  #living = new Uint8Array(0);
  #livingKids = new Int32Array(0);
  /** Of dead children of living nodes: nodes of their subtrees. */
  #dead = new Int32Array(0);
  #arrangement: Arrangement | null = null;
  /** Nodes that turned since the last arrangement. */
  readonly #turned = new Set<number>();
  /** Items whose links are others than before. */
  #touched = new Set<number>();
  #stack = new Int32Array(64);

  /** Belongs to this fold, and is overwritten by `update`; null before `begin`. */
  get arrangement(): Arrangement | null {
    return this.#arrangement;
  }

  /** Arranges everything anew. O(nodes). */
  begin(input: ArrangeInput): Arrangement {
    const { count, parent, looks } = input;
    this.#parent = parent as Int32Array<ArrayBuffer>;
    this.#looks = looks as Uint16Array<ArrayBuffer>;
    this.#count = 0;
    this.#makeRoom(count);
    this.#lastKid.fill(NONE);
    this.#livingKids.fill(0);
    for (let node = 1; node < count; node++) this.#hang(node);
    const sizes = new Int32Array(count);
    for (let node = count - 1; node > 0; node--) {
      const above = parent[node]!;
      sizes[above]! += ++sizes[node]!;
      this.#living[node] = this.#lives(node) ? 1 : 0;
      this.#livingKids[above]! += this.#living[node]!;
      this.#dead[node] = sizes[node]!;
    }
    this.#living[0] = 1;
    this.#count = count;
    const { shownAt, firstChild, nextSibling, stands, size } = arrange(input);
    const room = this.#lastKid.length;
    this.#arrangement = {
      ...{ count, top: 0 },
      shownAt: grown(Int32Array, shownAt, room, NONE),
      firstChild: grown(Int32Array, firstChild, room, NONE),
      nextSibling: grown(Int32Array, nextSibling, room, NONE),
      stands: grown(Uint8Array, stands, room),
      size: grown(Int32Array, size, room),
    };
    return this.#arrangement;
  }

  /**
   * Takes over nodes that are new and looks that are others; `changed` may name nodes in any
   * order and more than once. Returns the items whose links have changed, those included
   * that are none any more.
   */
  update(
    { count, parent, looks }: Pick<ArrangeInput, "count" | "parent" | "looks">,
    changed: Iterable<number>,
  ): ReadonlySet<number> {
    if (this.#arrangement === null) return NOTHING;
    this.#parent = parent as Int32Array<ArrayBuffer>;
    this.#looks = looks as Uint16Array<ArrayBuffer>;
    const before = this.#count;
    this.#makeRoom(count);
    this.#arrangement = { ...this.#arrangement, count };
    this.#count = count;
    this.#turned.clear();
    this.#touched = new Set();
    for (let node = before; node < count; node++) this.#hang(node);
    for (const node of changed) this.#settle(node);
    for (let node = before; node < count; node++) {
      this.#settle(node);
      this.#settle(parent[node]!);
    }
    const { families, stale } = this.#whatToArrange(before);
    for (const family of families) this.#arrangeChildren(family, stale);
    return this.#touched;
  }

  #makeRoom(count: number): void {
    if (count <= this.#lastKid.length) return;
    const room = roomFor(count, this.#lastKid.length);
    this.#lastKid = grown(Int32Array, this.#lastKid, room, NONE);
    this.#nextKid = grown(Int32Array, this.#nextKid, room);
    this.#living = grown(Uint8Array, this.#living, room);
    this.#livingKids = grown(Int32Array, this.#livingKids, room);
    this.#dead = grown(Int32Array, this.#dead, room);
    if (this.#arrangement === null) return;
    const { shownAt, firstChild, nextSibling, stands, size } = this.#arrangement;
    this.#arrangement = {
      ...this.#arrangement,
      shownAt: grown(Int32Array, shownAt, room, NONE),
      firstChild: grown(Int32Array, firstChild, room, NONE),
      nextSibling: grown(Int32Array, nextSibling, room, NONE),
      stands: grown(Uint8Array, stands, room),
      size: grown(Int32Array, size, room),
    };
  }

  /** Adds a node to the children of its parent. */
  #hang(node: number): void {
    const parent = this.#parent[node]!;
    const last = this.#lastKid[parent]!;
    this.#nextKid[node] = last < 0 ? node : this.#nextKid[last]!;
    if (last >= 0) this.#nextKid[last] = node;
    this.#lastKid[parent] = node;
  }

  /** Whether something in its subtree is in the running or a right answer; see `markSubtrees`. */
  #lives(node: number): boolean {
    const look = this.#looks[node]!;
    if (this.#livingKids[node]! > 0 || isLandmark(look)) return true;
    return this.#lastKid[node]! < 0 && !isPruned(kindOf(look));
  }

  /** Finds out whether a node lives, and those above it, up to one for which nothing turns. */
  #settle(start: number): void {
    for (let node = start; node > 0; node = this.#parent[node]!) {
      const lives = this.#lives(node) ? 1 : 0;
      if (lives === this.#living[node]) return;
      this.#living[node] = lives;
      this.#livingKids[this.#parent[node]!]! += lives === 1 ? 1 : -1;
      if (!this.#turned.delete(node)) this.#turned.add(node);
    }
  }

  /**
   * Living nodes whose children have to be arranged again, from the top down; and dead
   * children of such in which something has changed.
   */
  #whatToArrange(firstNew: number): { families: Iterable<number>; stale: ReadonlySet<number> } {
    const families = new Set<number>();
    const stale = new Set<number>();
    const add = (node: number) => {
      let at = node;
      while (this.#living[at] === 0) {
        const above = this.#parent[at]!;
        if (this.#living[above] === 1) stale.add(at);
        at = above;
      }
      families.add(at);
    };
    for (const node of this.#turned) {
      add(node);
      add(this.#parent[node]!);
    }
    for (let node = firstNew; node < this.#count; node++) add(this.#parent[node]!);
    return { families: Int32Array.from(families).sort(), stale };
  }

  /** Gives the children of a living node their places: the living ones each its own, the dead ones one together. */
  #arrangeChildren(family: number, stale: ReadonlySet<number>): void {
    const { shownAt, stands, size } = this.#arrangement!;
    let item = NONE;
    let group = NONE;
    let dead = 0;
    for (const kid of this.#kidsOf(family)) {
      const lives = this.#living[kid] === 1;
      if (lives || group < 0) {
        this.#linkBehind(item, kid, family);
        item = kid;
      }
      if (lives) {
        shownAt[kid] = kid;
        stands[kid] = STANDS.itself;
        size[kid] = 1;
        continue;
      }
      if (group < 0) group = kid;
      if (shownAt[kid] !== group || stale.has(kid)) this.#showAt(kid, group);
      dead += this.#dead[kid]!;
    }
    this.#linkBehind(item, NONE, family);
    if (group < 0) return;
    size[group] = dead;
    stands[group] = dead > 1 ? STANDS.dead : STANDS.itself;
  }

  /** In the order of their ids. */
  *#kidsOf(node: number): Generator<number, void, void> {
    const last = this.#lastKid[node]!;
    if (last < 0) return;
    let kid = last;
    do {
      kid = this.#nextKid[kid]!;
      yield kid;
    } while (kid !== last);
  }

  /** Makes an item the next sibling of the one before it, or the first child where none is. */
  #linkBehind(before: number, item: number, family: number): void {
    if (before < 0) this.#setFirst(family, item);
    else this.#setNext(before, item);
  }

  /** Shows all of a dead subtree in the place of an item. */
  #showAt(start: number, item: number): void {
    const { shownAt, stands, size } = this.#arrangement!;
    let count = 0;
    let height = 1;
    this.#stack[0] = start;
    while (height > 0) {
      const node = this.#stack[--height]!;
      count++;
      shownAt[node] = item;
      stands[node] = STANDS.itself;
      size[node] = 0;
      this.#setFirst(node, NONE);
      if (node !== item) this.#setNext(node, NONE);
      for (const kid of this.#kidsOf(node)) {
        if (height === this.#stack.length) {
          this.#stack = grown(Int32Array, this.#stack, 2 * height);
        }
        this.#stack[height++] = kid;
      }
    }
    this.#dead[start] = count;
  }

  #setFirst(item: number, child: number): void {
    const { firstChild } = this.#arrangement!;
    if (firstChild[item] === child) return;
    firstChild[item] = child;
    this.#touched.add(item);
  }

  #setNext(item: number, sibling: number): void {
    const { nextSibling } = this.#arrangement!;
    if (nextSibling[item] === sibling) return;
    nextSibling[item] = sibling;
    this.#touched.add(item);
  }
}
