/** Sizes that the slider stops at: 0 for no folding, then powers of two and what is half way between them. */
const STOPS: readonly number[] = [0, 2, 3, ...halfOctaves(2 ** 31)];

/** Stops from 0 up to the first that folds everything in a tree of `largest`; at least one besides 0. */
export function stopsUpTo(largest: number): readonly number[] {
  const end = STOPS.findIndex((stop) => stop > largest);
  return STOPS.slice(0, Math.max(end + 1, 2));
}

/** Index of the stop that is nearest to a size from below. */
export function stopOf(stops: readonly number[], least: number): number {
  return Math.max(
    stops.findLastIndex((stop) => stop <= least),
    0,
  );
}

/** The next larger or smaller stop than a size, or the last there is. */
export function nextLeast(least: number, by: 1 | -1): number {
  const next =
    by === 1 ? STOPS.find((stop) => stop > least) : STOPS.findLast((stop) => stop < least);
  return next ?? (by === 1 ? STOPS.at(-1)! : 0);
}

/** 4, 6, 8, 12, … below `end`. */
function halfOctaves(end: number): number[] {
  const stops: number[] = [];
  for (let power = 4; power < end; power *= 2) stops.push(power, power * 1.5);
  return stops;
}
