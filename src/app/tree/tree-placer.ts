import { grown, type NarrowArray, NarrowColumn, roomFor } from "../../protocol/columns.ts";
import { arrange, isIdentity } from "./arrange.ts";
import type { ArrangeInput, Arrangement } from "./arrangement.ts";
import { foldsOnlyDead, LivingFold } from "./living-fold.ts";
import { SpareMemory } from "./spare-memory.ts";
import { type Layout, TidyLayout } from "./tidy-layout.ts";
import type { ArrangeColumns, Arranging, LookChange, Placement } from "./view-messages.ts";

const NONE = -1;
const NO_COLUMNS: ArrangeColumns = { score: null, sameStep: null, weight: null };

/**
 * Knows the shape of a tree and where its items stand. Where every node has a place
 * of its own, or only the dead fold, what is new is taken over where it is; else it is arranged
 * and laid out from scratch. Either way the result depends on the tree and the options alone.
 */
export class TreePlacer {
  count = 0;
  parent = new Int32Array(0);
  /** Looks at the newest event. */
  newest = new Uint16Array(0);
  readonly #spare = new SpareMemory();
  readonly #depth = new NarrowColumn();
  #columns = NO_COLUMNS;
  #layout = new TidyLayout();
  /** What was laid out last, when all else that the layout knew has been given up. */
  #trimmed: Layout | null = null;
  /** Nodes in the layout if every node has a place of its own, −1 if it is made of items. */
  #plainCount = 0;
  #placed: Pick<Placement, "top" | "shownAt" | "stands" | "size"> = PLAIN;
  /** What was placed last, if it was an arrangement in which only the dead fold. */
  #fold: LivingFold | null = null;
  /** Nodes that have other looks than when it was placed; null: any may have. */
  #changed: number[] | null = null;

  get depth(): NarrowArray {
    return this.#depth.values;
  }

  get layout(): Layout {
    return this.#trimmed ?? this.#layout.layout;
  }

  /** What was placed last; its columns are overwritten by what is placed next. */
  get placed(): Pick<Placement, "top" | "shownAt" | "stands" | "size"> {
    return this.#placed;
  }

  /** Adds a node for each of `parents`, the next free ids. */
  grow(parents: Int32Array): void {
    const before = this.count;
    this.count = before + parents.length;
    this.#makeRoom();
    this.parent.set(parents, before);
    for (let node = before; node < this.count; node++) {
      const above = this.parent[node]!;
      if (above >= 0) this.#depth.set(node, this.depth[above]! + 1);
    }
  }

  /** What ways of arranging ask for that need more than the shape. */
  tell(
    columns: ArrangeColumns | null,
    newest: LookChange | null,
    spare: readonly ArrayBuffer[],
  ): void {
    if (columns !== null) this.#columns = columns;
    if (newest !== null) {
      this.newest = changedLooks(this.newest, newest, this.count);
      this.#noteChanged(newest);
    }
    this.#spare.give(spare);
  }

  /** Gives up what makes the next change quick: what is placed next is laid out from scratch. */
  trim(): void {
    if (this.#trimmed !== null) return;
    const { layout } = this.#layout;
    this.#trimmed = {
      ...layout,
      row: layout.row.slice(0, this.count),
      order: layout.order.slice(),
    };
    const { count } = this;
    const { top, shownAt, stands, size } = this.#placed;
    this.#placed = {
      top,
      shownAt: shownAt?.slice(0, count) ?? null,
      stands: stands?.slice(0, count) ?? null,
      size: size?.slice(0, count) ?? null,
    };
    this.#layout = new TidyLayout();
    this.#plainCount = NONE;
    this.#fold = null;
    this.#spare.forget();
  }

  /** Arranges and lays out what is there. What it returns belongs to the caller. */
  place(arranging: Arranging): Placement {
    this.#trimmed = null;
    const { weight } = this.#columns;
    const { by, least } = arranging.folding;
    const input: ArrangeInput = {
      count: this.count,
      parent: this.parent,
      looks: this.newest,
      ...this.#columns,
      weight: by === "nodes" || least === 0 ? null : weight,
      ...arranging,
    };
    if (foldsOnlyDead(input)) this.#placeLiving(input);
    else {
      this.#fold = null;
      if (isIdentity(input)) this.#placePlainly();
      else {
        const arrangement = arrange(input);
        this.#layout.build(arrangement);
        this.#show(arrangement);
      }
    }
    return this.#copy();
  }

  #noteChanged({ nodes }: LookChange): void {
    if (nodes === null) this.#changed = null;
    else if (this.#changed !== null) for (const node of nodes) this.#changed.push(node);
  }

  #placeLiving(input: ArrangeInput): void {
    if (this.#fold === null || this.#changed === null) {
      this.#fold = new LivingFold();
      const arrangement = this.#fold.begin(input);
      this.#layout.build(arrangement);
      this.#show(arrangement);
    } else {
      const touched = this.#fold.update(input, this.#changed);
      const arrangement = this.#fold.arrangement!;
      this.#layout.change(arrangement, touched);
      this.#show(arrangement);
    }
    this.#changed = [];
  }

  #placePlainly(): void {
    if (this.#plainCount < 0) {
      this.#layout = new TidyLayout();
      this.#plainCount = 0;
    }
    this.#layout.append(this.parent.subarray(this.#plainCount, this.count));
    this.#plainCount = this.count;
    this.#placed = PLAIN;
  }

  #show({ top, shownAt, stands, size }: Arrangement): void {
    this.#plainCount = NONE;
    this.#placed = { top, shownAt, stands, size };
  }

  #copy(): Placement {
    const { layout } = this;
    const { top, shownAt, stands, size } = this.#placed;
    const items = layout.columnStart[layout.columns]!;
    const { count } = this;
    const spare = this.#spare;
    return {
      top,
      layout: {
        count,
        row: spare.copy(layout.row, count),
        order: spare.copy(layout.order, items),
        columnStart: layout.columnStart.slice(),
        columns: layout.columns,
      },
      shownAt: shownAt && spare.copy(shownAt, count),
      stands: stands && spare.copy(stands, count),
      size: size && spare.copy(size, count),
    };
  }

  #makeRoom(): void {
    if (this.count <= this.parent.length) return;
    const room = roomFor(this.count, this.parent.length);
    this.parent = grown(Int32Array, this.parent, room, NONE);
    this.#depth.grow(room);
  }
}

const PLAIN = { top: 0, shownAt: null, stands: null, size: null };

/** Looks after a change, in the same memory if there is room. Nodes that nobody told of are hidden. */
export function changedLooks(
  looks: Uint16Array<ArrayBuffer>,
  change: LookChange,
  count: number,
): Uint16Array<ArrayBuffer> {
  const into =
    count <= looks.length ? looks : grown(Uint16Array, looks, roomFor(count, looks.length));
  if (change.nodes === null) {
    into.set(change.looks);
    return into;
  }
  for (let i = 0; i < change.nodes.length; i++) into[change.nodes[i]!] = change.looks[i]!;
  return into;
}
