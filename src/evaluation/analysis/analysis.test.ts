import fc from "fast-check";
import { expect, test } from "vitest";
import { EvaluationRow } from "../../protocol/evaluations.ts";
import { computeOptimal } from "./compute-optimal.ts";
import { binName, binOf, difficulties, limitsOf } from "./difficulty.ts";
import { atEqualCost } from "./equal-cost.ts";
import { flips } from "./flips.ts";
import { foldsOf } from "./folds.ts";
import { Outcomes } from "./outcomes.ts";
import { lovedAndWrong, scoreAgainstTruth } from "./over-optimisation.ts";
import { costOfReaching, saving } from "./saving.ts";

interface Told {
  readonly problem: number;
  readonly arm?: number;
  readonly budget?: number;
  readonly repeat?: number;
  readonly correct?: boolean | null;
  readonly tokens?: number;
  readonly score?: number | null;
  readonly meanScore?: number | null;
}

function row({ tokens = 10, ...told }: Told): EvaluationRow {
  return EvaluationRow.parse({
    ...{ arm: 0, budget: 0, repeat: 0, status: "finished", why: "complete", error: null },
    ...{ answer: "2", correct: true, nodes: 4, solutions: 2, computed: 0 },
    use: {
      ...{ policyTokens: tokens, promptTokens: 5, policyCalls: 2 },
      ...{ prmTokens: 6, prmCalls: 2, ms: 3 },
    },
    ...{ finished: 4, right: 1, answers: 2, agreement: 0.5, score: 0.9, meanScore: 0.5 },
    ...{ bestRight: 0.9, bestWrong: 0.1 },
    ...told,
  });
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

test("outcomes hold the problems that every cell has run, and average repeats", () => {
  const outcomes = new Outcomes(
    [
      row({ problem: 0 }),
      row({ problem: 0, repeat: 1, correct: false, tokens: 30 }),
      row({ problem: 0, arm: 1 }),
      row({ problem: 1 }),
      row({ problem: 2, correct: null }),
      row({ problem: 2, arm: 1 }),
    ],
    "policyTokens",
  );
  expect(outcomes.problems).toEqual([0]);
  expect(outcomes.at(0, { arm: 0, budget: 0 })).toEqual({ right: 0.5, cost: 20 });
  expect(() => outcomes.at(1, { arm: 1, budget: 0 })).toThrow("no rows of problem 1, arm 1");
  expect(new Outcomes([row({ problem: 0 })], "flops").problems).toEqual([]);
});

test("AN1: bins part problems by ease alone, and quantiles make them as large as each other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 6 }),
      (eases, bins) => {
        const limits = limitsOf(eases, { kind: "quantiles", bins });
        const of = eases.map((ease) => binOf(ease, limits));
        for (const [i, a] of eases.entries()) {
          for (const [j, b] of eases.entries()) {
            if (a <= b) expect(of[i]).toBeLessThanOrEqual(of[j]!);
          }
        }
        expect(Math.max(...of)).toBeLessThan(bins);
        if (new Set(eases).size < eases.length) return;
        const sizes = range(bins).map((bin) => of.filter((each) => each === bin).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      },
    ),
  );
  expect(range(5).map((bin) => binName(bin, 5))).toEqual(["hardest", "2", "3", "4", "easiest"]);
});

test("difficulty is the verifier's mean score, or the share that is right; nothing finished is hard", () => {
  const rows = [
    row({ problem: 0, meanScore: 0.25 }),
    row({ problem: 1, meanScore: null }),
    row({ problem: 0, arm: 1, meanScore: 0.9 }),
  ];
  const pilot = { arm: 0, budget: 0 };
  expect([...difficulties(rows, pilot, "predicted")]).toEqual([
    [0, 0.25],
    [1, 0],
  ]);
  expect(difficulties(rows, pilot, "oracle").get(0)).toBe(0.25);
});

test("folds part the problems, whatever their order means", () => {
  const [first, second] = foldsOf(range(1000));
  expect([...first, ...second].toSorted((a, b) => a - b)).toEqual(range(1000));
  expect(Math.abs(first.length - second.length)).toBeLessThan(100);
  const even = first.filter((problem) => problem % 2 === 0).length;
  expect(Math.abs(even - first.length / 2)).toBeLessThan(50);
});

/** Easy problems, ease 0.9, are solved by the cheap arm 0; hard ones, ease 0.1, by the dear arm 1 alone. */
function twoKinds(problems: number): EvaluationRow[] {
  return range(problems).flatMap((problem) => {
    const isEasy = problem % 3 === 0;
    const meanScore = isEasy ? 0.9 : 0.1;
    return [0, 1].flatMap((budget) => [
      row({ problem, budget, correct: isEasy, meanScore, tokens: 10 * (budget + 1) }),
      row({ problem, arm: 1, budget, correct: !isEasy || budget === 1, tokens: 100 }),
    ]);
  });
}

const TWO_KINDS = {
  arms: [0, 1],
  pilot: { arm: 0, budget: 0 },
  binning: { kind: "quantiles", bins: 2 },
} as const;

