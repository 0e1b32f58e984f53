import type { Tree } from "../../protocol/tree.ts";
import type { Layout } from "./layout.ts";

/** What the header of a column says at a moment. */
export interface ColumnSummary {
  /** Round in which its first node was announced; null if there are no rounds. */
  readonly round: number | null;
  /** Nodes that are there, placeholders included. */
  readonly shown: number;
  /** Nodes whose step is not there yet. */
  readonly sampling: number;
  readonly scored: number;
  readonly kept: number;
  readonly pruned: number;
  /** Score of the last one kept when nodes of this column were pruned last; NaN if none was. */
  readonly cut: number;
}

/** One summary for each column in which something is shown. O(nodes). */
export function summarizeColumns(tree: Tree, layout: Layout, at: number): ColumnSummary[] {
  const summaries: ColumnSummary[] = [];
  for (let column = 0; column < layout.columns; column++) {
    const summary = summarize(tree, layout, column, at);
    if (summary === null) break;
    summaries.push(summary);
  }
  return summaries;
}

function summarize(tree: Tree, layout: Layout, column: number, at: number): ColumnSummary | null {
  const counts = { none: 0, sampling: 0, open: 0, kept: 0, pruned: 0 };
  const end = layout.columnStart[column + 1]!;
  let announced = at + 1;
  let prunedLast = -1;
  let cut = Number.NaN;
  let scored = 0;
  for (let i = layout.columnStart[column]!; i < end; i++) {
    const node = layout.order[i]!;
    const status = tree.statusAt(node, at);
    counts[status] += 1;
    if (status === "none") continue;
    announced = Math.min(announced, tree.announcedSeq[node]!);
    if (!Number.isNaN(tree.scoreAt(node, at))) scored++;
    if (status === "pruned" && tree.prunedSeq[node]! >= prunedLast && tree.cut[node]! >= 0) {
      prunedLast = tree.prunedSeq[node]!;
      cut = tree.cut[node]!;
    }
  }
  const shown = end - layout.columnStart[column]! - counts.none;
  if (shown === 0) return null;
  const round = tree.rounds[tree.roundAt(announced)]?.round ?? null;
  const { sampling, kept, pruned } = counts;
  return { round, shown, sampling, scored, kept, pruned, cut };
}
