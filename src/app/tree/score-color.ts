/** Colours are quantised, so that a canvas can draw all marks of one colour in one go. */
export const SCORE_STEPS = 64;

/** d3's `interpolateViridis` at equal distances, six digits a colour: its module holds all schemes there are. */
const VIRIDIS =
  "44015446075a470d6047136548186a481d6f482374482878472d7b46327e453781443b844240864045883e49893d4e8a" +
  "3a538b38588c365c8d34608d32648e31688e2f6c8e2d708e2c738e2a778e297b8e277f8e26828e24868e238a8d218e8d" +
  "20928c1f968b1f9a8a1f9e891fa18721a58523a98326ad812ab07f2fb47c35b7793bbb7542be714ac16d52c5695ac864" +
  "65cb5e6ece5877d15381d34d8bd64695d840a0da39aadc32b5de2bc0df25cae11fd5e21adfe318eae51af4e61efde725";

/** Every colour of the scale as CSS hex, lowest score first; its lightness only rises. */
export const SCORE_COLORS: readonly string[] = Array.from(
  { length: SCORE_STEPS },
  (_, i) => `#${VIRIDIS.slice(6 * i, 6 * i + 6)}`,
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
