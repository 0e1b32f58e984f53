import { ROOT } from "../../protocol/events.ts";
import type { Tree } from "../../protocol/tree.ts";
import { foldsDead } from "../state/reading.ts";
import type { View } from "../state/view.ts";
import { StepClasses } from "../step-classes.ts";
import { isIdentity } from "./arrange.ts";
import { ChangeLog } from "./change-log.ts";
import { LookKeeper, type Touched } from "./look-keeper.ts";
import { subtreeWeights } from "./subtree-weights.ts";
import type {
  ArrangeColumns,
  Arranging,
  Picture,
  PictureRequest,
  Placement,
  ViewAnswer,
  ViewLink,
  ViewRequest,
} from "./view-messages.ts";

/** Where nothing stands yet. */
export const NOWHERE: Placement = {
  top: ROOT,
  layout: {
    count: 0,
    row: new Float32Array(0),
    order: new Int32Array(0),
    columnStart: new Int32Array(1),
    columns: 0,
  },
  shownAt: null,
  stands: null,
  size: null,
};

/** Arrangements do not depend on how scores are coloured. */
const ALL_SCORES = [0, 1] as const;
const NOTHING_KNOWN = new Int32Array(0);

type PlaceView = Pick<View, "tree" | "order" | "top" | "folding">;

/** What a placement was asked for. */
interface Asked {
  readonly version: number;
  readonly count: number;
  readonly arranging: Arranging;
}

/** The pictures that are wanted of a tree so arranged; `place`: it is going to be placed anew. */
export type PictureWish = (arranging: Arranging, place: boolean) => readonly PictureRequest[];

/** Placements that take longer make a pause as long as they took, ms. */
const QUICK_MS = 40;

const NO_PICTURES: PictureWish = () => [];

/**
 * Asks for the place of everything in a tree, and for pictures, whenever they are out of
 * date and no question is open: what has changed meanwhile is in the next one.
 * Nothing of one tree reaches another.
 */
export class PlaceKeeper {
  readonly #link: ViewLink;
  readonly #onAnswer: (isPlaced: boolean, pictures: readonly Picture[]) => void;
  readonly #newest = new LookKeeper();
  readonly #newestLog = new ChangeLog();
  readonly #momentLog = new ChangeLog();
  readonly #classes = new StepClasses();
  #placement = NOWHERE;
  #view: PlaceView | null = null;
  #looks: Uint16Array = new Uint16Array(0);
  #wish = NO_PICTURES;
  #epoch = 0;
  #sentCount = 0;
  /** Version of the tree of which columns were sent, and which. */
  #sentColumns: { readonly version: number; readonly key: string } | null = null;
  #isOpen = false;
  /** An answer that comes now keeps nobody waiting. */
  #isAsking = false;
  /** When the open question was asked, and before when the tree is not placed anew for mere growth, ms. */
  #askedAt = 0;
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked: Asked | null = null;
  #placed: Asked | null = null;
  #spare: ArrayBuffer[] = [];
  /** Whether the worker was told to give up what only changes need. */
  #isTrimmed = false;

  /** `onAnswer` is told whether the placement is a new one, and what pictures there are. */
  constructor(link: ViewLink, onAnswer: (isPlaced: boolean, pictures: readonly Picture[]) => void) {
    this.#link = link;
    this.#onAnswer = onAnswer;
    link.onAnswer = (answer) => this.#take(answer);
  }

  get placement(): Placement {
    return this.#placement;
  }

  /** Whether what was placed last follows from the newest state of the tree and what is asked of it. */
  get isSettled(): boolean {
    return this.#view !== null && !this.#isOutOfDate(this.#view, this.#arranging(this.#view));
  }

