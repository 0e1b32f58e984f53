import type { Sampling } from "../search/ports.ts";

/**
 * The index of one of these, by the uniform number `u` in [0, 1): at the temperature,
 * of the `topK` likeliest (0: all), of the smallest set of likeliest with at least
 * the share `topP` of their mass. Temperature 0 takes the likeliest; of equal ones
 * the first. As the embedded engine's kernel draws, in plain numbers.
 */
export function drawToken(
  logprobs: readonly number[],
  { temperature, topK, topP }: Pick<Sampling, "temperature" | "topK" | "topP">,
  u: number,
): number {
  const ranked = [...logprobs.keys()].sort((a, b) => logprobs[b]! - logprobs[a]! || a - b);
  if (temperature < 1e-6) return ranked[0]!;
  const peak = logprobs[ranked[0]!]!;
  const weightOf = (i: number) => Math.exp((logprobs[i]! - peak) / temperature);
  const likeliest = topK > 0 ? ranked.slice(0, topK) : ranked;
  const total = likeliest.reduce((sum, i) => sum + weightOf(i), 0);
  const kept: number[] = [];
  let mass = 0;
  for (const i of likeliest) {
    if (mass >= topP * total) break;
    kept.push(i);
    mass += weightOf(i);
  }
  let sum = 0;
  for (const i of kept.sort((a, b) => a - b)) {
    sum += weightOf(i);
    if (sum > u * mass) return i;
  }
  return kept.at(-1)!;
}
