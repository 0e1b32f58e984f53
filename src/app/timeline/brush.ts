/** Seqs from and to, both included, from ≤ to. */
export type Brush = readonly [from: number, to: number];

/** The range between two events, whichever is first. */
export function brushBetween(a: number, b: number): Brush {
  return [Math.min(a, b), Math.max(a, b)];
}

export const EDGES = ["start", "end"] as const;
export type Edge = (typeof EDGES)[number];

/** The event at an edge. */
export function edgeOf([from, to]: Brush, edge: Edge): number {
  return edge === "start" ? from : to;
}

/** A brush with one edge elsewhere, where it may not pass the other. */
export function withEdge([from, to]: Brush, edge: Edge, seq: number): Brush {
  return edge === "start" ? [Math.min(seq, to), to] : [from, Math.max(seq, from)];
}

/**
 * The brush after its keyboard end went from `at` to `next`, as with text: it
 * grows or shrinks at the end that is at `at`, and begins there if there was none.
 */
export function extended(brush: Brush | null, at: number, next: number): Brush {
  if (brush === null) return brushBetween(at, next);
  const [from, to] = brush;
  if (at === to) return brushBetween(from, next);
  if (at === from) return brushBetween(to, next);
  return brushBetween(at, next);
}
