import { expect, test } from "vitest";
import { revisionFigures } from "./evaluation-revisions.ts";
import type { EvaluationRow } from "./evaluations.ts";
import type { RevisionOutcomes } from "./revision-outcomes.ts";

const NOTHING: RevisionOutcomes = {
  ...{ firstRight: 0, spoiled: 0, firstWrong: 0, mended: 0, afterRight: 0, turnedWrong: 0 },
};

function row(problem: number, budget: number, outcomes?: Partial<RevisionOutcomes>): EvaluationRow {
  return {
    ...{ problem, arm: 1, budget, repeat: 0 },
    ...(outcomes && { revisions: { ...NOTHING, ...outcomes } }),
  } as EvaluationRow;
}

test("shares are of the chains that could be spoiled or mended, whosever they are", () => {
  const rows = [
    row(0, 1, { firstRight: 3, spoiled: 1, firstWrong: 1, afterRight: 4, turnedWrong: 1 }),
    row(1, 1, { firstRight: 1, firstWrong: 3, mended: 2, afterRight: 4 }),
    row(0, 0, { firstWrong: 2 }),
    row(1, 0, { firstWrong: 2 }),
    row(2, 1),
  ];
  const [small, large] = revisionFigures(rows);
  expect(small).toEqual({
    ...{ arm: 1, budget: 0, spoiled: null, turnedWrong: null },
    mended: { of: 4, share: { value: 0, low: 0, high: 0 } },
  });
  expect(large).toMatchObject({
    ...{ arm: 1, budget: 1, spoiled: { of: 4, share: { value: 0.25 } } },
    ...{ mended: { of: 4, share: { value: 0.5 } }, turnedWrong: { of: 8 } },
  });
  expect(large!.spoiled!.share.low).toBe(0);
  expect(large!.spoiled!.share.high).toBeCloseTo(1 / 3);
});

test("there are no figures of runs in which nothing was revised", () => {
  expect(revisionFigures([row(0, 0), row(1, 0, {})])).toEqual([]);
});
