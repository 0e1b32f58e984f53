import type { NodeId } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { hitsShown } from "../state/find.ts";
import { litNodes } from "../state/lit-nodes.ts";
import { shownScores, type View } from "../state/view.ts";
import type { Bounds } from "./camera.ts";
import { ColumnCounts } from "./column-summary.ts";
import { ColumnWidths } from "./column-widths.ts";
import { FoldedWords } from "./folded-words.ts";
import { Glide } from "./glide.ts";
import { isGroup, itemOf } from "./ground.ts";
import { Growth } from "./growth.ts";
import { HitItems } from "./hit-items.ts";
import { itemLooks } from "./item-looks.ts";
import { labelCells, labelText } from "./label-text.ts";
import { LookKeeper, type Touched } from "./look-keeper.ts";
import type { Palette } from "./palette.ts";
import { NOWHERE, PlaceKeeper } from "./place-keeper.ts";
import { type TopK, TopKs } from "./prune-note.ts";
import { RightAnswers } from "./right-answers.ts";
import type { Scene } from "./scene.ts";
import { shownBounds } from "./shown-bounds.ts";
import type { Picture, Placement, ViewLink } from "./view-messages.ts";

/** Trees with more nodes than this neither grow in nor glide to a new layout. */
const MOTION_LIMIT = 1000;

const NOTHING: readonly NodeId[] = [];
const NO_COLUMNS = new Float64Array(1);

/**
 * Keeps what is drawn in step with the view: where everything stands when the tree has
 * grown or is to be arranged otherwise, the looks when the moment has changed, and for
 * small trees the motion between.
 */
export class SceneKeeper {
  readonly #looks = new LookKeeper();
  readonly #widths = new ColumnWidths();
  readonly #counts = new ColumnCounts();
  readonly #topKs = new TopKs();
  readonly #places: PlaceKeeper;
  readonly #growth = new Growth();
  readonly #foldedWords = new FoldedWords();
  readonly #hits = new HitItems();
  readonly #rightAnswers = new RightAnswers();
  readonly #row = new Glide<Float32Array>(new Float32Array(0));
  readonly #columnX = new Glide<Float64Array>(new Float64Array(1));
  readonly #chosen = new ItemPath();
  readonly #selected = new ItemPath();
  readonly #peeked = new ItemPath();
  #tree: Tree | null = null;
  #itemLooks = new Uint16Array(0);
  #placement: Placement;
  #bounds: Bounds | null = null;
  #boundsKnown = false;
  #looksSerial = 0;
  #isMoving = false;

  /**
   * `onAnswer` is called when the next frame may differ although the view did not change,
   * with the pictures that have arrived.
   */
  constructor(link: ViewLink, onAnswer: (pictures: readonly Picture[]) => void) {
    this.#places = new PlaceKeeper(link, (_, pictures) => onAnswer(pictures));
    this.#placement = this.#places.placement;
  }

  get places(): PlaceKeeper {
    return this.#places;
  }

  get placement(): Placement {
    return this.#placement;
  }

  /** Where columns begin, see `column-widths.ts`; where they will be, if they are on their way. */
  get columnX(): Float64Array {
    return this.#columnX.target;
  }

  get topK(): TopK {
    return this.#topKs.topK;
  }

  /** Whether the next frame differs although nothing happens. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** Whether words about what is folded will be others although nothing happens; asked once they are drawn. */
  get isCounting(): boolean {
    return this.#foldedWords.isCounting;
  }

  /** Another number whenever marks or edges may look different. */
  get looksSerial(): number {
    return this.#looksSerial;
  }

  /** Where columns begin below a node, all that there are in the tree. */
  columnsBelow(tree: Tree, top: NodeId): Float64Array {
    const depth = tree.count === 0 ? 0 : tree.depth[top]!;
    return this.#widths.starts(depth, tree.count === 0 ? 0 : tree.maxDepth + 1 - depth);
  }

