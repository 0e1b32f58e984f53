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

/** Wheel events that are so close together belong to one movement of the hand, ms. */
const ONE_SCROLL_MS = 180;

/**
 * Wheel, drag and pinch, as d3-zoom understands them. Its transform has one scale
 * and ours has two, so only the change from one of its events to the next is
 * used. Scrolling sideways, with two fingers or with Shift, moves the view.
 */
export function addZoomGestures(
  canvas: HTMLCanvasElement,
  onGesture: (gesture: Gesture) => void,
): ZoomGestures {
  const selection = select<HTMLCanvasElement, unknown>(canvas);
  let last: ZoomTransform = zoomIdentity;
  let active = 0;
  const scroll = { isPan: false, at: Number.NEGATIVE_INFINITY };
  const isPan = (event: WheelEvent) => {
    // Once fingers have gone sideways they pan until they rest, also straight down.
    if (event.timeStamp - scroll.at > ONE_SCROLL_MS || !scroll.isPan) {
      scroll.isPan = !event.ctrlKey && (event.shiftKey || event.deltaX !== 0);
    }
    scroll.at = event.timeStamp;
    return scroll.isPan;
  };
  const behavior = zoom<HTMLCanvasElement, unknown>()
    .clickDistance(4)
    .filter((event: MouseEvent) => {
      if (event instanceof WheelEvent) return !isPan(event);
      // Touches have no button.
      return !event.ctrlKey && !event.button;
    })
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
  const stop = new AbortController();
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!scroll.isPan || event.ctrlKey) return;
      event.preventDefault();
      const [right, down] = scrolled(event, canvas);
      onGesture({ zoom: last.k, from: [0, 0], to: [-right, -down] });
    },
    // After d3-zoom's listener, which has asked what kind of movement it is.
    { signal: stop.signal, passive: false },
  );
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
      stop.abort();
    },
  };
}

/** How far a wheel event scrolls, CSS px to the right and down. Shift turns a wheel sideways. */
function scrolled(event: WheelEvent, { clientHeight }: HTMLCanvasElement): [number, number] {
  const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE : clientHeight;
  const { deltaX, deltaY } = event;
  const isTurned = event.shiftKey && deltaX === 0;
  return isTurned ? [deltaY * unit, 0] : [deltaX * unit, deltaY * unit];
}

/** Height of a line where a wheel counts in lines, CSS px. */
const LINE = 16;

function middle(points: [number, number][]): readonly [number, number] {
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
