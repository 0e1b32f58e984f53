import { DIMMED, edgeStyle, hazeOf, KEPT, OPEN, PRUNED, PRUNED_ROWS } from "./draw-edges.ts";
import { barWidth, HIGHEST_BAR } from "./draw-marks.ts";
import { EdgeRaster } from "./edge-raster.ts";
import type { Ground } from "./ground.ts";
import { InOrder } from "./in-order.ts";
import { isAnswer, kindOf, LOOK_COUNT } from "./looks.ts";
import type { Palette } from "./palette.ts";
import { type BarColors, barColors } from "./raster-colors.ts";
import { mixed, rgbaOf } from "./rgba.ts";
import { columnLeft, columnPx, type Geometry, roomIn } from "./scene.ts";
import { firstEdgeBelow, firstEdgeInView, firstInView } from "./visible.ts";

/** Thickness of edges, CSS px. */
const THICKNESS = 0.75;
/** Higher bars have soft ends; of lower ones, in pixels, each pixel shows the most important. */
const SOFT_BARS = 1.5;

/** Style of the edge into an item, by its look. */
const HIDDEN = 255;
const STYLES = Uint8Array.from({ length: LOOK_COUNT }, (_, look) => {
  const style = edgeStyle(look);
  return style < 0 ? HIDDEN : style;
});

/** A picture in pixels, of which each has red, green, blue and opacity. */
interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** What is drawn, and where. */
interface Page {
  readonly pixels: Pixels;
  readonly ground: Ground;
  readonly geometry: Geometry;
  readonly pixelRatio: number;
}

/** A page with what is the same for all of its columns: device pixels for each row, and the height of row 0. */
interface Sheet extends Page {
  readonly scale: number;
  readonly origin: number;
  /** Opacity of edges by style, 0 to 255; 0 for those that would only be haze. */
  readonly strengths: Float64Array;
}

/**
 * Draws the marks and edges of a dense view pixel by pixel: as `drawMarks` and
 * `drawEdges` do with a canvas, but at a cost that depends on the pixels and but a few
 * nanoseconds an item. The ground is the paper's colour.
 */
export class PictureRaster {
  readonly #edges = new EdgeRaster();
  readonly #inOrder = new InOrder();
  /** Bars as they were found: column, middle in pixels from the top, look. */
  #column = new Int32Array(0);
  #middle = new Float32Array(0);
  #look = new Uint16Array(0);
  #count = 0;

  /** Call it when items have moved, and when they look different. */
  forget(what: "places" | "looks"): void {
    if (what === "places") this.#inOrder.forgetPlaces();
    else this.#inOrder.forgetLooks();
  }

  paint(page: Page): void {
    const { pixels, ground, geometry, pixelRatio } = page;
    this.#edges.begin(pixels.width, pixels.height);
    this.#count = 0;
    const { view } = geometry;
    const sheet = {
      ...page,
      scale: geometry.row * pixelRatio,
      origin: geometry.y * pixelRatio,
      strengths: edgeStrengths(page),
    };
    const last = Math.min(view.lastColumn + 1, ground.layout.columns - 1);
    let lastPixel = Number.NEGATIVE_INFINITY;
    for (let column = view.firstColumn; column <= last; column++) {
      // Of columns that share a pixel the first is drawn.
      const pixel = columnLeft(geometry, column) * pixelRatio;
      if (pixel - lastPixel < 0.5) continue;
      lastPixel = pixel;
      this.#drawColumn(sheet, column);
    }
    fillGround(pixels, this.#edges.alpha, ground.palette);
    this.#fillBars(page);
  }

  #drawColumn(sheet: Sheet, column: number): void {
    const { ground, geometry } = sheet;
    const { view } = geometry;
    // Shorter than a pixel: the marks are next to each other.
    const hasEdges = column > 0 && columnPx(geometry, column - 1) >= 1;
    if (hasEdges) {
      const start = firstEdgeInView(ground, column, view.top);
      const end = firstEdgeBelow(ground, column, view.bottom);
      this.#inOrder.fill(ground, column, start, end);
      this.#drawEdges(sheet, column, start, end);
    }
    if (column > view.lastColumn) return;
    const start = firstInView(ground, column, view.top);
    const end = firstInView(ground, column, view.bottom);
    this.#inOrder.fill(ground, column, start, end);
    const isSoft = barHeight(geometry) * sheet.pixelRatio > SOFT_BARS;
    if (isSoft) this.#findSoftBars(sheet, column, start, end);
    else this.#findBars(sheet, column, start, end);
  }

