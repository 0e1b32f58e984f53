import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOf, differenceOf, summarise } from "./evaluation-figures.ts";
import { runOf, sizedTo } from "./evaluation-runs.ts";
import { EvaluationRow, EvaluationSpec } from "./evaluations.ts";
import { defaultStrategy } from "./strategy-facts/read-parameters.ts";
import { factsOf, STRATEGY_NAMES } from "./strategy-facts/table.ts";

const solutionsOf = (strategy: Parameters<typeof sizedTo>[0]) =>
  factsOf(strategy).expects(strategy, 4).solutions;

test.each(STRATEGY_NAMES)(
  "EV4: %s is sized to no more than its budget, and to all of it that it can",
  (name) => {
    const least = solutionsOf(sizedTo(defaultStrategy(name), { solutions: 1 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (solutions) => {
        const sized = sizedTo(defaultStrategy(name), { solutions });
        expect(sized.name).toBe(name);
        expect(solutionsOf(sized)).toBeLessThanOrEqual(Math.max(solutions, least));
        const more = sizedTo(defaultStrategy(name), { solutions: solutions + 1 });
        expect(solutionsOf(more)).toBeGreaterThanOrEqual(solutionsOf(sized));
        expect(sizedTo(sized, { policyTokens: 5 })).toBe(sized);
        if ("n" in sized && name !== "lookahead" && name !== "tokenSampling") {
          expect(sized.n).toBe(solutions);
        }
      }),
      { numRuns: 30 },
    );
  },
);

const SPEC = EvaluationSpec.parse({
  name: "x",
  problems: { kind: "listed", problems: ["1+1"] },
  arms: [
    { strategy: { name: "bestOfN", n: 3 } },
    { strategy: { name: "greedy" }, policy: "large", verifier: "unused" },
    { strategy: { name: "mcts" }, verifier: "checker" },
  ],
  budgets: [{ solutions: 8, policyTokens: 99 }, { prmCalls: 7 }],
  seeds: [3, 4],
});

test("the run of a row has its arm's models, its budget's size and limits, and a seed of its own", () => {
  const run = (arm: number, budget: number, repeat = 0, text = "1+1") =>
    runOf(SPEC, { text }, { arm, budget, repeat });
  expect(run(0, 0)).toMatchObject({
    strategy: { name: "bestOfN", n: 8 },
    ...{ policy: "sentei-s", verifier: "sentei-prm", budget: { policyTokens: 99 } },
  });
  expect(run(0, 1)).toMatchObject({ strategy: { n: 3 }, budget: { prmCalls: 7 } });
  expect(run(1, 0)).toMatchObject({ policy: "large", verifier: null });
  expect(run(2, 0)).toMatchObject({ verifier: "checker", budget: { solutions: 8 } });
  const seeds = [run(0, 0), run(0, 0, 1), run(0, 0, 0, "1+2")].map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(3);
  expect(run(1, 1).seed).toBe(seeds[0]);
});

function row(place: Partial<EvaluationRow>): EvaluationRow {
  return EvaluationRow.parse({
    ...{ problem: 0, arm: 0, budget: 0, repeat: 0, status: "finished", why: "complete" },
    ...{ error: null, answer: "2", correct: true, nodes: 4, solutions: 2, computed: 0 },
    use: {
      ...{ policyTokens: 10, promptTokens: 5, policyCalls: 2 },
      ...{ prmTokens: 6, prmCalls: 2, flops: 100, ms: 3 },
    },
    ...{ finished: 2, right: 1, answers: 2, agreement: 0.5, score: 0.9, meanScore: 0.5 },
    ...{ bestRight: 0.9, bestWrong: 0.1 },
    ...place,
  });
}

test("figures count what rows say: shares, means, and differences on the same problems", () => {
  const rows = Array.from({ length: 40 }, (_, problem) => [
    row({ problem, correct: problem < 10 }),
    row({ problem, arm: 1, correct: problem < 30, status: problem === 39 ? "failed" : "finished" }),
    row({ problem, arm: 1, budget: 1, correct: null }),
  ]).flat();
  const { cells, differences } = summarise(rows);
  expect(
    cells.map(({ arm, budget, n, failed, accuracy }) => [arm, budget, n, failed, accuracy.value]),
  ).toEqual([
    [0, 0, 40, 0, 0.25],
    [1, 0, 40, 1, 0.75],
  ]);
  expect(cells[0]!.cost).toEqual({
    ...{ solutions: 2, policyTokens: 10, prmTokens: 6, prmCalls: 2, ms: 3, flops: 100 },
  });
  const [difference] = differences;
  expect(difference).toMatchObject({ arm: 1, budget: 0, against: { arm: 0, budget: 0 }, n: 40 });
  expect(difference!.difference.value).toBeCloseTo(0.5, 12);
  expect(difference!.difference.low).toBeGreaterThan(0.3);
  expect(
    differenceOf(rows, { cell: { arm: 0, budget: 0 }, against: { arm: 0, budget: 0 } }).difference,
  ).toEqual({ value: 0, low: 0, high: 0 });
});

test("repeats of a problem are drawn together: they do not make an interval narrower than problems do", () => {
  const problems = Array.from({ length: 50 }, (_, problem) =>
    row({ problem, correct: problem % 2 === 0 }),
  );
  const [once] = cellsOf(problems);
  const [eight] = cellsOf(
    problems.flatMap((one) => Array.from({ length: 8 }, (_, repeat) => ({ ...one, repeat }))),
  );
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  expect(eight!.accuracy.value).toBe(once!.accuracy.value);
  expect(width(eight!.accuracy)).toBeGreaterThan(0.9 * width(once!.accuracy));
});
