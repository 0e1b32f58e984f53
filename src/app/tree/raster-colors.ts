import { DIMMED, KEPT, OPEN, PRUNED } from "./draw-edges.ts";
import { DIM, outlineColor } from "./draw-marks.ts";
import { colorOf, HOLLOW, isDimmed, isPruned, kindOf, LOOK_COUNT } from "./looks.ts";
import type { Palette } from "./palette.ts";
import { mixed, type Rgba, rgbaOf } from "./rgba.ts";
import { SCORE_COLORS } from "./score-color.ts";

/** Opacity of pruned bars and of their sides, as when they are drawn one by one. */
const PRUNED_BAR = { fill: 0.35, side: 0.25 };

/** A colour with its opacity, from 0 to 256; the colour as a pixel that it covers. */
interface Paint {
  readonly word: number;
  readonly alpha: number;
}

/** What a bar is painted with: a line at either side, and what is between. */
export interface BarPaint {
  readonly fill: Paint;
  readonly side: Paint;
}

/**
 * Colours of pictures as pixels: red, green, blue and opacity in four bytes, read as one
 * signed number. Signed, as those of opaque pixels are then small enough to be no objects.
 */
export class RasterColors {
  readonly paper: number;
  /** Edges of each opacity, 0 to 255, on paper. They have one colour in all styles, and differ in their opacity. */
  readonly shades: Int32Array;
  /** Opacity of edges by style. */
  readonly edgeAlpha: Float64Array;
  readonly #palette: Palette;
  readonly #bars: (BarPaint | undefined)[] = new Array(LOOK_COUNT);

  constructor(palette: Palette) {
    this.#palette = palette;
    const paper = rgbaOf(palette.paper);
    const [red, green, blue] = rgbaOf(palette.edge);
    this.paper = pixelOf(paper);
    this.shades = Int32Array.from({ length: 256 }, (_, share) =>
      pixelOf(mixed(paper, [red, green, blue, share / 255])),
    );
    this.edgeAlpha = new Float64Array(4);
    this.edgeAlpha[DIMMED] = rgbaOf(palette.prunedEdge)[3] * 0.45;
    this.edgeAlpha[PRUNED] = rgbaOf(palette.prunedEdge)[3];
    this.edgeAlpha[OPEN] = rgbaOf(palette.edge)[3];
    this.edgeAlpha[KEPT] = rgbaOf(palette.keptEdge)[3];
  }

  /** The colours that marks of a look have; found when they are needed, as most looks never are. */
  bar(look: number): BarPaint {
    this.#bars[look] ??= barPaint(look, this.#palette);
    return this.#bars[look];
  }
}

const known = new Map<Palette, RasterColors>();

/** The same for the same palette. */
export function rasterColors(palette: Palette): RasterColors {
  let colors = known.get(palette);
  if (colors === undefined) {
    colors = new RasterColors(palette);
    known.set(palette, colors);
  }
  return colors;
}

function barPaint(look: number, palette: Palette): BarPaint {
  const kind = kindOf(look);
  const color = colorOf(look);
  const strength = isDimmed(look) ? DIM : 1;
  const opacity = isPruned(kind) ? PRUNED_BAR : { fill: 1, side: 1 };
  const side = faded(rgbaOf(outlineColor(kind, palette)), opacity.side * strength);
  const score = color === HOLLOW ? palette.outline : (SCORE_COLORS[color] ?? palette.outline);
  const fill = mixed(side, faded(rgbaOf(score), opacity.fill * strength));
  return { fill: paintOf(fill), side: paintOf(side) };
}

function faded([red, green, blue, alpha]: Rgba, strength: number): Rgba {
  return [red, green, blue, alpha * strength];
}

function paintOf(color: Rgba): Paint {
  return { word: pixelOf(color), alpha: Math.round(color[3] * 256) };
}

const bytes = new Uint8ClampedArray(4);
const words = new Int32Array(bytes.buffer);

/** An opaque pixel. */
function pixelOf([red, green, blue]: Rgba): number {
  bytes[0] = red;
  bytes[1] = green;
  bytes[2] = blue;
  bytes[3] = 255;
  return words[0]!;
}
