import { expect, test } from "vitest";
import { createRandom } from "../../lib/random.ts";
import { EvaluationRow, EvaluationSpec } from "../../protocol/evaluations.ts";
import { revisionResults } from "./revisions.ts";
import { sizeResults } from "./sizes.ts";
import type { StoredEvaluation } from "./stored.ts";
import { strategyResults } from "./strategies.ts";

const PROBLEMS = 120;

/** Rows of a made-up evaluation: `rightOf` is the chance of being right, and ease is told by the score. */
function stored(
  arms: EvaluationSpec["arms"] | unknown[],
  rightOf: (arm: number, budget: number, ease: number) => number,
  flopsOf: (arm: number, budget: number) => number,
): StoredEvaluation {
  const spec = EvaluationSpec.parse({
    ...{ name: "x", problems: { kind: "listed", problems: ["1+1"] } },
    ...{ arms, budgets: [{ solutions: 1 }, { solutions: 4 }, { solutions: 16 }] },
  });
  const random = createRandom(1);
  const problems = Array.from({ length: PROBLEMS }, (_, i) => ({
    ...{ text: `${i}`, family: i % 2 === 0 ? "even" : "odd", level: 3 },
  }));
  const rows = problems.flatMap((_, problem) => {
    const ease = ((problem * 7) % 10) / 10;
    return spec.arms.flatMap((_, arm) =>
      spec.budgets.map(({ solutions }, budget) => {
        const flops = flopsOf(arm, solutions!);
        return EvaluationRow.parse({
          ...{ problem, arm, budget, repeat: 0, status: "finished", why: "complete", error: null },
          ...{ answer: "2", correct: random() < rightOf(arm, solutions!, ease) },
          ...{ nodes: 4, solutions, computed: 0, finished: 10, right: Math.round(10 * ease) },
          use: {
            ...{ policyTokens: 10 * solutions!, promptTokens: 5, policyCalls: 2 },
            ...{ prmTokens: 6, prmCalls: 2, flops, ms: 3 },
          },
          ...{ answers: 2, agreement: 0.5, score: ease, meanScore: ease },
          ...{ bestRight: null, bestWrong: null },
        });
      }),
    );
  });
  return { spec, problems: problems as StoredEvaluation["problems"], rows };
}

test("a strategy that is as good at every budget saves what it does not spend", () => {
  const arms = [{ strategy: { name: "bestOfN" } }, { strategy: { name: "beam" } }];
  const results = strategyResults(
    stored(
      arms,
      () => 1,
      (_, solutions) => solutions,
    ),
  );
  const all = results.chosen.predicted["all"]!;
  expect(results.n).toBe(PROBLEMS);
  expect(all.reference).toEqual({ title: "Best of 16", right: 1, cost: 160 });
  // Who estimates pays four solutions; who has a budget of one does not estimate.
  expect(all.saving).toEqual({ value: 4, low: 4, high: 4 });
  expect(all.savingAtEqualBudgets).toEqual({ value: 16, low: 16, high: 16 });
  expect(Object.keys(results.chosen.oracle).toSorted()).toEqual(["all", "even", "odd"]);
  // All are right, so best of N of one solution is the cheapest everywhere.
  expect(all.table.filter(({ budget }) => budget === 0).every(({ arm }) => arm === 0)).toBe(true);
  expect(results.beamMinusBestOfN.every(({ difference }) => difference.value === 0)).toBe(true);
});

test("a beam that is better on hard problems alone is chosen there, and said to be better there", () => {
  const arms = [{ strategy: { name: "bestOfN" } }, { strategy: { name: "beam" } }];
  const evaluation = stored(
    arms,
    (arm, _, ease) => ((arm === 1) === ease < 0.4 ? 1 : 0),
    (_, solutions) => solutions,
  );
  const { chosen, beamMinusBestOfN } = strategyResults(evaluation);
  const last = chosen.predicted["all"]!.table.filter(({ budget }) => budget === 2);
  expect(last.map(({ binName, arm }) => [binName, arm])).toEqual([
    ["hardest", 1],
    ["2", 1],
    ["3", 0],
    ["4", 0],
    ["easiest", 0],
  ]);
  // The two halves part a few problems at the edges of their bins differently.
  expect(chosen.predicted["all"]!.points.at(-1)!.accuracy.value).toBeGreaterThan(0.9);
  const at16 = beamMinusBestOfN.filter(({ solutions }) => solutions === 16);
  expect(at16.map(({ bin, difference }) => [bin, difference.value])).toEqual([
    ["all", expect.closeTo(-0.2, 9)],
    ["hardest", 1],
    ["2", 1],
    ["3", -1],
    ["4", -1],
    ["easiest", -1],
  ]);
});

test("at equal FLOPs the small policy has what it can afford, by how hard it finds the problems", () => {
  const arms = [
    { strategy: { name: "majority" } },
    { strategy: { name: "greedy" }, policy: "large", verifier: null },
  ];
  const results = sizeResults(
    stored(
      arms,
      (arm, solutions, ease) => (arm === 1 ? 1 : ease > 0.6 && solutions === 4 ? 1 : 0),
      (arm, solutions) => (arm === 1 ? 400 : 100 * solutions),
    ),
  );
  expect([results.small, results.large]).toEqual(["sentei-s", "large"]);
  const all = results.equalFlops.filter(({ family }) => family === "all");
  expect(all.map(({ bin, titles, difference }) => [bin, titles[0], difference.value])).toEqual([
    ["all", "sentei-s: Majority of 4", expect.closeTo(-0.7, 9)],
    ["hard", expect.any(String), -1],
    ["medium", expect.any(String), -1],
    ["easy", "sentei-s: Majority of 4", expect.closeTo(-0.25, 9)],
  ]);
});

test("what revisions do is told of arms that revise, by the policy that does it", () => {
  const arms = [
    { strategy: { name: "bestOfN" } },
    { strategy: { name: "revisions" }, policy: "reviser" },
  ];
  const evaluation = stored(
    arms,
    () => 0.5,
    () => 1,
  );
  expect(() => revisionResults(evaluation)).toThrow("no arm has revised anything");
  // Of four chains that began right one ended wrong; of four that began wrong one ended right.
  const counts = {
    firstRight: 4,
    spoiled: 1,
    firstWrong: 4,
    mended: 1,
    afterRight: 4,
    turnedWrong: 2,
  };
  const rows = evaluation.rows.map((row) =>
    row.arm === 1 && row.budget === 2 ? { ...row, revisions: counts } : row,
  );
  const results = revisionResults({ ...evaluation, rows });
  expect(results.revisions.map(({ title }) => title)).toEqual(["reviser: Revisions 4 × 4"]);
  expect(results.revisions[0]).toMatchObject({
    spoiled: { of: 4 * PROBLEMS, share: { value: 0.25 } },
    mended: { share: { value: 0.25 } },
    turnedWrong: { share: { value: 0.5 } },
  });
  expect(results.cells.filter(({ family }) => family === "all")).toHaveLength(6);
});
