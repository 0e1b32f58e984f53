import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import type { View } from "../state/view.ts";
import type { Bounds } from "./camera.ts";
import { type ColumnSummary, summarizeColumns } from "./column-summary.ts";
import { columnStarts } from "./column-widths.ts";
import { Glide } from "./glide.ts";
import { LEAST_BRANCH } from "./label-room.ts";
import { EMPTY_LAYOUT, type Layout, layOut } from "./layout.ts";
import { looksAt } from "./looks.ts";
import type { Palette } from "./palette.ts";
import { type TopK, topKs } from "./prune-note.ts";
import type { Scene } from "./scene.ts";

/** Trees with more nodes than this neither grow in nor glide to a new layout. */
const MOTION_LIMIT = 1000;
/** Time in which a node grows in, ms. */
const GROW_MS = 150;

const NOTHING: readonly NodeId[] = [];

/**
 * Keeps what is drawn in step with the view: the layout when the tree has grown,
 * the looks when the moment has changed, and for small trees the motion between.
 */
export class SceneKeeper {
  #tree: Tree | null = null;
  #layout: Layout = EMPTY_LAYOUT;
  #looks: Uint16Array = new Uint16Array(0);
  #columns: readonly ColumnSummary[] = [];
  #topK: TopK = new Map();
  #seen: View | null = null;
  #selected: readonly NodeId[] = NOTHING;

  readonly #row = new Glide();
  readonly #columnX = new Glide();
  #bornAt = new Float64Array(0);
  #growth = new Float32Array(0);
  #isMoving = false;
  #isGrowing = false;

  get layout(): Layout {
    return this.#layout;
  }

  /** Where columns begin, see `column-widths.ts`; where they will be, if they are on their way. */
  get columnX(): Float64Array {
    return this.#columnX.target;
  }

  get topK(): TopK {
    return this.#topK;
  }

  /** Whether the next frame differs although nothing happens. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** Brings everything up to date with `view`. `time` in ms. */
  update(view: View, time: number, stillness: boolean): void {
    const seen = this.#seen;
    const isNewTree = this.#tree !== view.tree;
    if (isNewTree) this.#forget(view.tree);
    const canMove = !stillness && view.tree.count <= MOTION_LIMIT;
    if (view.tree.count !== this.#layout.count) this.#layout = layOut(view.tree);
    const isNewMoment =
      isNewTree ||
      seen === null ||
      seen.version !== view.version ||
      seen.at !== view.at ||
      seen.domain !== view.domain;
    const isNewVersion = isNewTree || seen?.version !== view.version;
    if (isNewMoment) this.#readMoment(view, isNewVersion);
    if (isNewVersion) this.#readTree(view.tree, canMove ? time : null);
    if (isNewMoment || seen?.selected !== view.selected) {
      this.#selected = view.selected === null ? NOTHING : pathTo(view.tree, view.selected);
    }
    this.#seen = view;
    const rowsMove = this.#row.advance(time);
    const columnsMove = this.#columnX.advance(time);
    const grows = canMove && this.#grow(time);
    this.#isMoving = rowsMove || columnsMove || grows;
    this.#isGrowing = grows;
  }

  scene(view: View, hovered: NodeId | null, palette: Palette): Scene {
    const chosen = view.tree.selectedAt(view.at)?.path ?? NOTHING;
    return {
      tree: view.tree,
      at: view.at,
      layout: this.#layout,
      columnX: this.#columnX.value,
      row: this.#row.value,
      looks: this.#looks,
      growth: this.#isGrowing ? this.#growth : null,
      columns: this.#columns,
      topK: this.#topK,
      chosen,
      selected: this.#selected,
      hovered,
      palette,
    };
  }

  /** The part of the layout that is shown; `null` if nothing is. */
  bounds(): Bounds | null {
    if (this.#columns.length === 0) return null;
    let top = Number.POSITIVE_INFINITY;
    let bottom = Number.NEGATIVE_INFINITY;
    const { order, columnStart, row } = this.#layout;
    for (let column = 0; column < this.#columns.length; column++) {
      const end = columnStart[column + 1]!;
      let first = columnStart[column]!;
      while (first < end && this.#looks[order[first]!] === 0) first++;
      let last = end - 1;
      while (last > first && this.#looks[order[last]!] === 0) last--;
      if (first === end) continue;
      top = Math.min(top, row[order[first]!]!);
      bottom = Math.max(bottom, row[order[last]!]!);
    }
    return { right: this.columnX[this.#columns.length]! - LEAST_BRANCH, top, bottom };
  }

  #forget(tree: Tree): void {
    this.#tree = tree;
    this.#layout = EMPTY_LAYOUT;
    this.#row.jump(EMPTY_LAYOUT.row);
    this.#columnX.jump(EMPTY_LAYOUT.row);
    this.#bornAt = new Float64Array(0);
  }

  #readMoment({ tree, at, domain }: View, isNewVersion: boolean): void {
    this.#looks = looksAt(tree, at, domain, this.#looks);
    this.#columns = summarizeColumns(tree, this.#layout, at);
    if (isNewVersion) this.#topK = topKs(tree);
  }

  /** `time` in ms; null if what moves is to be there at once. */
  #readTree(tree: Tree, time: number | null): void {
    const { row } = this.#layout;
    const columnX = columnStarts(tree, this.#layout);
    if (time === null) {
      this.#row.jump(row);
      this.#columnX.jump(columnX);
    } else {
      this.#row.go(row, time);
      this.#columnX.go(columnX, time);
    }
  }

  /** Lets nodes grow that have just appeared. Says whether one of them still does. */
  #grow(time: number): boolean {
    const { count } = this.#layout;
    if (this.#bornAt.length < count) {
      const bornAt = new Float64Array(MOTION_LIMIT).fill(Number.NaN);
      bornAt.set(this.#bornAt);
      this.#bornAt = bornAt;
      this.#growth = new Float32Array(MOTION_LIMIT);
    }
    let isGrowing = false;
    for (let node = 0; node < count; node++) {
      if (this.#looks[node] === 0) {
        this.#bornAt[node] = Number.NaN;
        continue;
      }
      if (Number.isNaN(this.#bornAt[node]!)) this.#bornAt[node] = time;
      const share = (time - this.#bornAt[node]!) / GROW_MS;
      this.#growth[node] = share >= 1 ? 1 : 0.3 + 0.7 * share;
      isGrowing ||= share < 1;
    }
    return isGrowing;
  }
}

function pathTo(tree: Tree, node: NodeId): readonly NodeId[] {
  return node < tree.count ? tree.path(node) : NOTHING;
}
