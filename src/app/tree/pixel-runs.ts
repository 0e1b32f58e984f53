import { type Ground, parentOf } from "./ground.ts";

/** Items, and where their rows are on a picture: row 0 at `origin`, and so many pixels to a row. */
export interface PixelRows {
  readonly ground: Pick<Ground, "layout" | "row" | "parent" | "shownAt">;
  readonly scale: number;
  readonly origin: number;
}

/**
 * The first place in `order` between `start`, which is above, and `end` of an item that stands at `y`
 * or below, in pixels; `end` if none does. In leaps that double: a run of items on one pixel
 * costs the logarithm of its length.
 */
export function placeBelow(
  { ground, scale, origin }: PixelRows,
  start: number,
  end: number,
  y: number,
): number {
  const { row, layout } = ground;
  const { order } = layout;
  let low = start;
  let leap = 1;
  while (low + leap < end && row[order[low + leap]!]! * scale + origin < y) {
    low += leap;
    leap *= 2;
  }
  let high = Math.min(low + leap, end);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (row[order[middle]!]! * scale + origin < y) low = middle;
    else high = middle;
  }
  return high;
}

/** The same where the parents of the items stand. */
export function placeOfEdgeBelow(
  { ground, scale, origin }: PixelRows,
  start: number,
  end: number,
  y: number,
): number {
  const { row, layout } = ground;
  let low = start;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (row[parentOf(ground, layout.order[middle]!)]! * scale + origin < y) low = middle;
    else high = middle;
  }
  return high;
}
