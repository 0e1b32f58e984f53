import { type PictureCanvas, ViewHost } from "./view-host.ts";
import type { Placement, ViewAnswer, ViewRequest } from "./view-messages.ts";

/** The part of a worker's scope that is used; the project's types are those of pages. */
interface WorkerScope {
  onmessage: ((message: MessageEvent<ViewRequest>) => void) | null;
  postMessage(answer: ViewAnswer, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

class OffscreenPictures implements PictureCanvas {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #ctx = this.#canvas.getContext("2d")!;

  begin(width: number, height: number): OffscreenCanvasRenderingContext2D {
    // What is taken from a canvas leaves it empty; a size that is set again would cost its memory again.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    return this.#ctx;
  }

  take(): ImageBitmap {
    return this.#canvas.transferToImageBitmap();
  }
}

const host = new ViewHost(new OffscreenPictures());

scope.onmessage = ({ data }) => {
  const answer = host.answer(data);
  const bitmaps = answer.pictures.map(({ bitmap }) => bitmap);
  scope.postMessage(answer, [...bitmaps, ...buffersOf(answer.placement)]);
};

function buffersOf(placement: Placement | null): Transferable[] {
  if (placement === null) return [];
  const { layout, shownAt, stands, size } = placement;
  const columns = [layout.row, layout.order, shownAt, stands, size];
  return columns.flatMap((column) => (column === null ? [] : [column.buffer as ArrayBuffer]));
}
