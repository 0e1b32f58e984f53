import type { DrawingContext } from "./drawing-context.ts";
import type { PictureMaterial } from "./picture-painter.ts";
import { ViewHost } from "./view-host.ts";
import type { Picture, Pixels, Placement, ViewAnswer, ViewPost } from "./view-messages.ts";

/** The part of a worker's scope that is used; the project's types are those of pages. */
interface WorkerScope {
  onmessage: ((message: MessageEvent<ViewPost>) => void) | null;
  postMessage(answer: ViewAnswer, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

/**
 * Pixels go to the page as they are, in memory that it gives back: new memory for every
 * picture would take longer than drawing it.
 */
class WorkerMaterial implements PictureMaterial {
  #ctx: OffscreenCanvasRenderingContext2D | null = null;
  #spare: readonly ArrayBuffer[] = [];

  /** Memory to be used again. */
  give(spare: readonly ArrayBuffer[]): void {
    if (spare.length > 0) this.#spare = spare;
  }

  pixels(width: number, height: number): Pixels {
    const bytes = 4 * width * height;
    const fitting = this.#spare.find(({ byteLength }) => byteLength === bytes);
    this.#spare = this.#spare.filter((each) => each !== fitting);
    return { data: new Uint8ClampedArray(fitting ?? new ArrayBuffer(bytes)), width, height };
  }

  canvas(width: number, height: number): DrawingContext {
    this.#ctx ??= new OffscreenCanvas(width, height).getContext("2d")!;
    const { canvas } = this.#ctx;
    // A size that is set again costs its memory again.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return this.#ctx;
  }

  take(): ImageBitmap {
    return this.#ctx!.canvas.transferToImageBitmap();
  }
}

const material = new WorkerMaterial();
const host = new ViewHost(material);

scope.onmessage = ({ data: { request, seen } }) => {
  material.give(seen);
  const answer = host.answer(request);
  scope.postMessage(answer, [...answer.pictures.map(memoryOf), ...buffersOf(answer.placement)]);
};

function memoryOf({ image }: Picture): Transferable {
  return "data" in image ? image.data.buffer : image;
}

function buffersOf(placement: Placement | null): Transferable[] {
  if (placement === null) return [];
  const { layout, shownAt, stands, size } = placement;
  const columns = [layout.row, layout.order, shownAt, stands, size];
  return columns.flatMap((column) => (column === null ? [] : [column.buffer as ArrayBuffer]));
}