  /** One bar on each pixel, of the most important item there. */
  #findBars({ scale, origin }: Sheet, column: number, start: number, end: number): void {
    const { row, look } = this.#inOrder;
    let pixel = -1;
    let best = 0;
    for (let i = start; i < end; i++) {
      const here = Math.floor(row[i]! * scale + origin);
      if (here !== pixel) {
        if (best > 0) this.#push(column, pixel + 0.5, best);
        pixel = here;
        best = 0;
      }
      if (look[i]! > best) best = look[i]!;
    }
    if (best > 0) this.#push(column, pixel + 0.5, best);
  }

  #findSoftBars({ scale, origin }: Sheet, column: number, start: number, end: number): void {
    const { row, look } = this.#inOrder;
    for (let i = start; i < end; i++) {
      if (look[i] !== 0) this.#push(column, row[i]! * scale + origin, look[i]!);
    }
  }

  #push(column: number, middle: number, look: number): void {
    if (this.#count === this.#look.length) {
      const room = 2 * this.#count + 4096;
      const [columns, middles, looks] = [this.#column, this.#middle, this.#look];
      this.#column = new Int32Array(room);
      this.#column.set(columns);
      this.#middle = new Float32Array(room);
      this.#middle.set(middles);
      this.#look = new Uint16Array(room);
      this.#look.set(looks);
    }
    this.#column[this.#count] = column;
    this.#middle[this.#count] = middle;
    this.#look[this.#count] = look;
    this.#count++;
  }

  /** Edges into a column; of those that share both ends the most important one. */
  #drawEdges(sheet: Sheet, column: number, start: number, end: number): void {
    const { geometry, scale, origin, pixelRatio, strengths } = sheet;
    const { row, parentRow, look } = this.#inOrder;
    const x = columnLeft(geometry, column - 1) * pixelRatio;
    const run = {
      ...{ x, partX: x + roomIn(geometry, column - 1).branch * pixelRatio },
      endX: columnLeft(geometry, column) * pixelRatio,
    };
    let [from, to, strength] = [-1, -1, 0];
    for (let i = start; i < end; i++) {
      const its = STYLES[look[i]!]!;
      if (its === HIDDEN) continue;
      const itsFrom = Math.floor(parentRow[i]! * scale + origin);
      const itsTo = Math.floor(row[i]! * scale + origin);
      const itsStrength = strengths[its]!;
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

  #drawEdge(
    { x, partX, endX }: { readonly x: number; readonly partX: number; readonly endX: number },
    from: number,
    to: number,
    strength: number,
  ): void {
    this.#edges.line(x, from + 0.5, partX, from + 0.5, strength);
    this.#edges.line(partX, from + 0.5, endX, to + 0.5, strength);
  }

  #fillBars({ pixels, ground, geometry, pixelRatio }: Page): void {
    const colors = barColors(ground.palette);
    const height = barHeight(geometry) * pixelRatio;
    const isSoft = height > SOFT_BARS;
    const half = isSoft ? height / 2 : 0.5;
    for (let i = 0; i < this.#count; i++) {
      const column = this.#column[i]!;
      const look = this.#look[i]!;
      const share = isAnswer(kindOf(look)) ? 1.4 : 1;
      const bar = {
        middleX: columnLeft(geometry, column) * pixelRatio,
        half: (barWidth(geometry, column) * share * pixelRatio) / 2,
        side: pixelRatio,
        top: this.#middle[i]! - half,
        bottom: this.#middle[i]! + half,
        look,
      };
      fillBar(pixels, colors, bar);
    }
  }
}

function barHeight({ row }: Geometry): number {
  return Math.min(Math.max(row * 0.85, 1), HIGHEST_BAR);
}

function edgeStrengths({ ground, geometry, pixelRatio }: Page): Float64Array {
  const { palette } = ground;
  const haze = hazeOf(geometry);
  const full = 255 * Math.min(THICKNESS * pixelRatio, 1);
  const faint = geometry.row >= PRUNED_ROWS ? haze * rgbaOf(palette.prunedEdge)[3] * full : 0;
  const strengths = new Float64Array(4);
  strengths[DIMMED] = faint * 0.45;
  strengths[PRUNED] = faint;
  strengths[OPEN] = haze * rgbaOf(palette.edge)[3] * full;
  strengths[KEPT] = haze * rgbaOf(palette.keptEdge)[3] * full;
  return strengths;
}

/** Paper and edges. These have one colour in all styles, and differ in their opacity. */
function fillGround({ data, width, height }: Pixels, alpha: Uint8Array, palette: Palette): void {
  const paper = rgbaOf(palette.paper);
  const [red, green, blue] = rgbaOf(palette.edge);
  const shades = new Uint8Array(4 * 256);
  for (let share = 0; share < 256; share++) {
    shades.set(mixed(paper, [red, green, blue, share / 255]).slice(0, 3), 4 * share);
    shades[4 * share + 3] = 255;
  }
  const words = new Uint32Array(shades.buffer);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = words[alpha[pixel]!]!;
}

interface Bar {
  readonly middleX: number;
  /** Half its width, without the sides, and how wide those are. */
  readonly half: number;
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
  readonly look: number;
}

/** A bar with a line at either side. Pixels that are covered in part are mixed. */
function fillBar(pixels: Pixels, { fill, side }: BarColors, bar: Bar): void {
  const { middleX, half } = bar;
  const left = middleX - half;
  const right = middleX + half;
  const outerLeft = left - bar.side;
  const outerRight = right + bar.side;
  const end = Math.min(Math.ceil(outerRight), pixels.width);
  for (let x = Math.max(Math.floor(outerLeft), 0); x < end; x++) {
    const inner = overlap(x, left, right);
    const outer = overlap(x, outerLeft, outerRight) - inner;
    if (outer > 0) fillUpright(pixels, side, bar, x, outer);
    if (inner > 0) fillUpright(pixels, fill, bar, x, inner);
  }
}

/** How much of the pixel from `x` to `x + 1` lies between two points. */
function overlap(x: number, from: number, to: number): number {
  return Math.max(Math.min(x + 1, to) - Math.max(x, from), 0);
}

/** The part of a bar that lies on one column of pixels, covered by `share`. */
function fillUpright(
  { data, width, height }: Pixels,
  colors: Int16Array,
  { top, bottom, look }: Bar,
  x: number,
  share: number,
): void {
  const color = 4 * look;
  const end = Math.min(Math.ceil(bottom), height);
  for (let y = Math.max(Math.floor(top), 0); y < end; y++) {
    const alpha = (overlap(y, top, bottom) * share * colors[color + 3]!) / 256;
    const at = 4 * (y * width + x);
    data[at] = data[at]! + (colors[color]! - data[at]!) * alpha;
    data[at + 1] = data[at + 1]! + (colors[color + 1]! - data[at + 1]!) * alpha;
    data[at + 2] = data[at + 2]! + (colors[color + 2]! - data[at + 2]!) * alpha;
  }
}
