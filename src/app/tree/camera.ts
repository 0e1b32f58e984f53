/** Widest column and highest row, CSS px: zooming in further would only part what belongs together. */
const WIDEST_COLUMN = 420;
const HIGHEST_ROW = 56;
/** The same for a whole tree that is fitted into view: a small one is not blown up. */
const FIT_COLUMN = 230;
const FIT_ROW = 34;
/** Room around a fitted tree, CSS px: the headers are above, the last labels on the right. */
const MARGIN = { left: 44, right: 36, top: 84, bottom: 36 };
/** Room that the labels of the last column take, at most this share of the view. */
const LABEL_ROOM = { px: 170, share: 0.22 };

/** Size of the drawing area, CSS px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A part of a layout, in world units: columns and rows, ends included. */
export interface Bounds {
  readonly lastColumn: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Maps world units to the screen (CSS px). Columns and rows have scales of their
 * own, because a tree of text has few columns and many rows; `zoom` acts on both,
 * and each of them stops where it is comfortable to read.
 */
export interface Camera {
  /** Screen position of column 0. */
  readonly x: number;
  /** Screen position of row 0. */
  readonly y: number;
  readonly zoom: number;
  /** Width of a column at zoom 1. */
  readonly columnPx: number;
  /** Height of a row at zoom 1. */
  readonly rowPx: number;
}

/** Width of a column on the screen. */
export function columnWidth({ zoom, columnPx }: Camera): number {
  return Math.min(zoom * columnPx, WIDEST_COLUMN);
}

/** Height of a row on the screen. */
export function rowHeight({ zoom, rowPx }: Camera): number {
  return Math.min(zoom * rowPx, HIGHEST_ROW);
}

/** The camera at zoom 1 that shows all of `bounds`: columns from the left, rows in the middle. */
export function fitCamera(
  { lastColumn, top, bottom }: Bounds,
  { width, height }: Viewport,
): Camera {
  const labels = Math.min(LABEL_ROOM.px, width * LABEL_ROOM.share);
  const room = {
    width: Math.max(width - MARGIN.left - MARGIN.right - labels, 1),
    height: Math.max(height - MARGIN.top - MARGIN.bottom, 1),
  };
  const columnPx = Math.min(room.width / Math.max(lastColumn, 1), FIT_COLUMN);
  const rowPx = Math.min(room.height / Math.max(bottom - top, 1), FIT_ROW);
  return {
    x: MARGIN.left,
    y: MARGIN.top + room.height / 2 - ((top + bottom) / 2) * rowPx,
    zoom: 1,
    columnPx,
    rowPx,
  };
}

/**
 * Least and greatest zoom: all of `bounds` in view, and both scales at their
 * limits. The zoom there is, is always inside.
 */
export function zoomExtent(camera: Camera, bounds: Bounds, viewport: Viewport): [number, number] {
  const fit = fitCamera(bounds, viewport);
  const least = Math.min(fit.columnPx / camera.columnPx, fit.rowPx / camera.rowPx) / 2;
  const greatest = Math.max(WIDEST_COLUMN / camera.columnPx, HIGHEST_ROW / camera.rowPx);
  return [Math.min(least, camera.zoom), Math.max(greatest, camera.zoom)];
}

/**
 * The camera after a gesture that took the screen point `from` to `to` and changed
 * the zoom: what was under `from` is under `to`.
 */
export function moveCamera(
  camera: Camera,
  {
    zoom,
    from,
    to,
  }: { zoom: number; from: readonly [number, number]; to: readonly [number, number] },
): Camera {
  const zoomed = { ...camera, zoom };
  const column = (from[0] - camera.x) / columnWidth(camera);
  const row = (from[1] - camera.y) / rowHeight(camera);
  return {
    ...zoomed,
    x: to[0] - column * columnWidth(zoomed),
    y: to[1] - row * rowHeight(zoomed),
  };
}

/** The camera with a place of the world in the middle of the view. */
export function centerCamera(
  camera: Camera,
  { column, row }: { column: number; row: number },
  { width, height }: Viewport,
): Camera {
  return {
    ...camera,
    x: width / 2 - column * columnWidth(camera),
    y: height / 2 - row * rowHeight(camera),
  };
}

/** Large enough to read the labels around a node, without changing a camera that already is. */
export function readableCamera(camera: Camera): Camera {
  const zoom = Math.max(camera.zoom, FIT_ROW / camera.rowPx, FIT_COLUMN / camera.columnPx);
  return { ...camera, zoom };
}

/** Moves as little as possible until a screen point and the room for its label are in view. */
export function showPoint(
  camera: Camera,
  point: readonly [number, number],
  viewport: Viewport,
): Camera {
  const labels = Math.min(LABEL_ROOM.px, viewport.width * LABEL_ROOM.share);
  return {
    ...camera,
    x: camera.x + intoRange(point[0], MARGIN.left, viewport.width - labels),
    y: camera.y + intoRange(point[1], MARGIN.top, viewport.height - MARGIN.bottom),
  };
}

function intoRange(value: number, low: number, high: number): number {
  return value < low ? low - value : Math.min(high - value, 0);
}

/**
 * Part of the way from one camera to another, `share` in [0, 1]. Scales go
 * geometrically, so that a zoom looks even.
 */
export function easeCamera(from: Camera, to: Camera, share: number): Camera {
  if (share >= 1) return to;
  const mix = (a: number, b: number) => a + (b - a) * share;
  const scale = (a: number, b: number) => a * (b / a) ** share;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    zoom: scale(from.zoom, to.zoom),
    columnPx: scale(from.columnPx, to.columnPx),
    rowPx: scale(from.rowPx, to.rowPx),
  };
}

/** Whether two cameras show the same to within a fraction of a pixel, across the whole view. */
export function isSameCamera(a: Camera, b: Camera): boolean {
  return (
    Math.abs(a.x - b.x) < 0.25 &&
    Math.abs(a.y - b.y) < 0.25 &&
    Math.abs(Math.log(columnWidth(a) / columnWidth(b))) < 1e-4 &&
    Math.abs(Math.log(rowHeight(a) / rowHeight(b))) < 1e-4
  );
}
