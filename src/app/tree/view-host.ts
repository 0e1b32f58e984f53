import type { Bounds } from "./camera.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { itemLooks } from "./item-looks.ts";
import { PicturePainter } from "./picture-painter.ts";
import { fittedScales } from "./scene.ts";
import { shownBounds } from "./shown-bounds.ts";
import { changedLooks, TreePlacer } from "./tree-placer.ts";
import type {
  Picture,
  PictureFrame,
  PictureRequest,
  ViewAnswer,
  ViewRequest,
} from "./view-messages.ts";

/** A canvas that a picture can be drawn on and taken from. */
export interface PictureCanvas {
  /** The context of an empty canvas of so many device pixels, which was taken from or never drawn on. */
  begin(width: number, height: number): DrawingContext;
  take(): ImageBitmap;
}

/**
 * Answers what a page asks about one tree after another: where everything stands, and
 * pictures of it. Knows no worker, so that tests and benchmarks need none.
 */
export class ViewHost {
  readonly #canvas: PictureCanvas | null;
  readonly #painter = new PicturePainter();
  #epoch = -1;
  #placer = new TreePlacer();
  /** Looks of the nodes, and of the items, at the moment that is shown. */
  #moment = new Uint16Array(0);
  #items = new Uint16Array(0);
  #itemsKnown = false;

  /** Without a canvas it draws no pictures. */
  constructor(canvas: PictureCanvas | null) {
    this.#canvas = canvas;
  }

  answer(request: ViewRequest): ViewAnswer {
    const { epoch, parents, moment } = request;
    if (epoch !== this.#epoch) this.#begin(epoch);
    if (parents.length > 0) this.#placer.grow(parents);
    this.#placer.tell(request.columns, request.newest, request.spare);
    if (moment !== null) {
      this.#moment = changedLooks(this.#moment, moment, this.#placer.count);
      this.#itemsKnown = false;
      this.#painter.forget("looks");
    }
    const placement = request.place ? this.#placer.place(request.arranging) : null;
    if (placement !== null) {
      this.#itemsKnown = false;
      this.#painter.forget("places");
    }
    return { epoch, placement, pictures: request.pictures.map((each) => this.#paint(each)) };
  }

  #begin(epoch: number): void {
    this.#epoch = epoch;
    this.#placer = new TreePlacer();
    this.#moment = new Uint16Array(0);
    this.#itemsKnown = false;
  }

  #paint(request: PictureRequest): Picture {
    if (this.#canvas === null) throw new Error("a picture was asked for, and there is no canvas");
    const { layout, parent, depth, placed } = this.#placer;
    const ground = { layout, row: layout.row, looks: this.#looks(), parent, depth, ...placed };
    const frame = fittedFrame(request, shownBounds(ground, request.columnX));
    const { width, height, pixelRatio } = frame;
    const ctx = this.#canvas.begin(Math.round(width * pixelRatio), Math.round(height * pixelRatio));
    this.#painter.paint(ctx, ground, { ...request, frame });
    return { frame, bitmap: this.#canvas.take() };
  }

  #looks(): Uint16Array {
    const { shownAt, stands, size } = this.#placer.placed;
    if (shownAt === null || stands === null || size === null) return this.#moment;
    if (this.#itemsKnown) return this.#items;
    if (this.#items.length < shownAt.length) this.#items = new Uint16Array(this.#moment.length);
    itemLooks(this.#moment, { shownAt, stands, size }, this.#items);
    this.#itemsKnown = true;
    return this.#items;
  }
}

function fittedFrame({ frame, fits }: PictureRequest, bounds: Bounds | null): PictureFrame {
  return fits === null || bounds === null ? frame : { ...frame, ...fittedScales(bounds, fits) };
}
