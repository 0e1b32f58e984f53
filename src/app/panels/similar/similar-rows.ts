import type { NodeId } from "../../../protocol/events.ts";
import type { StepClasses } from "../../step-classes.ts";
import { BestFew } from "../lines/best-few.ts";
import { type ClassSums, parentsOfClasses } from "./read-similar.ts";

/** Steps that say the same, wherever they are in the tree. */
export interface SimilarRow {
  readonly step: number;
  readonly text: string;
  readonly count: number;
  /** After how many different nodes. */
  readonly parents: number;
  /** Mean score, NaN if none of them was scored. */
  readonly mean: number;
  readonly graded: number;
  readonly right: number;
  readonly first: NodeId;
}

export const SIMILAR_ORDERS = ["count", "mean", "right"] as const;
export type SimilarOrder = (typeof SIMILAR_ORDERS)[number];

export interface SimilarList {
  readonly rows: readonly SimilarRow[];
  /** Classes that contain the text, in the list or not. */
  readonly found: number;
}

/** Rows in the page at most. */
export const MOST_ROWS = 200;

/** After every number: as in a table, what has none comes last. */
const NONE = -1;

/**
 * The first rows of the table: the most frequent, the best scored or those that most
 * often ended right. Of equals the more frequent comes first. `query` must be in the
 * text, in any case of its letters. O(nodes).
 */
export function similarRows(
  sums: ClassSums,
  classes: StepClasses,
  { order, query }: { readonly order: SimilarOrder; readonly query: string },
): SimilarList {
  const { count } = sums;
  const wanted = query.trim().toLowerCase();
  const best = new BestFew(MOST_ROWS);
  let found = 0;
  for (let step = 0; step < count.length; step++) {
    if (count[step] === 0) continue;
    if (wanted !== "" && !classes.textOf(step).toLowerCase().includes(wanted)) continue;
    found++;
    best.offer(step, keyOf(sums, step, order));
  }
  const steps = best.ids();
  const parents = parentsOfClasses(sums.tree, classes, steps, sums.at);
  const rows = steps.map((step, i) => ({
    ...{ step, text: classes.textOf(step), parents: parents[i]! },
    ...numbersOf(sums, step),
  }));
  return { rows, found };
}

/** Frequencies break ties: they are below 1 after this division. */
const MOST_STEPS = 2 ** 31;

function keyOf(sums: ClassSums, step: number, order: SimilarOrder): number {
  const count = sums.count[step]!;
  if (order === "count") return count;
  const { mean, graded, right } = numbersOf(sums, step);
  const share = order === "mean" ? mean : right / graded;
  // Six digits of a share, so that nearly equal ones do not outdo being frequent.
  return (Number.isNaN(share) ? NONE : Math.round(share * 1e6)) + count / MOST_STEPS;
}

function numbersOf(sums: ClassSums, step: number): Omit<SimilarRow, "step" | "text" | "parents"> {
  const scored = sums.scored[step]!;
  return {
    count: sums.count[step]!,
    mean: scored > 0 ? sums.scores[step]! / scored : Number.NaN,
    graded: sums.graded[step]!,
    right: sums.right[step]!,
    first: sums.first[step]!,
  };
}
