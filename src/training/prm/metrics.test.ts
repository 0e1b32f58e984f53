import fc from "fast-check";
import { expect, test } from "vitest";
import { auc } from "../../lib/ordered-pairs.ts";
import {
  calibrationError,
  firstErrorF1,
  type JudgedStep,
  rankingByProblem,
  reliability,
} from "./metrics.ts";

const score = fc.constantFrom(0, 0.1, 0.25, 0.5, 0.51, 0.75, 0.9, 1);
const attempts = fc.array(
  fc.record({
    problem: fc.nat(3),
    scores: fc.array(score, { minLength: 1, maxLength: 6 }),
    hasError: fc.boolean(),
  }),
  { minLength: 1, maxLength: 20 },
);

function stepsOf(
  of: readonly { problem: number; scores: readonly number[]; hasError: boolean }[],
): JudgedStep[] {
  return of.flatMap(({ problem, scores, hasError }, attempt) =>
    scores.map((value, depth): JudgedStep => {
      const final = depth === scores.length - 1;
      const label = final && hasError ? 0 : 1;
      return { problem, attempt, family: "f", level: 1, depth, final, label, score: value };
    }),
  );
}

test("E6: the area under the curve counts every pair of a right and a wrong step once", () => {
  fc.assert(
    fc.property(attempts, (of) => {
      const steps = stepsOf(of);
      let [ordered, pairs] = [0, 0];
      for (const right of steps.filter(({ label }) => label === 1)) {
        for (const wrong of steps.filter(({ label }) => label === 0)) {
          pairs++;
          if (right.score > wrong.score) ordered++;
          if (right.score === wrong.score) ordered += 0.5;
        }
      }
      const found = auc(steps);
      if (pairs === 0) expect(found).toBeNull();
      else expect(found).toBeCloseTo(ordered / pairs, 9);
    }),
  );
});

test("E6: ranking compares steps of one problem at one depth alone", () => {
  fc.assert(
    fc.property(attempts, (of) => {
      const steps = stepsOf(of);
      let [ordered, pairs] = [0, 0];
      for (const a of steps) {
        for (const b of steps) {
          if (a.label !== 1 || b.label !== 0 || a.problem !== b.problem) continue;
          if (a.depth !== b.depth || a.final !== b.final) continue;
          pairs++;
          ordered += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
        }
      }
      const found = rankingByProblem(steps);
      expect(found.reduce((sum, { denominator }) => sum + denominator, 0)).toBe(pairs);
      expect(found.reduce((sum, { numerator }) => sum + numerator, 0)).toBeCloseTo(ordered, 9);
    }),
  );
});

test("E6: every step is in one bin, and scores that are frequencies have no calibration error", () => {
  fc.assert(
    fc.property(attempts, (of) => {
      const bins = reliability(stepsOf(of));
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(stepsOf(of).length);
      const error = calibrationError(bins);
      expect(error).toBeGreaterThanOrEqual(0);
      expect(error).toBeLessThanOrEqual(1);
    }),
  );
  const exact = [0, 0, 1, 1].map((label) => ({ label: label as 0 | 1, score: 0.5 }));
  expect(calibrationError(reliability(exact))).toBe(0);
  const sure = [0, 1].map((label) => ({ label: label as 0 | 1, score: 1 }));
  expect(calibrationError(reliability(sure))).toBe(0.5);
});

test("E7: the first error is found where the score first falls below the threshold", () => {
  const steps = stepsOf([
    { problem: 0, scores: [0.9, 0.4], hasError: true },
    { problem: 0, scores: [0.3, 0.2], hasError: true },
    { problem: 1, scores: [0.9, 0.8], hasError: true },
    { problem: 1, scores: [0.9, 0.8], hasError: false },
    { problem: 2, scores: [0.9, 0.1], hasError: false },
  ]);
  // One of three errors named at its place, one of two right solutions passed.
  const report = firstErrorF1(steps)!;
  expect(report).toMatchObject({ erroneous: 1 / 3, correct: 1 / 2, n: 5 });
  expect(report.f1).toBeCloseTo((2 * (1 / 3) * (1 / 2)) / (1 / 3 + 1 / 2), 9);
  expect(firstErrorF1(stepsOf([{ problem: 0, scores: [1], hasError: false }]))).toBeNull();
});
