import fc from "fast-check";
import { expect, test } from "vitest";
import { EvaluationRow, EvaluationSpec, EvaluationState } from "../../../protocol/evaluations.ts";
import { costChart, frameOf } from "../accuracy/cost-chart.ts";
import type { Evaluated } from "../evaluated.ts";
import { usualFlips } from "../flips/usual-flips.ts";
import { optimalOf } from "../optimal/optimal.ts";
import { partsOf, pilotOf, rowsAt } from "./parts.ts";

const SPEC = EvaluationSpec.parse({
  name: "x",
  problems: { kind: "listed", problems: ["1+1"] },
  arms: [
    { strategy: { name: "greedy" } },
    { strategy: { name: "bestOfN" } },
    { strategy: { name: "beam" } },
  ],
  budgets: [{ solutions: 2 }, { solutions: 4 }, { solutions: 16 }],
});

const STATE = EvaluationState.parse({
  ...{ id: "1", spec: SPEC, status: "finished", error: null, createdAt: "", models: [] },
  ...{ done: 0, problems: 0, rows: 0, allRows: 0, seconds: 0, left: null },
});

/** Problem `i` has ease `eases[i]`; even ones are of one family, odd ones of another. The best of N is right, at larger budgets more often. */
function evaluated(eases: readonly number[]): Evaluated {
  const rows = eases.flatMap((ease, problem) =>
    SPEC.arms.flatMap((_, arm) =>
      SPEC.budgets.map(({ solutions }, budget) =>
        EvaluationRow.parse({
          ...{ problem, arm, budget, repeat: 0, status: "finished", why: "complete", error: null },
          ...{ answer: "2", correct: arm === 1 && problem % 3 <= budget, nodes: 4, computed: 0 },
          solutions: solutions!,
          use: {
            ...{ policyTokens: 10 * solutions!, promptTokens: 5, policyCalls: 2, ms: 3 },
            ...{ prmTokens: arm === 0 ? 0 : 6, prmCalls: arm === 0 ? 0 : 2 },
          },
          ...{ finished: 2, right: Math.round(2 * ease), answers: 2, agreement: 0.5, score: ease },
          ...{ meanScore: ease, bestRight: null, bestWrong: null },
        }),
      ),
    ),
  );
  const problems = eases.map((_, i) => ({
    ...{ family: i % 2 === 0 ? "even" : "odd", text: `${i}`, level: 1 },
  }));
  return { state: STATE, problems, rows };
}

const anyEvaluated = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 })
  .map(evaluated);
const anyOracle = fc.boolean();

test("EP3: families and bins part the problems: every row is in exactly one", () => {
  fc.assert(
    fc.property(
      anyEvaluated,
      fc.constantFrom(null, "each" as const),
      fc.constantFrom(null, "each" as const),
      anyOracle,
      (of, family, bin, isOracle) => {
        const parts = partsOf(of, { family, bin, isOracle });
        const rows = parts.flatMap((part) => part.rows);
        expect(rows).toHaveLength(of.rows.length);
        expect(new Set(rows)).toEqual(new Set(of.rows));
        const names = parts.map(({ title }) => title);
        expect(new Set(names).size).toBe(names.length);
      },
    ),
    { numRuns: 30 },
  );
});

test("EP3: what a point lists is what it was made of", () => {
  fc.assert(
    fc.property(anyEvaluated, anyOracle, (of, isOracle) => {
      const view = { family: "each", bin: "each", isOracle } as const;
      for (const part of partsOf(of, view)) {
        const chart = costChart(part, { spec: SPEC, unit: "policyTokens", curve: null });
        for (const { arm, budget, height } of chart.points) {
          const rows = rowsAt(of, { arm, budget, family: part.family, bin: part.bin }, view);
          const right = rows.filter(({ correct }) => correct).length;
          expect(right / rows.length).toBeCloseTo(height, 9);
          expect(rows).toHaveLength(part.problems);
        }
      }
    }),
    { numRuns: 20 },
  );
});

test("harder bins come first, and are those with the lower scores", () => {
  const of = evaluated(Array.from({ length: 30 }, (_, i) => ((i * 7) % 30) / 30));
  const parts = partsOf(of, { family: null, bin: "each", isOracle: false });
  expect(parts.map(({ title, problems }) => [title, problems])).toEqual([
    ["hardest", 10],
    ["2", 10],
    ["easiest", 10],
  ]);
  const scores = parts.map(({ rows }) => rows.map(({ meanScore }) => meanScore!));
  expect(Math.max(...scores[0]!)).toBeLessThan(Math.min(...scores[1]!));
  expect(Math.max(...scores[1]!)).toBeLessThan(Math.min(...scores[2]!));
});

test("difficulty is told by what somebody would pay for, or by all samples; without samples by nothing", () => {
  expect(pilotOf(SPEC, "predicted")).toEqual({ arm: 1, budget: 1 });
  expect(pilotOf(SPEC, "oracle")).toEqual({ arm: 1, budget: 2 });
  const searches = { ...SPEC, arms: [SPEC.arms[0]!, SPEC.arms[2]!] };
  expect(pilotOf(searches, "predicted")).toBeNull();
  const majority = EvaluationSpec.parse({ ...SPEC, arms: [{ strategy: { name: "majority" } }] });
  expect(pilotOf(majority, "predicted")).toBeNull();
  expect(pilotOf(majority, "oracle")).toEqual({ arm: 0, budget: 2 });
});

test("what costs nothing in a unit is not on its axis, and is named", () => {
  const of = evaluated([0.2, 0.8]);
  const [part] = partsOf(of, { family: null, bin: null, isOracle: false });
  const chart = costChart(part!, { spec: SPEC, unit: "prmCalls", curve: null });
  expect(chart.free).toEqual(["Greedy"]);
  expect(new Set(chart.points.map(({ arm }) => arm))).toEqual(new Set([1, 2]));
  const unknown = costChart(part!, { spec: SPEC, unit: "flops", curve: null });
  expect(unknown.points).toEqual([]);
  expect(frameOf([unknown], "flops")).toBeNull();
});

test("compute-optimal chooses who is right; with too few problems it says nothing", () => {
  const few = evaluated([0.1, 0.5, 0.9]);
  const options = { spec: SPEC, unit: "policyTokens", isOracle: false } as const;
  expect(optimalOf(few.rows, options)).toBeNull();
  const many = evaluated(Array.from({ length: 30 }, (_, i) => i / 30));
  const optimal = optimalOf(many.rows, options)!;
  expect(optimal.bins.map(({ name }) => name)).toEqual(["hardest", "2", "easiest"]);
  expect(optimal.entries.every(({ arm, sure }) => arm === 1 && sure > 0.9)).toBe(true);
  expect(optimal.curve.points.map(({ accuracy }) => accuracy.value)).toEqual([
    expect.closeTo(1 / 3, 9),
    expect.closeTo(2 / 3, 9),
    1,
  ]);
  expect(optimal.saving?.than).toBe("Best of 16");
});

test("flips begin between best of N and beam where both are there", () => {
  expect(usualFlips(SPEC)).toEqual([
    { arm: 1, budget: 2 },
    { arm: 2, budget: 2 },
  ]);
  expect(usualFlips({ ...SPEC, arms: SPEC.arms.slice(0, 2) })[1]).toEqual({ arm: 1, budget: 2 });
  expect(usualFlips({ ...SPEC, arms: SPEC.arms.slice(0, 1) })).toEqual([
    { arm: 0, budget: 0 },
    { arm: 0, budget: 2 },
  ]);
});