  /** Brings everything up to date with `view`. `time` in ms. */
  update(view: View, time: number, stillness: boolean): void {
    const { tree, at, domain } = view;
    if (this.#tree !== tree) this.#forget(tree);
    const canMove = !stillness && tree.count <= MOTION_LIMIT;
    this.#foldedWords.advance();
    const touched = this.#looks.update({
      tree,
      at,
      domain,
      scores: shownScores(view),
      lit: litNodes(view),
    });
    if (touched.length > 0) this.#looksSerial++;
    this.#rightAnswers.update(this.#looks.looks, tree.count, touched);
    this.#widths.update(view);
    this.#topKs.update(tree);
    this.#places.update(view, this.#looks.looks, touched);
    const isPlaced = this.#placement !== this.#places.placement;
    if (isPlaced) this.#place(tree, canMove ? time : null);
    this.#spaceColumns(tree, canMove ? time : null);
    this.#lookAt(view, touched, isPlaced);
    const rowsMove = this.#row.advance(time);
    const columnsMove = this.#columnX.advance(time);
    const { count } = this.#placement.layout;
    const grows = canMove && this.#growth.advance(this.#drawnLooks(), count, time);
    if (!canMove) this.#growth.value = null;
    this.#isMoving = rowsMove || columnsMove || grows;
  }

  scene(view: View, hovered: NodeId | null, palette: Palette): Scene {
    const { tree, at, labels, titles, bookmarks } = view;
    const { layout, top, shownAt, stands, size } = this.#placement;
    const placement = this.#placement;
    const path = tree.selectedAt(at)?.path ?? NOTHING;
    this.#hits.update(view.find, hitsShown(view), placement);
    const foldedWords = (item: NodeId) => this.foldedWords(view, item);
    const newest = at >= 0 && at <= tree.seq ? tree.eventNodeAt(at) : -1;
    return {
      ...{ tree, at, layout, top, shownAt, stands, size, bookmarks, hovered, palette },
      ...{ labels, titles },
      scores: shownScores(view),
      parent: tree.parent,
      depth: tree.depth,
      columnX: this.#columnX.value,
      row: this.#row.value,
      looks: this.#drawnLooks(),
      growth: this.#growth.value,
      labelLength: (item) => {
        if (!isGroup(placement, item)) return labelCells(labelText(view, item));
        return labelCells(foldedWords(item)[0] ?? "");
      },
      foldedWords,
      rightAnswers: this.#rightAnswers.nodes,
      fresh: view.fresh,
      summaryOf: (column) => (column < layout.columns ? this.#counts.summary(column) : null),
      topK: this.topK,
      chosen: this.#chosen.along(placement, path),
      selected: this.#selected.to(placement, tree, view.selected),
      peeked: this.#peeked.to(placement, tree, view.peeked),
      ends: { chosen: path.at(-1) ?? null, selected: view.selected, peeked: view.peeked },
      hits: this.#hits,
      newest: newest === -1 ? null : newest,
    };
  }

  /** What is folded into an item, see `FoldedWords`. */
  foldedWords({ tree, at }: View, item: NodeId): readonly string[] {
    return this.#foldedWords.of(tree, at, this.#placement, item);
  }

  /** The part of the layout that is shown; `null` if nothing is. */
  bounds(): Bounds | null {
    if (!this.#boundsKnown) this.#bounds = this.#findBounds();
    this.#boundsKnown = true;
    return this.#bounds;
  }

  /** Looks of the items. */
  #drawnLooks(): Uint16Array {
    return this.#placement.shownAt === null ? this.#looks.looks : this.#itemLooks;
  }

  #forget(tree: Tree): void {
    this.#tree = tree;
    this.#growth.forget();
    this.#row.jump(new Float32Array(0));
    this.#columnX.jump(NO_COLUMNS);
  }

  /** `time` in ms; null if what moves is to be there at once. */
  #place(tree: Tree, time: number | null): void {
    const before = this.#placement;
    const now = this.#places.placement;
    this.#placement = now;
    const { row } = now.layout;
    if (time === null || before.top !== now.top || before.layout.count > tree.count) {
      this.#row.jump(row);
      if (before !== NOWHERE) this.#places.reuse(before);
    } else {
      // What was folded comes out of where it was.
      this.#row.go(row, time, (node, rows) => {
        const item = itemOf(before, node);
        return item < 0 || item === node ? Number.NaN : rows[item]!;
      });
    }
  }

  #spaceColumns(tree: Tree, time: number | null): void {
    const { top, layout } = this.#placement;
    const columnX = layout.count === 0 ? NO_COLUMNS : this.columnsBelow(tree, top);
    if (columnX === this.#columnX.target) return;
    if (time === null) this.#columnX.jump(columnX);
    else this.#columnX.go(columnX, time);
    this.#boundsKnown = false;
  }

  #lookAt({ tree, at }: View, touched: Touched, isPlaced: boolean): void {
    if (touched.length === 0 && !isPlaced) return;
    this.#boundsKnown = false;
    const { looks } = this.#looks;
    const { top } = this.#placement;
    this.#counts.update({ tree, at, top, looks }, touched);
    this.#lookAtItems(touched, isPlaced);
  }

  #lookAtItems(touched: Touched, isPlaced: boolean): void {
    const { shownAt, stands, size } = this.#placement;
    if (shownAt === null || stands === null || size === null) return;
    const { looks } = this.#looks;
    if (this.#itemLooks.length < shownAt.length) {
      this.#itemLooks = new Uint16Array(Math.ceil(1.25 * shownAt.length));
    }
    if (isPlaced || touched === "all") {
      itemLooks(looks, { shownAt, stands, size }, this.#itemLooks);
      return;
    }
    let isFoldedTouched = false;
    for (const node of touched) {
      if (node >= shownAt.length || shownAt[node]! < 0) continue;
      if (size[shownAt[node]!] === 1) this.#itemLooks[node] = looks[node]!;
      else isFoldedTouched = true;
    }
    // While the tree grows, the placement that comes next brings the rest up to date.
    if (isFoldedTouched && this.#places.isSettled) {
      itemLooks(looks, { shownAt, stands, size }, this.#itemLooks);
    }
  }

  #findBounds(): Bounds | null {
    const { layout } = this.#placement;
    return shownBounds({ layout, row: layout.row, looks: this.#drawnLooks() }, this.columnX);
  }
}

/** The items along a path, by column, found again only when they may be others. */
class ItemPath {
  #placement: Placement | null = null;
  #path: readonly NodeId[] = NOTHING;
  #end: NodeId | null = null;
  #items = NOTHING;

  along(placement: Placement, path: readonly NodeId[]): readonly NodeId[] {
    if (placement === this.#placement && path === this.#path) return this.#items;
    this.#placement = placement;
    this.#path = path;
    const items: NodeId[] = [];
    for (const node of path) {
      const item = itemOf(placement, node);
      if (item >= 0 && item !== items.at(-1)) items.push(item);
    }
    this.#items = items;
    return items;
  }

  /** The path to a node; of none if there is none. */
  to(placement: Placement, tree: Tree, end: NodeId | null): readonly NodeId[] {
    if (end === null || end >= placement.layout.count) return NOTHING;
    const isSame = placement === this.#placement && end === this.#end;
    this.#end = end;
    return this.along(placement, isSame ? this.#path : tree.path(end));
  }
}
