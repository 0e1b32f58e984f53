import { SCORE_COLORS, scoreStep } from "../tree/score-color.ts";
import { EMPTY, isInRunning, scoreOfStep } from "./event-cells.ts";
import type { EventGrid } from "./event-grid.ts";
import { rowTop, type StripPlaces } from "./strip-places.ts";

/** Opacity of steps that are out of the running. */
export const FADED = 0.4;

/** What steps without a score are painted with, and the scores at the ends of the scale. */
export interface CellColors {
  readonly outline: string;
  readonly domain: readonly [low: number, high: number];
}

/** A picture of so many device pixels a CSS px, a pixel an element, in the order of `ImageData`. */
export interface Pixels {
  readonly data: Uint32Array;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** CSS colour of a step without regard to its standing. */
export function stepColor(score: number, { outline, domain }: CellColors): string {
  return Number.isNaN(score) ? outline : SCORE_COLORS[scoreStep(score, domain)]!;
}

/**
 * Paints the steps of a grid whose events are narrower than pixels. Whatever falls
 * on one pixel, the most telling of it is seen. The picture must be empty.
 * O(pixels + cells).
 */
export function paintCells(
  { data, width, height, pixelRatio }: Pixels,
  { grid, places, colors }: { grid: EventGrid; places: StripPlaces; colors: CellColors },
): void {
  const { start, eventPx } = places.scale;
  const columnsPerPixel = 1 / (pixelRatio * eventPx * grid.eventsPerColumn);
  const firstPixel = Math.round(start * pixelRatio);
  const spans = rowSpans(grid, places, { height, pixelRatio });
  const colorOf = rgbaOfSteps(colors);
  const best = new Uint16Array(spans.length);
  for (let x = firstPixel; x < width; x++) {
    const from = Math.floor((x - firstPixel) * columnsPerPixel);
    if (from >= grid.usedColumns) break;
    const next = Math.floor((x + 1 - firstPixel) * columnsPerPixel);
    pickBest(grid, { from, to: Math.max(next, from + 1), rowsTogether: places.rowsTogether }, best);
    for (const [row, { top, bottom }] of spans.entries()) {
      if (best[row] === EMPTY) continue;
      const color = colorOf(best[row]!);
      for (let y = top; y < bottom; y++) data[y * width + x] = color;
    }
  }
}

interface Columns {
  /** Column of the grid, the first and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly rowsTogether: number;
}

/** The most telling step of each row of the strip. */
function pickBest(grid: EventGrid, { from, to, rowsTogether }: Columns, best: Uint16Array): void {
  best.fill(EMPTY);
  const end = Math.min(to, grid.usedColumns);
  for (let row = 0; row < grid.usedRows; row++) {
    const into = Math.floor(row / rowsTogether);
    for (let column = from; column < end; column++) {
      const cell = grid.steps[column * grid.rowCount + row]!;
      if (cell > best[into]!) best[into] = cell;
    }
  }
}

/** Device pixels of every row of the strip, at least one each. */
function rowSpans(
  grid: EventGrid,
  places: StripPlaces,
  { height, pixelRatio }: { height: number; pixelRatio: number },
) {
  const rows = Math.ceil(grid.usedRows / places.rowsTogether);
  return Array.from({ length: rows }, (_, i) => {
    const y = rowTop(places, i * places.rowsTogether);
    const top = Math.min(Math.round(y * pixelRatio), height - 1);
    const bottom = Math.round((y + places.cellHeight) * pixelRatio);
    return { top, bottom: Math.min(Math.max(bottom, top + 1), height) };
  });
}

/** Colours of cells as pixels. */
function rgbaOfSteps(colors: CellColors): (cell: number) => number {
  const solid = SCORE_COLORS.map((color) => rgbaOf(color, 1));
  const faded = SCORE_COLORS.map((color) => rgbaOf(color, FADED));
  const hollow = rgbaOf(colors.outline, 1);
  const fadedHollow = rgbaOf(colors.outline, FADED);
  return (cell) => {
    const score = scoreOfStep(cell);
    if (Number.isNaN(score)) return isInRunning(cell) ? hollow : fadedHollow;
    const step = scoreStep(score, colors.domain);
    return isInRunning(cell) ? solid[step]! : faded[step]!;
  };
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** A colour `#rrggbb` as an element of `Pixels`. */
export function rgbaOf(hex: string, alpha: number): number {
  const rgb = Number.parseInt(hex.slice(1), 16);
  const [red, green, blue, opacity] = [
    rgb >> 16,
    (rgb >> 8) & 0xff,
    rgb & 0xff,
    Math.round(alpha * 255),
  ];
  return isLittleEndian
    ? ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0
    : ((red << 24) | (green << 16) | (blue << 8) | opacity) >>> 0;
}
