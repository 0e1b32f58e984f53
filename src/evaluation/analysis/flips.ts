import type { EvaluationRow } from "../../protocol/evaluations.ts";
import type { CellPlace } from "./outcomes.ts";

/** One problem and repeat that two cells do not agree on. */
export interface Flip {
  readonly before: EvaluationRow;
  readonly after: EvaluationRow;
  /** What became of the right answer. */
  readonly change: "won" | "lost";
}

/** Where one of two cells is right and the other wrong, by problem and repeat; what cannot be graded has not flipped. */
export function flips(
  rows: readonly EvaluationRow[],
  { before, after }: { before: CellPlace; after: CellPlace },
): Flip[] {
  const of = (cell: CellPlace) =>
    rows.filter(({ arm, budget }) => arm === cell.arm && budget === cell.budget);
  const earlier = new Map(of(before).map((row) => [`${row.problem} ${row.repeat}`, row]));
  return of(after).flatMap((row): Flip[] => {
    const other = earlier.get(`${row.problem} ${row.repeat}`);
    if (!other || other.correct === null || row.correct === null) return [];
    if (other.correct === row.correct) return [];
    return [{ before: other, after: row, change: row.correct ? "won" : "lost" }];
  });
}
