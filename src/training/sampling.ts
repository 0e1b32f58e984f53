import type { Sampling } from "../search/ports.ts";

/** Longest step that is sampled in training, in tokens; the longest right one has about 60. */
const MAX_STEP_TOKENS = 96;

/** From the whole distribution, as everywhere in training. */
export function samplingOf(temperature: number): Sampling {
  return { temperature, topK: 0, topP: 1, maxStepTokens: MAX_STEP_TOKENS };
}
