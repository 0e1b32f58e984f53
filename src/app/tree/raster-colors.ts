import { DIM, outlineColor } from "./draw-marks.ts";
import { colorOf, HOLLOW, isDimmed, isPruned, kindOf, LOOK_COUNT } from "./looks.ts";
import type { Palette } from "./palette.ts";
import { mixed, type Rgba, rgbaOf } from "./rgba.ts";
import { SCORE_COLORS } from "./score-color.ts";

/** Opacity of pruned bars and of their sides, as when they are drawn one by one. */
const PRUNED = { fill: 0.35, side: 0.25 };

/** Colours of bars by look, four numbers each: red, green and blue, and opacity from 0 to 256. */
export interface BarColors {
  readonly fill: Int16Array;
  readonly side: Int16Array;
}

const known = new Map<Palette, BarColors>();

/** The same colours as marks have, found once for each palette. */
export function barColors(palette: Palette): BarColors {
  let colors = known.get(palette);
  if (colors === undefined) {
    colors = { fill: new Int16Array(4 * LOOK_COUNT), side: new Int16Array(4 * LOOK_COUNT) };
    for (let look = 1; look < LOOK_COUNT; look++) {
      const { fill, side } = barOf(look, palette);
      put(colors.fill, look, fill);
      put(colors.side, look, side);
    }
    known.set(palette, colors);
  }
  return colors;
}

function barOf(look: number, palette: Palette): { fill: Rgba; side: Rgba } {
  const kind = kindOf(look);
  const color = colorOf(look);
  const strength = isDimmed(look) ? DIM : 1;
  const opacity = isPruned(kind) ? PRUNED : { fill: 1, side: 1 };
  const side = faded(rgbaOf(outlineColor(kind, palette)), opacity.side * strength);
  const score = color === HOLLOW ? palette.outline : (SCORE_COLORS[color] ?? palette.outline);
  const fill = mixed(side, faded(rgbaOf(score), opacity.fill * strength));
  return { fill, side };
}

function faded([red, green, blue, alpha]: Rgba, strength: number): Rgba {
  return [red, green, blue, alpha * strength];
}

function put(colors: Int16Array, look: number, [red, green, blue, alpha]: Rgba): void {
  colors.set([red, green, blue, Math.round(alpha * 256)], 4 * look);
}