  /** Whether it follows from what is asked now, though maybe of an earlier state of the tree. */
  get isArranged(): boolean {
    if (this.#view === null || this.#placed === null) return false;
    return isSameArranging(this.#placed.arranging, this.#arranging(this.#view));
  }

  /** `looks` are those of the moment, of which `touched` may have changed since the last time. */
  update(view: PlaceView, looks: Uint16Array, touched: Touched): void {
    if (view.tree !== this.#view?.tree) this.#forget();
    this.#view = view;
    this.#looks = looks;
    this.#momentLog.add(touched);
    this.#ask();
  }

  /** Says which pictures are wanted from now on; null: none. */
  wish(wish: PictureWish | null): void {
    this.#wish = wish ?? NO_PICTURES;
    this.#ask();
  }

  /** Asks no more. */
  end(): void {
    this.#view = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Takes back what is no longer looked at: its memory is used for the next one. */
  reuse(placement: Placement): void {
    this.#spare = this.#isTrimmed ? [] : buffersOf(placement);
  }

  #forget(): void {
    this.#epoch++;
    this.#placement = NOWHERE;
    this.#placed = null;
    this.#sentCount = 0;
    this.#sentColumns = null;
    this.#notBefore = 0;
    this.#momentLog.forget();
    this.#newestLog.forget();
    this.#wish = NO_PICTURES;
    this.#spare = [];
    this.#isTrimmed = false;
  }

  #arranging({ tree, order, top, folding }: PlaceView): Arranging {
    return {
      order,
      top: top < tree.count ? top : ROOT,
      foldsDead: foldsDead(folding, tree.count),
      folding,
    };
  }

  #isOutOfDate({ tree }: PlaceView, arranging: Arranging): boolean {
    const placed = this.#placed;
    if (tree.count === 0) return false;
    if (placed === null || !isSameArranging(placed.arranging, arranging)) return true;
    return isPlain(arranging) ? placed.count !== tree.count : placed.version !== tree.version;
  }

  #ask(): void {
    const view = this.#view;
    if (this.#isOpen || view === null || view.tree.count === 0) return;
    const { tree } = view;
    const arranging = this.#arranging(view);
    const place = this.#isOutOfDate(view, arranging) && !this.#isResting(arranging);
    const pictures = this.#wish(arranging, place);
    const trim = !place && !this.#isTrimmed && canTrim(tree, arranging);
    if (!place && !trim && pictures.length === 0) return;
    const request: ViewRequest = {
      epoch: this.#epoch,
      parents: tree.parent.slice(this.#sentCount, tree.count),
      arranging,
      ...(place && !isPlain(arranging) ? this.#forArranging(tree, arranging) : NOTHING_MORE),
      moment: pictures.length > 0 ? this.#momentLog.take(this.#looks, tree.count) : null,
      place,
      pictures,
      spare: this.#spare,
      trim,
    };
    this.#sentCount = tree.count;
    this.#spare = [];
    this.#isTrimmed = trim || (this.#isTrimmed && !place);
    this.#isOpen = true;
    this.#askedAt = performance.now();
    this.#asked = { version: tree.version, count: tree.count, arranging };
    this.#isAsking = true;
    this.#link.ask(request);
    this.#isAsking = false;
  }

  /** Whether placing takes so long that pictures get their turn before a tree is placed that has only grown. */
  #isResting(arranging: Arranging): boolean {
    const rest = this.#notBefore - performance.now();
    if (rest <= 0 || this.#placed === null) return false;
    if (!isSameArranging(this.#placed.arranging, arranging)) return false;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, rest);
    return true;
  }

  /** What arranging needs beside the shape of the tree. */
  #forArranging(tree: Tree, arranging: Arranging): Pick<ViewRequest, "columns" | "newest"> {
    const scores = tree.scoresBy("search");
    const input = { tree, at: tree.seq, domain: ALL_SCORES, scores, lit: null };
    this.#newestLog.add(this.#newest.update(input));
    const { order, folding } = arranging;
    const by = folding.least > 0 ? folding.by : "nodes";
    const key = `${order} ${by}`;
    const newest = this.#newestLog.take(this.#newest.looks, tree.count);
    const { version } = tree;
    const sent = this.#sentColumns;
    if (sent !== null && sent.version === version && sent.key === key) {
      return { columns: null, newest };
    }
    this.#sentColumns = { version, key };
    const columns: ArrangeColumns = {
      score: order === "score" ? tree.score.slice(0, tree.count) : null,
      sameStep: order === "merged" ? this.#sameSteps(tree) : null,
      weight: subtreeWeights(tree, by),
    };
    return { columns, newest };
  }

  #sameSteps(tree: Tree): Int32Array {
    this.#classes.update(tree);
    return this.#classes.classOf.slice(0, tree.count);
  }

  #take({ epoch, placement, pictures }: ViewAnswer): void {
    const asked = this.#asked;
    this.#isOpen = false;
    if (epoch !== this.#epoch) {
      for (const { image } of pictures) if ("close" in image) image.close();
    } else {
      if (placement !== null) {
        this.#placement = placement;
        const now = performance.now();
        const took = now - this.#askedAt;
        this.#notBefore = took > QUICK_MS && !this.#isAsking ? now + took : 0;
        this.#placed = asked;
      }
      this.#onAnswer(placement !== null, pictures);
    }
    this.#ask();
  }
}

const NOTHING_MORE = { columns: null, newest: null };

function isSameArranging(a: Arranging, b: Arranging): boolean {
  return (
    a.order === b.order &&
    a.top === b.top &&
    a.foldsDead === b.foldsDead &&
    (a.folding === b.folding || (isUnfolded(a) && isUnfolded(b)))
  );
}

/** Whether it is only the dead that fold, if anything does. */
function isUnfolded({ folding: { least, folded, unfolded } }: Arranging): boolean {
  return least === 0 && folded.size === 0 && unfolded.size === 0;
}

/** Whether nothing is about to move: the run has ended, and the reader arranges nothing by hand, step by step. */
function canTrim({ ending }: Tree, arranging: Arranging): boolean {
  const { order, top } = arranging;
  return ending !== null && order === "generated" && top === ROOT && isUnfolded(arranging);
}

/** Whether every node has a place of its own, in the order of their ids. */
function isPlain(arranging: Arranging): boolean {
  const { by, least } = arranging.folding;
  const weight = by === "nodes" || least === 0 ? null : NOTHING_KNOWN;
  return isIdentity({
    ...{ count: 0, parent: NOTHING_KNOWN, looks: NO_LOOKS, score: null, sameStep: null },
    ...arranging,
    weight,
  });
}

const NO_LOOKS = new Uint16Array(0);

function buffersOf({ layout, shownAt, stands, size }: Placement): ArrayBuffer[] {
  const columns = [layout.row, layout.order, shownAt, stands, size];
  const buffers = columns.flatMap((column) => (column === null ? [] : [column.buffer]));
  return buffers.filter(
    (buffer) => buffer instanceof ArrayBuffer && buffer.byteLength > 0,
  ) as ArrayBuffer[];
}
