import type { Bounds } from "./camera.ts";
import { itemLooks } from "./item-looks.ts";
import { type PictureMaterial, PicturePainter } from "./picture-painter.ts";
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

/**
 * Answers what a page asks about one tree after another: where everything stands, and
 * pictures of it. Knows no worker, so that tests and benchmarks need none.
 */
export class ViewHost {
  readonly #material: PictureMaterial | null;
  readonly #painter = new PicturePainter();
  #epoch = -1;
  #placer = new TreePlacer();
  /** Looks of the nodes, and of the items, at the moment that is shown. */
  #moment = new Uint16Array(0);
  #items = new Uint16Array(0);
  #itemsKnown = false;

  /** Without material it draws no pictures. */
  constructor(material: PictureMaterial | null) {
    this.#material = material;
  }

  answer(request: ViewRequest): ViewAnswer {
    const { epoch, parents, moment } = request;
    if (epoch !== this.#epoch) this.#begin(epoch);
    if (parents.length > 0) this.#placer.grow(parents);
    this.#placer.tell(request.columns, request.newest, request.spare);
    if (moment !== null) {
      this.#moment = changedLooks(this.#moment, moment, this.#placer.count);
      this.#itemsKnown = false;
    }
    const placement = request.place ? this.#placer.place(request.arranging) : null;
    if (placement !== null) {
      this.#itemsKnown = false;
    }
    if (request.trim) this.#placer.trim();
    return { epoch, placement, pictures: request.pictures.map((each) => this.#paint(each)) };
  }

  #begin(epoch: number): void {
    this.#epoch = epoch;
    this.#placer = new TreePlacer();
    this.#moment = new Uint16Array(0);
    this.#itemsKnown = false;
  }

  #paint(request: PictureRequest): Picture {
    const material = this.#material;
    if (material === null) throw new Error("a picture was asked for, and there is no material");
    const { layout, parent, depth, placed } = this.#placer;
    const ground = { layout, row: layout.row, looks: this.#looks(), parent, depth, ...placed };
    const frame = fittedFrame(request, shownBounds(ground, request.columnX));
    return { frame, image: this.#painter.paint(material, ground, { ...request, frame }) };
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
