import type { NodeId } from "../../protocol/events.ts";

/** Where the camera stands, independent of the size of the window. */
export interface CameraView {
  /** Depth and row in the middle of the view, fractions allowed. */
  readonly column: number;
  readonly row: number;
  /** Scale of widths, 1 shows labels whole, and height of a row, CSS px. */
  readonly across: number;
  readonly rowPx: number;
}

/** What the tree view is asked to look at. */
export type CameraRequest =
  | { readonly to: "fit" }
  /** Bring the node to the middle, near enough to read. */
  | { readonly to: "focus"; readonly node: NodeId }
  /** Move as little as needed for the node to be in view. */
  | { readonly to: "show"; readonly node: NodeId }
  | { readonly to: "place"; readonly view: CameraView }
  /** Zoom by a factor around the middle of the view, and pan by shares of its size. */
  | { readonly to: "move"; readonly zoom: number; readonly right: number; readonly down: number }
  /** Fit the subtree of a node. */
  | { readonly to: "fitSubtree"; readonly node: NodeId };

/** Calls `listener` with what is sent, until the returned function is called. */
type Subscribe<T> = (listener: (sent: T) => void) => () => void;

function channel<T>(): { send: (value: T) => void; subscribe: Subscribe<T> } {
  const listeners = new Set<(sent: T) => void>();
  return {
    send: (value) => {
      for (const listener of listeners) listener(value);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Between one tree view and whoever asks it for something or wants to know where it looks. */
export interface CameraPost {
  /** Asks the tree view, if it is mounted. A place is remembered until it is. */
  readonly request: (request: CameraRequest) => void;
  readonly onRequest: Subscribe<CameraRequest>;
  /** Where the camera stands; `null` while it follows the tree. Changes up to once a frame. */
  readonly view: () => CameraView | null;
  /** The tree view says where its camera stands now; the same again is no news. */
  readonly report: (view: CameraView | null) => void;
  readonly onMove: Subscribe<CameraView | null>;
}

export function createCameraPost(): CameraPost {
  const requests = channel<CameraRequest>();
  const moves = channel<CameraView | null>();
  let current: CameraView | null = null;
  return {
    request: (request) => {
      if (request.to === "place") current = request.view;
      requests.send(request);
    },
    onRequest: requests.subscribe,
    view: () => current,
    report: (view) => {
      if (isSame(view, current)) return;
      current = view;
      moves.send(view);
    },
    onMove: moves.subscribe,
  };
}

/** Of the run that is open on the page of searches. */
export const mainCamera: CameraPost = createCameraPost();

export const {
  request: requestCamera,
  view: cameraView,
  report: reportCamera,
  onMove: onCameraMove,
} = mainCamera;

function isSame(a: CameraView | null, b: CameraView | null): boolean {
  if (a === null || b === null) return a === b;
  return a.column === b.column && a.row === b.row && a.across === b.across && a.rowPx === b.rowPx;
}
