/** An integer in [low, high], both ends included, each equally likely. */
export function drawInteger(random: () => number, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One of `choices`, each equally likely. Throws a `RangeError` if there is none. */
export function drawOne<T>(random: () => number, choices: readonly T[]): T {
  if (choices.length === 0) throw new RangeError("nothing to draw from");
  return choices[Math.floor(random() * choices.length)]!;
}

/** The same values in a random order, each equally likely (Fisher and Yates). */
export function shuffled<T>(random: () => number, values: readonly T[]): T[] {
  const order = [...values];
  for (let i = order.length - 1; i > 0; i--) {
    const j = drawInteger(random, 0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
