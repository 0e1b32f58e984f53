import { BarRaster } from "./bar-raster.ts";
import { DIMMED, edgeStyle, hazeOf, PRUNED, PRUNED_ROWS } from "./draw-edges.ts";
import { barWidth, HIGHEST_BAR } from "./draw-marks.ts";
import { EdgeRaster, type PixelWords } from "./edge-raster.ts";
import type { Ground } from "./ground.ts";
import { InOrder } from "./in-order.ts";
import { LOOK_COUNT } from "./looks.ts";
import { type RasterColors, rasterColors } from "./raster-colors.ts";
import { columnLeft, columnPx, type Geometry, roomIn } from "./scene.ts";
import type { Pixels } from "./view-messages.ts";
import { firstEdgeBelow, firstEdgeInView, firstInView } from "./visible.ts";

/** Thickness of edges, CSS px. */
const THICKNESS = 0.75;
/** Higher bars, in pixels, have soft ends if rows are a pixel apart at least. */
const SOFT_BARS = 1.5;

/** Style of the edge into an item, by its look. */
const HIDDEN = 255;
const STYLES = Uint8Array.from({ length: LOOK_COUNT }, (_, look) => {
  const style = edgeStyle(look);
  return style < 0 ? HIDDEN : style;
});

/** What is drawn, and where. */
interface Page {
  readonly pixels: Pixels;
  readonly ground: Ground;
  readonly geometry: Geometry;
  readonly pixelRatio: number;
}

/** What is the same for all columns of a page: device pixels for each row, and the height of row 0. */
interface Sheet extends Omit<Page, "pixels"> {
  readonly scale: number;
  readonly origin: number;
  /** Opacity of edges by style, 0 to 255; 0 for those that would only be haze. */
  readonly strengths: Uint8Array;
}

/**
 * Draws the marks and edges of a dense view pixel by pixel: as `drawMarks` and
 * `drawEdges` do with a canvas, but at a cost that depends on the pixels with ink and but a few
 * nanoseconds an item. The ground is the paper's colour.
 */
export class PictureRaster {
  readonly #edges = new EdgeRaster();
  readonly #bars = new BarRaster();
  readonly #inOrder = new InOrder();

  /** Call it when items have moved, and when they look different. */
  forget(what: "places" | "looks"): void {
    if (what === "places") this.#inOrder.forgetPlaces();
    else this.#inOrder.forgetLooks();
  }

  paint({ pixels, ground, geometry, pixelRatio }: Page): void {
    const colors = rasterColors(ground.palette);
    const words = wordsOf(pixels);
    words.words.fill(colors.paper);
    const sheet: Sheet = {
      ...{ ground, geometry, pixelRatio },
      scale: geometry.row * pixelRatio,
      origin: geometry.y * pixelRatio,
      strengths: edgeStrengths(geometry, pixelRatio, colors),
    };
    const columns = columnsApart(sheet);
    this.#edges.begin(words, colors.shades);
    for (const column of columns) this.#drawEdges(sheet, column);
    this.#bars.begin(words, colors);
    for (const column of columns) this.#drawBars(sheet, column);
  }

