import { areaY, axisX, axisY, dot, gridY, lineY, pointer, text, tip } from "@observablehq/plot";
import {
  type ScoreAgainstTruth,
  scoreAgainstTruth,
} from "../../../evaluation/analysis/over-optimisation.ts";
import type { EvaluationRow, EvaluationSpec } from "../../../protocol/evaluations.ts";
import { formatCount, formatScore, formatShare } from "../../format.ts";
import type { ChartSpec } from "../../recipe/charts.ts";
import { inARow } from "../../words/node-words.ts";
import { t } from "../../words/t.ts";
import { armColor } from "../accuracy/arm-looks.ts";
import { armTitles } from "../evaluated.ts";

/** For every arm that scores: what the verifier thinks of what it chose, and how much of that is right, as the budget grows. */
export function overCharts(rows: readonly EvaluationRow[], spec: EvaluationSpec): ChartSpec[] {
  const titles = armTitles(spec);
  const cells = scoreAgainstTruth(rows);
  const domain = domainOf(cells);
  return [...Map.groupBy(cells, ({ arm }) => arm)].map(([arm, of]) =>
    overChart({ arm, title: titles[arm]!, cells: of, spec, domain }),
  );
}

/** All that there is to see, with some air. */
function domainOf(cells: readonly ScoreAgainstTruth[]): [number, number] {
  const low = Math.min(...cells.flatMap(({ score, accuracy }) => [score.low, accuracy.low]));
  const high = Math.max(...cells.flatMap(({ score, accuracy }) => [score.high, accuracy.high]));
  const air = (high - low) * 0.1;
  return [Math.max(0, low - air), Math.min(1, high + air)];
}

interface ArmCells {
  readonly arm: number;
  readonly title: string;
  readonly cells: readonly ScoreAgainstTruth[];
  readonly spec: EvaluationSpec;
  /** Of the axes of all arms. */
  readonly domain: readonly [number, number];
}

function overChart({ arm, title, cells, spec, domain }: ArmCells): ChartSpec {
  const points = cells.map(({ budget, n, score, accuracy }) => ({
    ...{ budget: shortBudget(spec, budget), score: score.value, right: accuracy.value },
    ...{ scoreLow: score.low, scoreHigh: score.high, low: accuracy.low, high: accuracy.high },
    words: [
      inARow([shortBudget(spec, budget), `n = ${formatCount(n)}`]),
      t("mean score {score} ({low} to {high})", {
        score: formatScore(score.value),
        ...{ low: formatScore(score.low), high: formatScore(score.high) },
      }),
      t("{share} right ({low} to {high})", {
        share: formatShare(accuracy.value),
        ...{ low: formatShare(accuracy.low), high: formatShare(accuracy.high) },
      }),
    ].join("\n"),
  }));
  const last = points.at(-1)!;
  const color = armColor(arm);
  const scoreLook = { x: "budget", y: "score", stroke: "var(--ink-soft)" } as const;
  const isAbove = last.score >= last.right;
  const name = (text_: string, y: "score" | "right", fill: string, above: boolean) =>
    text([last], {
      ...{ x: "budget", y, text: () => text_, fill, textAnchor: "end", fontWeight: 600 },
      ...{ dy: above ? -12 : 14, dx: 8 },
    });
  return {
    ...{ id: `over-${arm}`, title, note: "" },
    words: points.map(({ words }) => inARow(words.split("\n"))).join("; "),
    options: {
      ...{ height: 210, marginLeft: 44, marginTop: 18, marginBottom: 38, marginRight: 20 },
      x: { type: "point", domain: points.map(({ budget }) => budget), padding: 0.2 },
      y: { domain },
      marks: [
        gridY({ ticks: 5, stroke: "currentColor", strokeOpacity: 0.12 }),
        axisX({ tickSize: 0, label: t("budget, solutions"), labelOffset: 34, labelArrow: "none" }),
        axisY({
          tickSize: 0,
          ticks: 5,
          tickFormat: (share: number) => `${Math.round(100 * share)} %`,
          label: null,
        }),
        areaY(points, {
          ...{ x: "budget", y1: "scoreLow", y2: "scoreHigh" },
          ...{ fill: "var(--ink-soft)", fillOpacity: 0.1 },
        }),
        areaY(points, { x: "budget", y1: "low", y2: "high", fill: color, fillOpacity: 0.1 }),
        lineY(points, { ...scoreLook, strokeDasharray: "4 3", strokeWidth: 1.75 }),
        dot(points, {
          x: "budget",
          y: "score",
          fill: "var(--paper)",
          stroke: "var(--ink-soft)",
          r: 3,
        }),
        lineY(points, { x: "budget", y: "right", stroke: color, strokeWidth: 1.75 }),
        dot(points, { x: "budget", y: "right", fill: color, r: 3 }),
        name(t("PRM's score"), "score", "var(--ink-soft)", isAbove),
        name(t("right"), "right", color, !isAbove),
        tip(points, pointer({ x: "budget", y: "right", title: "words" })),
      ],
    },
  };
}

/** Only its number where a budget is one of solutions. */
function shortBudget({ budgets }: EvaluationSpec, budget: number): string {
  const { solutions } = budgets[budget]!;
  return solutions === undefined ? t("budget {number}", { number: budget + 1 }) : String(solutions);
}
