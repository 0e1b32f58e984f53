import { cellsOf } from "../../protocol/evaluation-figures.ts";
import { type RevisionFigures, revisionFigures } from "../../protocol/evaluation-revisions.ts";
import type { EvaluationCell } from "../../protocol/evaluations.ts";
import { cellTitle, partsOf, type StoredEvaluation } from "./stored.ts";

/** Revising by a policy that was tuned for it, by one that was not, and what else the same solutions buy. */
export interface RevisionResults {
  readonly n: number;
  readonly cells: readonly (EvaluationCell & { readonly family: string; readonly title: string })[];
  /** What revisions spoil and mend, of arms that revise. */
  readonly revisions: readonly (RevisionFigures & { readonly title: string })[];
}

/** Figures of an evaluation of revisions. Throws if nothing in it revises. */
export function revisionResults(evaluation: StoredEvaluation): RevisionResults {
  const { spec, rows } = evaluation;
  const revisions = revisionFigures(rows);
  if (revisions.length === 0) throw new Error("no arm has revised anything");
  return {
    n: new Set(rows.map(({ problem }) => problem)).size,
    cells: partsOf(evaluation).flatMap(([family, of]) =>
      cellsOf(of).map((cell) => ({ family, title: cellTitle(spec, cell), ...cell })),
    ),
    revisions: revisions.map((cell) => ({ ...cell, title: cellTitle(spec, cell) })),
  };
}
