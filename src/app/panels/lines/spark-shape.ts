/** A point of a sparkline, in its own pixels from the top left. */
export interface SparkPoint {
  readonly index: number;
  readonly score: number;
  readonly x: number;
  readonly y: number;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** Room at every edge. */
  readonly pad: number;
  /** Points at most; of more, each stretch keeps its lowest. */
  readonly most: number;
}

/** Where the scores of a line are drawn: from left to right, 1 at the top; what has none is left out. */
export function sparkPoints(scores: readonly number[], box: SparkBox): SparkPoint[] {
  const { width, height, pad, most } = box;
  const stretch = Math.max(1, Math.ceil(scores.length / most));
  const points: SparkPoint[] = [];
  for (let from = 0; from < scores.length; from += stretch) {
    const index = lowest(scores, from, Math.min(from + stretch, scores.length));
    if (index < 0) continue;
    const score = scores[index]!;
    const x = pad + sharePassed(index, scores.length) * (width - 2 * pad);
    points.push({ index, score, x, y: pad + (1 - score) * (height - 2 * pad) });
  }
  return points;
}

/** The `points` of an SVG polyline. */
export function polyline(points: readonly SparkPoint[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
}

function sharePassed(index: number, length: number): number {
  return length > 1 ? index / (length - 1) : 0.5;
}

function lowest(scores: readonly number[], from: number, to: number): number {
  let found = -1;
  for (let i = from; i < to; i++) {
    const score = scores[i]!;
    if (!Number.isNaN(score) && (found < 0 || score < scores[found]!)) found = i;
  }
  return found;
}
