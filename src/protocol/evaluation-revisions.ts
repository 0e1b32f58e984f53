import { bootstrapRatio, type Interval } from "../lib/interval.ts";
import type { EvaluationRow } from "./evaluations.ts";
import type { RevisionOutcomes } from "./revision-outcomes.ts";

/** A share of some attempts or chains. */
export interface RevisionShare {
  /** How many there are, at least one. */
  readonly of: number;
  /** A bootstrap over problems: chains of one problem belong together. */
  readonly share: Interval;
}

/** What revising does to answers in one cell; `null` where there is nothing that it could happen to. */
export interface RevisionFigures {
  readonly arm: number;
  readonly budget: number;
  /** Of chains that began with a right answer, those that ended without one. */
  readonly spoiled: RevisionShare | null;
  /** Of chains that did not begin with a right answer, those that ended with one. */
  readonly mended: RevisionShare | null;
  /** Of attempts that saw a right one just before them, those that are not right. */
  readonly turnedWrong: RevisionShare | null;
}

/** By arm, then by budget; of cells that have a chain of two attempts. Pass the rows of some problems for figures of those. */
export function revisionFigures(rows: readonly EvaluationRow[]): RevisionFigures[] {
  const revised = rows.filter(({ revisions }) => revisions !== undefined);
  return [...Map.groupBy(revised, ({ arm, budget }) => `${arm} ${budget}`).values()]
    .map((of) => ({
      ...{ arm: of[0]!.arm, budget: of[0]!.budget },
      spoiled: shareOf(of, "spoiled", "firstRight"),
      mended: shareOf(of, "mended", "firstWrong"),
      turnedWrong: shareOf(of, "turnedWrong", "afterRight"),
    }))
    .filter(({ spoiled, mended }) => spoiled !== null || mended !== null)
    .toSorted((a, b) => a.arm - b.arm || a.budget - b.budget);
}

type Count = keyof RevisionOutcomes;

function shareOf(rows: readonly EvaluationRow[], some: Count, all: Count): RevisionShare | null {
  const sum = (of: readonly EvaluationRow[], count: Count) =>
    of.reduce((total, { revisions }) => total + revisions![count], 0);
  const problems = [...Map.groupBy(rows, ({ problem }) => problem).values()]
    .map((of) => ({ numerator: sum(of, some), denominator: sum(of, all) }))
    .filter(({ denominator }) => denominator > 0);
  if (problems.length === 0) return null;
  return { of: sum(rows, all), share: bootstrapRatio(problems) };
}
