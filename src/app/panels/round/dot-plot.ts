/** One column of a dot plot: how many scores fall into it. */
export interface DotColumn {
  /** Index of the column, from 0 for the lowest scores. */
  readonly index: number;
  readonly kept: number;
  readonly pruned: number;
}

/** Counts scores in [0, 1] in so many columns of equal width; those without one (NaN) are left out. */
export function dotColumns(
  kept: readonly number[],
  pruned: readonly number[],
  columns: number,
): DotColumn[] {
  const inColumns = (scores: readonly number[]) => {
    const counts = new Int32Array(columns);
    for (const score of scores) {
      if (!Number.isNaN(score)) counts[Math.min(Math.floor(score * columns), columns - 1)]!++;
    }
    return counts;
  };
  const [up, down] = [inColumns(kept), inColumns(pruned)];
  return Array.from({ length: columns }, (_, index) => ({
    index,
    kept: up[index]!,
    pruned: down[index]!,
  })).filter((column) => column.kept + column.pruned > 0);
}
