import { interpolateViridis } from "d3";

/** Colours are quantised, so that a canvas can draw all marks of one colour in one go. */
export const SCORE_STEPS = 64;

/** Every colour of the scale as CSS hex, lowest score first; its lightness only rises. */
export const SCORE_COLORS: readonly string[] = Array.from({ length: SCORE_STEPS }, (_, i) =>
  interpolateViridis(i / (SCORE_STEPS - 1)),
);

/** Index into `SCORE_COLORS` of a score; scores outside of `domain` take its nearest end. */
export function scoreStep(score: number, [low, high]: readonly [number, number]): number {
  const share = (score - low) / (high - low);
  return Math.min(Math.max(Math.floor(share * SCORE_STEPS), 0), SCORE_STEPS - 1);
}

/**
 * The colour of a PRM score in [0, 1], everywhere in the app: viridis (S. van der
 * Walt and N. Smith 2015), whose lightness is even to the eye and which people
 * with colour-vision deficiency can read. The lowest score of `domain` is dark,
 * the highest bright, in both themes.
 */
export function scoreColor(score: number, domain: readonly [number, number]): string {
  return SCORE_COLORS[scoreStep(score, domain)]!;
}