test("compute-optimal learns which arm is best for which problems, and pays for its pilot", () => {
  const rows = twoKinds(90);
  const eases = difficulties(rows, TWO_KINDS.pilot, "predicted");
  const outcomes = new Outcomes(rows, "policyTokens");
  const { table, points } = computeOptimal(outcomes, {
    ...{ ...TWO_KINDS, binning: { kind: "thresholds", limits: [0.5] } },
    ...{ eases, sharesPilot: ({ arm }) => arm === 0 },
  });
  expect(table.map(({ budget, bin, arm, n, sure }) => [budget, bin, arm, n, sure])).toEqual([
    [0, 0, 1, 60, 1],
    [0, 1, 0, 30, 1],
    [1, 0, 1, 60, 1],
    [1, 1, 0, 30, 1],
  ]);
  expect(points[0]!.outcomes.every(({ right }) => right === 1)).toBe(true);
  // An easy problem goes on from its pilot; a hard one has paid for it on top.
  expect(points[1]!.outcomes[0]).toEqual({ right: 1, cost: 20 });
  expect(points[1]!.outcomes[1]).toEqual({ right: 1, cost: 110 });
});

test("AN2: no answer of a problem has a part in what is chosen for it", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.boolean()), fc.nat(39), (chance, changed) => {
      const rows = range(40).flatMap((problem) =>
        [0, 1, 2].map((arm) =>
          row({ problem, arm, correct: chance.next().value, meanScore: (problem % 10) / 10 }),
        ),
      );
      const other = rows.map((each) =>
        each.problem === changed ? { ...each, correct: !each.correct } : each,
      );
      const [before, after] = [rows, other].map((of) =>
        computeOptimal(new Outcomes(of, "policyTokens"), {
          ...{
            ...TWO_KINDS,
            arms: [0, 1, 2],
            eases: difficulties(of, TWO_KINDS.pilot, "predicted"),
          },
          sharesPilot: () => true,
        }),
      );
      const at = before!.problems.indexOf(changed);
      expect(after!.points[0]!.outcomes[at]!.right).toBe(
        1 - before!.points[0]!.outcomes[at]!.right,
      );
    }),
    { numRuns: 50 },
  );
});

test("a saving is how many times less is paid for the same accuracy", () => {
  expect(costOfReaching([{ right: 0.5, cost: 4 }], 0.6)).toBeNull();
  const points = [
    { right: 0.25, cost: 10 },
    { right: 0.75, cost: 1000 },
  ];
  expect(costOfReaching(points, 0.5)).toBeCloseTo(100, 9);
  expect(costOfReaching(points, 0.2)).toBe(10);
  const reference = range(50).map((i) => ({ right: i % 2, cost: 400 }));
  const same = saving([reference], reference);
  expect([same.value, same.low, same.high]).toEqual([1, 1, 1]);
  const fourth = saving([reference.map((each) => ({ ...each, cost: 100 }))], reference);
  expect([fourth.value, fourth.low, fourth.high]).toEqual([4, 4, 4]);
  expect(saving([reference.map((each) => ({ ...each, right: 0 }))], reference).value).toBe(0);
});

test("at equal cost, the small model's cell is the best one that it can afford", () => {
  const rows = range(60).flatMap((problem) => [
    row({ problem, correct: problem % 4 === 0, tokens: 10 }),
    row({ problem, budget: 1, correct: problem % 4 !== 0, tokens: 40 }),
    row({ problem, budget: 2, correct: true, tokens: 41 }),
    row({ problem, arm: 1, correct: problem % 2 === 0, tokens: 40 }),
  ]);
  const outcomes = new Outcomes(rows, "policyTokens");
  const small = [0, 1, 2].map((budget) => ({ arm: 0, budget }));
  const large = { arm: 1, budget: 0 };
  const at = atEqualCost(outcomes, { small, large }, outcomes.problems)!;
  expect(at.cells).toEqual([small[1], small[1]]);
  expect([at.small.right, at.large.right, at.n]).toEqual([0.75, 0.5, 60]);
  expect(at.difference.value).toBeCloseTo(0.25, 12);
  expect(atEqualCost(outcomes, { small: [small[2]!], large }, outcomes.problems)).toBeNull();
  expect(atEqualCost(outcomes, { small, large }, [])).toBeNull();
});

test("score and truth are told of the chosen solutions, and what was loved and wrong comes first", () => {
  const rows = [
    row({ problem: 0, score: 0.9, correct: false }),
    row({ problem: 1, score: 0.5, correct: true }),
    row({ problem: 2, score: 0.95, correct: false }),
    row({ problem: 3, score: null, correct: false }),
  ];
  const [cell] = scoreAgainstTruth(rows);
  expect(cell!.n).toBe(3);
  expect(cell!.score.value).toBeCloseTo(2.35 / 3, 12);
  expect(cell!.accuracy.value).toBeCloseTo(1 / 3, 12);
  expect(lovedAndWrong(rows).map(({ problem }) => problem)).toEqual([2, 0]);
});

test("AN3: flips the other way round are the same problems, won for lost", () => {
  const [before, after] = [
    { arm: 0, budget: 0 },
    { arm: 1, budget: 2 },
  ] as const;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.option(fc.boolean()))), (told) => {
      const rows = told.flatMap(([first, second], problem) => [
        row({ problem, ...before, correct: first }),
        row({ problem, ...after, correct: second }),
      ]);
      const there = flips(rows, { before, after });
      const back = flips(rows, { before: after, after: before });
      expect(there.map(({ after: { problem } }) => problem)).toEqual(
        told.flatMap(([first, second], i) => (second === null || first === second ? [] : [i])),
      );
      expect(back.map(({ change }) => change)).toEqual(
        there.map(({ change }) => (change === "won" ? "lost" : "won")),
      );
    }),
  );
});
