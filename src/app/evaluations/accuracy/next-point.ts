import type { CellPlace } from "../../../evaluation/analysis/outcomes.ts";

/** A point of a chart that can be walked to. */
interface Stop extends CellPlace {
  /** Larger is higher. */
  readonly height: number;
}

/**
 * Where an arrow key leads from a point: left and right along its line, up and down
 * to the next one at the same budget. `null` if there is none that way, or the key
 * is no arrow.
 */
export function nextPoint<P extends Stop>(points: readonly P[], from: P, key: string): P | null {
  const line = points.filter(({ arm }) => arm === from.arm);
  const column = points.filter(({ budget }) => budget === from.budget);
  const along = (of: readonly P[], rank: (point: P) => number, by: 1 | -1) => {
    const order = of.toSorted((a, b) => rank(a) - rank(b));
    return order[order.indexOf(from) + by] ?? null;
  };
  switch (key) {
    case "ArrowRight":
      return along(line, ({ budget }) => budget, 1);
    case "ArrowLeft":
      return along(line, ({ budget }) => budget, -1);
    case "ArrowUp":
      return along(column, ({ height }) => height, 1);
    case "ArrowDown":
      return along(column, ({ height }) => height, -1);
    default:
      return null;
  }
}