  /** Edges into a column; of those that share both ends the most important one. */
  #drawEdges(sheet: Sheet, column: number): void {
    const { ground, geometry, scale, origin, pixelRatio, strengths } = sheet;
    // Shorter than a pixel: the marks are next to each other.
    if (column === 0 || columnPx(geometry, column - 1) < 1) return;
    const start = firstEdgeInView(ground, column, geometry.view.top);
    const end = firstEdgeBelow(ground, column, geometry.view.bottom);
    this.#inOrder.fill(ground, column, start, end);
    const { row, parentRow, look } = this.#inOrder;
    const x = columnLeft(geometry, column - 1) * pixelRatio;
    const run: Run = {
      x,
      partX: x + roomIn(geometry, column - 1).branch * pixelRatio,
      endX: columnLeft(geometry, column) * pixelRatio,
      levelY: Number.NaN,
      levelStrength: 0,
    };
    let from = 0;
    let to = 0;
    let strength = 0;
    for (let i = start; i < end; i++) {
      const style = STYLES[look[i]!]!;
      if (style === HIDDEN) continue;
      const itsFrom = Math.floor(parentRow[i]! * scale + origin);
      const itsTo = Math.floor(row[i]! * scale + origin);
      const itsStrength = strengths[style]!;
      if (itsFrom === from && itsTo === to) {
        if (itsStrength > strength) strength = itsStrength;
        continue;
      }
      if (strength > 0) this.#drawEdge(run, from, to, strength);
      from = itsFrom;
      to = itsTo;
      strength = itsStrength;
    }
    if (strength > 0) this.#drawEdge(run, from, to, strength);
  }

  #drawEdge(run: Run, from: number, to: number, strength: number): void {
    const { x, partX, endX } = run;
    // What siblings share is drawn but once, unless it is stronger.
    if (from !== run.levelY || strength > run.levelStrength) {
      this.#edges.level(x, partX, from, strength);
      run.levelY = from;
      run.levelStrength = strength;
    }
    this.#edges.line(partX, from, endX, to, strength);
  }

  #drawBars({ ground, geometry, scale, origin, pixelRatio }: Sheet, column: number): void {
    const { view } = geometry;
    if (column > view.lastColumn) return;
    const start = firstInView(ground, column, view.top);
    const end = firstInView(ground, column, view.bottom);
    this.#inOrder.fill(ground, column, start, end);
    const middle = columnLeft(geometry, column) * pixelRatio;
    this.#bars.beginColumn(middle, barWidth(geometry, column) * pixelRatio, pixelRatio);
    const half = (barHeight(geometry) * pixelRatio) / 2;
    const way = { start, end, scale, origin };
    const isSoft = 2 * half > SOFT_BARS && scale >= 1;
    if (isSoft) this.#drawSoftBars(way, half);
    else this.#drawSharpBars(way, Math.max(Math.round(2 * half), 1));
  }

  #drawSoftBars({ start, end, scale, origin }: Way, half: number): void {
    const { row, look } = this.#inOrder;
    for (let i = start; i < end; i++) {
      if (look[i] === 0) continue;
      const middle = row[i]! * scale + origin;
      this.#bars.draw(look[i]!, middle - half, middle + half);
    }
  }

  /** One bar of whole pixels where items stand on the same pixel, of the most important of them. */
  #drawSharpBars({ start, end, scale, origin }: Way, height: number): void {
    const { row, look } = this.#inOrder;
    const above = (height - 1) >> 1;
    let pixel = 0;
    let best = 0;
    for (let i = start; i < end; i++) {
      const here = Math.floor(row[i]! * scale + origin);
      if (here !== pixel) {
        if (best > 0) this.#bars.draw(best, pixel - above, pixel - above + height);
        pixel = here;
        best = 0;
      }
      if (look[i]! > best) best = look[i]!;
    }
    if (best > 0) this.#bars.draw(best, pixel - above, pixel - above + height);
  }
}

/** The part of a column that is drawn: places in its order, and the rows in device pixels. */
interface Way {
  readonly start: number;
  readonly end: number;
  readonly scale: number;
  readonly origin: number;
}

/** Where the edges into a column run, device pixels, and which level part was drawn last. */
interface Run {
  readonly x: number;
  /** Where edges part. */
  readonly partX: number;
  readonly endX: number;
  levelY: number;
  levelStrength: number;
}

/** Columns whose marks or edges are in view; of those that share a pixel the first. */
function columnsApart({ ground, geometry, pixelRatio }: Sheet): number[] {
  const { view } = geometry;
  const last = Math.min(view.lastColumn + 1, ground.layout.columns - 1);
  const columns: number[] = [];
  let lastPixel = Number.NEGATIVE_INFINITY;
  for (let column = view.firstColumn; column <= last; column++) {
    const pixel = columnLeft(geometry, column) * pixelRatio;
    if (pixel - lastPixel < 0.5) continue;
    lastPixel = pixel;
    columns.push(column);
  }
  return columns;
}

function barHeight({ row }: Geometry): number {
  return Math.min(Math.max(row * 0.85, 1), HIGHEST_BAR);
}

function edgeStrengths(
  geometry: Geometry,
  pixelRatio: number,
  { edgeAlpha }: RasterColors,
): Uint8Array {
  const full = 255 * hazeOf(geometry) * Math.min(THICKNESS * pixelRatio, 1);
  const strengths = Uint8Array.from(edgeAlpha, (alpha) => Math.round(alpha * full));
  if (geometry.row < PRUNED_ROWS) {
    strengths[DIMMED] = 0;
    strengths[PRUNED] = 0;
  }
  return strengths;
}

function wordsOf({ data, width, height }: Pixels): PixelWords {
  const words = new Int32Array(data.buffer, data.byteOffset, width * height);
  return { words, width, height };
}
