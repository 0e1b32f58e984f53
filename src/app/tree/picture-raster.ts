import { BarRaster } from "./bar-raster.ts";
import { BarRuns } from "./bar-runs.ts";
import { DIMMED, edgeStyle, hazeOf, PRUNED, PRUNED_ROWS } from "./draw-edges.ts";
import { barWidth, HIGHEST_BAR } from "./draw-marks.ts";
import { EdgeRaster, type PixelWords } from "./edge-raster.ts";
import { type Ground, parentOf } from "./ground.ts";
import { LOOK_COUNT } from "./looks.ts";
import { type PixelRows, placeBelow, placeOfEdgeBelow } from "./pixel-runs.ts";
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
interface Sheet extends PixelRows {
  readonly ground: Ground;
  readonly geometry: Geometry;
  readonly pixelRatio: number;
  /** Opacity of the edge into an item by its look, 0 to 255; 0 for those that would only be haze. */
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
  readonly #runs = new BarRuns();

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
    this.#runs.clear();
    for (const column of columns) {
      this.#runs.beginColumn();
      if (column > 0 && columnPx(geometry, column - 1) >= 1) this.#drawEdges(sheet, column);
      // Shorter edges do not show: the marks are next to each other.
      else this.#findBars(sheet, column);
    }
    this.#bars.begin(words, colors);
    for (const [i, column] of columns.entries()) this.#drawBars(sheet, column, i);
  }

  /** Edges into a column; of those that share both ends the most important one. Finds its bars on the way. */
  #drawEdges(sheet: Sheet, column: number): void {
    const { ground, geometry, scale, origin, pixelRatio, strengths } = sheet;
    const start = firstEdgeInView(ground, column, geometry.view.top);
    const end = firstEdgeBelow(ground, column, geometry.view.bottom);
    const x = columnLeft(geometry, column - 1) * pixelRatio;
    const run: Run = {
      x,
      partX: x + roomIn(geometry, column - 1).branch * pixelRatio,
      endX: columnLeft(geometry, column) * pixelRatio,
      levelY: Number.NaN,
      levelStrength: 0,
    };
    const { row, looks, layout } = ground;
    const { order } = layout;
    for (let i = start, next = i; i < end; i = next) {
      const item = order[i]!;
      const from = Math.floor(row[parentOf(ground, item)]! * scale + origin);
      const to = Math.floor(row[item]! * scale + origin);
      next = placeBelow(sheet, i, end, to + 1);
      if (Math.floor(row[parentOf(ground, order[next - 1]!)]! * scale + origin) !== from) {
        next = placeOfEdgeBelow(sheet, i, next - 1, from + 1);
      }
      let strength = 0;
      let best = 0;
      for (let j = i; j < next; j++) {
        const look = looks[order[j]!]!;
        if (look > best) best = look;
        if (strengths[look]! > strength) strength = strengths[look]!;
      }
      this.#runs.add(to, best);
      if (strength > 0) this.#drawEdge(run, from, to, strength);
    }
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

  #findBars(sheet: Sheet, column: number): void {
    const { ground, geometry, scale, origin } = sheet;
    const { row, looks, layout } = ground;
    const { order } = layout;
    const end = firstInView(ground, column, geometry.view.bottom);
    for (let i = firstInView(ground, column, geometry.view.top), next = i; i < end; i = next) {
      const pixel = Math.floor(row[order[i]!]! * scale + origin);
      next = placeBelow(sheet, i, end, pixel + 1);
      let best = 0;
      for (let j = i; j < next; j++) if (looks[order[j]!]! > best) best = looks[order[j]!]!;
      this.#runs.add(pixel, best);
    }
  }

  /** `place`: which of the columns that are drawn it is. */
  #drawBars(sheet: Sheet, column: number, place: number): void {
    const { geometry, pixelRatio } = sheet;
    if (column > geometry.view.lastColumn) return;
    const middle = columnLeft(geometry, column) * pixelRatio;
    this.#bars.beginColumn(middle, barWidth(geometry, column) * pixelRatio, pixelRatio);
    const half = (barHeight(geometry) * pixelRatio) / 2;
    const isSoft = 2 * half > SOFT_BARS && sheet.scale >= 1;
    if (isSoft) this.#drawSoftBars(sheet, column, half);
    else this.#drawSharpBars(place, Math.max(Math.round(2 * half), 1));
  }

  #drawSoftBars({ ground, geometry, scale, origin }: Sheet, column: number, half: number): void {
    const { row, looks, layout } = ground;
    const end = firstInView(ground, column, geometry.view.bottom);
    for (let i = firstInView(ground, column, geometry.view.top); i < end; i++) {
      const item = layout.order[i]!;
      const look = looks[item]!;
      if (look === 0) continue;
      const middle = row[item]! * scale + origin;
      this.#bars.draw(look, middle - half, middle + half);
    }
  }

  /** One bar of whole pixels where items stand on the same pixel, of the most important of them. */
  #drawSharpBars(place: number, height: number): void {
    const above = (height - 1) >> 1;
    this.#runs.each(place, (pixel, look) => {
      this.#bars.draw(look, pixel - above, pixel - above + height);
    });
  }
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
  const ofStyle = Uint8Array.from(edgeAlpha, (alpha) => Math.round(alpha * full));
  if (geometry.row < PRUNED_ROWS) {
    ofStyle[DIMMED] = 0;
    ofStyle[PRUNED] = 0;
  }
  return STYLES.map((style) => (style === HIDDEN ? 0 : ofStyle[style]!));
}

function wordsOf({ data, width, height }: Pixels): PixelWords {
  const words = new Int32Array(data.buffer, data.byteOffset, width * height);
  return { words, width, height };
}
