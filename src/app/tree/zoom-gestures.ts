import { type D3ZoomEvent, pointers, select, type ZoomTransform, zoom, zoomIdentity } from "d3";

/** A gesture as the camera sees it: what was under `from` is to be under `to`, CSS px of the canvas. */
export interface Gesture {
  readonly zoom: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface ZoomGestures {
  /** Tells where the camera is, so that the next gesture starts from there. */
  sync(zoom: number, extent: readonly [number, number]): void;
  readonly isActive: boolean;
  remove(): void;
}

/**
 * Wheel, drag and pinch, as d3-zoom understands them. Its transform has one scale
 * and ours has two, so only the change from one of its events to the next is
 * used.
 */
export function addZoomGestures(
  canvas: HTMLCanvasElement,
  onGesture: (gesture: Gesture) => void,
): ZoomGestures {
  const selection = select<HTMLCanvasElement, unknown>(canvas);
  let last: ZoomTransform = zoomIdentity;
  let active = 0;
  const behavior = zoom<HTMLCanvasElement, unknown>()
    .clickDistance(4)
    .constrain((transform) => transform)
    .on("start", () => {
      active++;
    })
    .on("end", () => {
      active--;
    })
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
      const factor = transform.k / last.k;
      const to = middle(pointers(sourceEvent, canvas));
      const from = [
        (to[0] - (transform.x - factor * last.x)) / factor,
        (to[1] - (transform.y - factor * last.y)) / factor,
      ] as const;
      last = transform;
      onGesture({ zoom: transform.k, from, to });
    });
  selection.call(behavior).on("dblclick.zoom", null);
  return {
    sync(scale, extent) {
      behavior.scaleExtent([extent[0], extent[1]]);
      if (last.k === scale) return;
      last = zoomIdentity.scale(scale);
      // Where d3-zoom keeps an element's transform, as its documentation says.
      selection.property("__zoom", last);
    },
    get isActive() {
      return active > 0;
    },
    remove() {
      selection.on(".zoom", null);
    },
  };
}

function middle(points: [number, number][]): readonly [number, number] {
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
