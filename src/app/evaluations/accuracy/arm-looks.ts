/** How many colours plot.css has for what is no family. */
const COLORS = 6;

/** Filled, and told apart at 8 px. As many as have nothing in common with `COLORS`, so that pairs repeat late. */
const SHAPES = ["circle", "square", "diamond", "triangle", "star", "wye", "cross"] as const;

/** The colour of an arm, as CSS, the same in all charts of its evaluation. */
export function armColor(arm: number): string {
  // The first one is grey: what the others are compared with.
  return `var(--series-${arm % COLORS})`;
}

export function armShape(arm: number): (typeof SHAPES)[number] {
  return SHAPES[arm % SHAPES.length]!;
}

/** Where colours come again, lines are dashed. */
export function isDashed(arm: number): boolean {
  return Math.floor(arm / COLORS) % 2 === 1;
}
