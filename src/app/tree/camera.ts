import type { Mirror } from "../state/pane.ts";

/** Widest columns, as a multiple of what their labels need, and highest row, CSS px: zooming in further would only part what belongs together. */
export const NEAREST = { across: 1.9, row: 120 };
/** The same for a whole tree that is fitted into view: a small one is not blown up. */
const FIT = { across: 1.45, row: 34 };
/** Room around a fitted tree, CSS px: the headers are above, marks stick out on the left. */
const MARGIN = { left: 36, right: 18, top: 80, bottom: 30 };
/** What `showPoint` brings into view right of a node: the beginning of its label. */
const LABEL_ROOM = { px: 130, share: 0.25 };

/** Size of the drawing area, CSS px. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  /** How it is seen in a mirror, if it is: cameras and places of the drawing know nothing of it, see `mirror.ts`. */
  readonly mirror?: Mirror | null;
}

/** A part of a layout from the root on: its width in CSS px at scale 1, its first and last row. */
export interface Bounds {
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Maps world units to the screen (CSS px). The world is about as wide as labels
 * need to be read, and as high as there are rows. Both directions have scales of their
 * own, because a tree of text has few columns and many rows; `zoom` acts on both,
 * and each of them stops where it is comfortable to read.
 */
export interface Camera {
  /** Screen position of the root. */
  readonly x: number;
  /** Screen position of row 0. */
  readonly y: number;
  readonly zoom: number;
  /** Scale of widths at zoom 1; at 1 most labels can be read. */
  readonly across: number;
  /** Height of a row at zoom 1. */
  readonly rowPx: number;
}

/** Scale of widths on the screen. */
export function acrossOf({ zoom, across }: Camera): number {
  return Math.min(zoom * across, NEAREST.across);
}

/** Height of a row on the screen. */
export function rowHeight({ zoom, rowPx }: Camera): number {
  return Math.min(zoom * rowPx, NEAREST.row);
}

/**
 * The camera at zoom 1 that shows all of `bounds`: the root on the left, rows in the middle; no scale of widths and no row
 * (CSS px) is larger than `most`.
 */
export function fitCamera(
  { right, top, bottom }: Bounds,
  { width, height }: Viewport,
  most: { readonly across: number; readonly row: number } = FIT,
): Camera {
  const room = {
    width: Math.max(width - MARGIN.left - MARGIN.right, 1),
    height: Math.max(height - MARGIN.top - MARGIN.bottom, 1),
  };
  const across = Math.min(room.width / Math.max(right, 1), most.across);
  const rowPx = Math.min(room.height / Math.max(bottom - top, 1), most.row);
  return {
    x: MARGIN.left,
    y: MARGIN.top + room.height / 2 - ((top + bottom) / 2) * rowPx,
    zoom: 1,
    across,
    rowPx,
  };
}

/** Least and greatest zoom: all of `bounds` in view with room to spare, and both scales at their limits. */
export function zoomExtent(camera: Camera, bounds: Bounds, viewport: Viewport): [number, number] {
  const fit = fitCamera(bounds, viewport);
  const least = Math.min(fit.across / camera.across, fit.rowPx / camera.rowPx) / 2;
  const greatest = Math.max(NEAREST.across / camera.across, NEAREST.row / camera.rowPx);
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
  return {
    ...zoomed,
    x: to[0] - ((from[0] - camera.x) / acrossOf(camera)) * acrossOf(zoomed),
    y: to[1] - ((from[1] - camera.y) / rowHeight(camera)) * rowHeight(zoomed),
  };
}

/** A place of the world: CSS px from the root at scale 1, and a row. */
export interface Place {
  readonly x: number;
  readonly row: number;
}

/** The camera with a place of the world in the middle of the view. */
export function centerCamera(camera: Camera, { x, row }: Place, viewport: Viewport): Camera {
  return {
    ...camera,
    x: viewport.width / 2 - x * acrossOf(camera),
    y: viewport.height / 2 - row * rowHeight(camera),
  };
}

/** The place in the middle of the view. */
export function centerOf(camera: Camera, { width, height }: Viewport): Place {
  return {
    x: (width / 2 - camera.x) / acrossOf(camera),
    row: (height / 2 - camera.y) / rowHeight(camera),
  };
}

/** Large enough to read the labels around a node, without changing a camera that already is. */
export function readableCamera(camera: Camera): Camera {
  const zoom = Math.max(camera.zoom, FIT.row / camera.rowPx, FIT.across / camera.across);
  return { ...camera, zoom };
}

/** Moves as little as possible until a place and the beginning of its label are in view. */
export function showPlace(camera: Camera, { x, row }: Place, viewport: Viewport): Camera {
  const label = Math.min(LABEL_ROOM.px, viewport.width * LABEL_ROOM.share);
  const screenX = camera.x + x * acrossOf(camera);
  const screenY = camera.y + row * rowHeight(camera);
  return {
    ...camera,
    x: camera.x + intoRange(screenX, MARGIN.left / 2, viewport.width - label),
    y: camera.y + intoRange(screenY, MARGIN.top, viewport.height - MARGIN.bottom),
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
    across: scale(from.across, to.across),
    rowPx: scale(from.rowPx, to.rowPx),
  };
}

/** Whether two cameras show the same to within a fraction of a pixel, across the whole view. */
export function isSameCamera(a: Camera, b: Camera): boolean {
  return (
    Math.abs(a.x - b.x) < 0.25 &&
    Math.abs(a.y - b.y) < 0.25 &&
    Math.abs(Math.log(acrossOf(a) / acrossOf(b))) < 2e-4 &&
    Math.abs(Math.log(rowHeight(a) / rowHeight(b))) < 2e-4
  );
}
