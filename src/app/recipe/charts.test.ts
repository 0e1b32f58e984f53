import fc from "fast-check";
import { expect, test } from "vitest";
import { FAMILIES } from "../../problems/families.ts";
import type { Metric } from "../../protocol/training.ts";
import { formatAmount } from "./chart-words.ts";
import { chartsOf } from "./charts.ts";
import type { Line } from "./training-fold.ts";

const FAMILY_NAMES = FAMILIES.map(({ name }) => name);

function line(stage: string, name: string, series: string): Line {
  const point = (x: number): Metric => ({
    ...{ type: "metric", at: "2026-01-01T00:00:00.000Z", stage, name, series, x, xUnit: "tokens" },
    ...{ value: 0.5, unit: "share", low: 0.4, high: 0.6, n: 100 },
  });
  return { stage, name, series, points: [point(1), point(2)] };
}

const byName = (lines: readonly Line[]) => Map.groupBy(lines, ({ name }) => name);

/** What a chart paints each label with. */
function colorsOf({ options: { color } }: ReturnType<typeof chartsOf>[number]) {
  const { domain, range } = color as { domain: string[]; range: string[] };
  return domain.map((label, i) => [label, range[i]!] as const);
}

const anySeries = fc.uniqueArray(
  fc.constantFrom(...FAMILY_NAMES, "every prefix", "binary search"),
  {
    minLength: 1,
  },
);

test("V13: a family has one colour in all charts, and no other label has it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("accuracy", "loss", "greedy", "reliability"), anySeries)),
      (metrics) => {
        const lines = metrics.flatMap(([name, series]) =>
          series.map((one) => line("S/policy", name, one)),
        );
        const colors = chartsOf("policy", byName(lines)).flatMap(colorsOf);
        const labels = new Map<string, Set<string>>();
        for (const [label, color] of colors) {
          labels.set(color, (labels.get(color) ?? new Set()).add(label));
        }
        for (const family of FAMILY_NAMES) {
          const its = new Set(colors.filter(([label]) => label === family).map(([, c]) => c));
          expect(its.size).toBeLessThanOrEqual(1);
          for (const color of its) expect([...labels.get(color)!]).toEqual([family]);
        }
      },
    ),
  );
});

test("arms of reinforcement are compared family by family, with one line a seed", () => {
  const stages = ["S/rl-process-1", "S/rl-process-2", "S/rl-outcome-1"];
  const lines = stages.flatMap((stage) => [
    line(stage, "accuracy", "expressions"),
    line(stage, "accuracy", "countdown"),
    line(stage, "kl", ""),
  ]);
  const charts = chartsOf("reinforcement", byName(lines));
  expect(charts.map(({ id }) => id)).toEqual(["accuracy-expressions", "accuracy-countdown", "kl"]);
  for (const chart of charts) {
    expect(colorsOf(chart).map(([label]) => label)).toEqual([
      "right answers and steps",
      "right answers",
    ]);
  }
  const alone = chartsOf("reinforcement", byName(lines.filter(({ stage }) => stage === stages[0])));
  expect(alone.map(({ id }) => id)).toEqual(["accuracy", "kl"]);
  expect(colorsOf(alone[0]!).map(([label]) => label)).toEqual(["expressions", "countdown"]);
});

test("the words of a chart say the last value of every line, its interval and its number", () => {
  const [chart] = chartsOf("policy", byName([line("S/policy", "accuracy", "expressions")]));
  expect(chart).toMatchObject({
    title: "Right on held-out problems, greedily",
    note: "95 % intervals, n = 100",
    words: "expressions 50.0 % (40.0 % to 60.0 %), n = 100 at 2 tokens",
  });
});

test("no amount that is something is shown as 0", () => {
  expect([0, 0.00312, 0.25, 12, 12_900_000].map(formatAmount)).toEqual([
    ...["0", "0.0031", "0.25", "12", "12.9M"],
  ]);
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12 }), (amount) => {
      expect(formatAmount(amount)).not.toBe("0");
    }),
  );
});

/** A line from one place to another. */
function reaching(
  stage: string,
  name: string,
  xs: readonly number[],
  xUnit: Metric["xUnit"],
): Line {
  const { points } = line(stage, name, "");
  return { stage, name, series: "", points: xs.map((x) => ({ ...points[0]!, x, xUnit })) };
}

test("stages that were at different places have charts of their own, others share one", () => {
  const lines = [
    reaching("S/body", "loss", [37e6, 39e6], "tokens"),
    reaching("S/generative", "loss", [0, 3e6], "tokens"),
    reaching("S/step-labels", "loss", [1e6, 3e6], "tokens"),
  ];
  const titles = chartsOf("prm", byName(lines)).map(({ title }) => title);
  expect(titles).toEqual(["Loss: S/generative, S/step-labels", "Loss: S/body"]);
});

test("amounts that are far apart are on a logarithmic axis, which has no zero", () => {
  const lines = [reaching("S/prm-report", "ranking-by-labels", [1600, 170_000], "labels")];
  const [{ options }] = chartsOf("prm", byName(lines)) as [ReturnType<typeof chartsOf>[number]];
  expect(options.x).toEqual({ type: "log" });
});

test("a chart of one stage that was measured without intervals has no note", () => {
  const { points, ...rest } = line("S/policy", "loss", "");
  const bare = { ...rest, points: points.map((point) => ({ ...point, low: null, high: null })) };
  expect(chartsOf("policy", byName([bare]))[0]!.note).toBe("");
});
