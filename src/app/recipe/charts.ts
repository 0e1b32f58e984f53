import {
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type PlotOptions,
  pointer,
  ruleX,
  ruleY,
  text,
  tickX,
  tip,
} from "@observablehq/plot";
import { msg } from "../../lib/said.ts";
import type { Metric, RecipeStep } from "../../protocol/training.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import { armWords, intervalNote, pointWords, wordsOf } from "./chart-words.ts";
import { courseChart, type Named } from "./course-chart.ts";
import { othersOf, seriesColors } from "./series-colors.ts";
import type { Line } from "./training-fold.ts";

/** A chart and the words that say the same. */
export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  /** What its bands and dashes are; may be empty. */
  readonly note: string;
  readonly words: string;
  readonly options: PlotOptions;
}

/** Figures of finished searches, in the order in which they are compared. */
const FIGURES: Readonly<Record<string, string>> = {
  greedy: msg("greedy"),
  majority16: msg("majority of 16"),
  bestOf16Weighted: msg("best of 16, weighted"),
  bestOf16Max: msg("best of 16"),
  beam4: msg("beam 4"),
  beam16: msg("beam 16"),
  logprobBeam16: msg("beam 16, log-probability"),
  oracleBeam16: msg("beam 16, exact checker"),
  prmBodyGreedy: msg("the PRM's body, greedy"),
};

const RANKINGS: Readonly<Record<string, string>> = {
  prmStepRanking: msg("PRM, steps"),
  prmFinalRanking: msg("PRM, last steps"),
  logprobStepRanking: msg("log-probability, steps"),
  logprobFinalRanking: msg("log-probability, last steps"),
};

/** Before the name of the labels that a head was fitted on. */
const VARIANT = /^ranking from (.+)$/;

/** Height of a row of intervals, and of the name of a family above its rows, px. */
const ROW = 15;
const HEADING = 26;

/** Not worth a chart of its own. */
const HIDDEN = new Set(["clipped", "sampled", "passAt16", "firstErrorF1"]);

/** The charts of a step, from its lines by the name of what they measure. */
export function chartsOf(
  step: RecipeStep,
  lines: ReadonlyMap<string, readonly Line[]>,
): ChartSpec[] {
  const variants = Object.fromEntries(
    [...lines.keys()].flatMap((name) => {
      const [, of] = VARIANT.exec(name) ?? [];
      return of === undefined ? [] : [[name, of]];
    }),
  );
  const rows = { ...FIGURES, ...RANKINGS, ...variants };
  const shown = [...lines].filter(([name]) => !HIDDEN.has(name) && !(name in rows));
  const named = new Map(
    shown.map(([name, of]) => [name, of.map(step === "reinforcement" ? byArm : bySeries)]),
  );
  const others = othersOf([...named.values()].flat().map(({ label }) => label));
  const charts = [...named].flatMap(([name, of]) => chartsOfMetric(name, of, others));
  const figures = intervals("searches", t("Searches of held-out problems"), FIGURES, lines);
  const rankings = intervals("ranking", t("Right steps ranked above wrong ones"), RANKINGS, lines);
  const labels = intervals(
    "variants",
    t("The same, by the labels it learnt from"),
    variants,
    lines,
  );
  return [...charts, ...[figures, rankings, labels].filter((chart) => chart !== null)];
}

function bySeries(line: Line): Named {
  return { ...line, label: line.series || line.stage };
}

/** `S/rl-process-1` is about the arm `process`: its lines are told apart by that, and a family is none of it. */
function byArm(line: Line): Named {
  const [, arm = line.stage] = /rl-(.+)-\d+$/.exec(line.stage) ?? [];
  return { ...line, label: armWords(arm) };
}

/** One chart, or where arms are compared one for every family. */
function chartsOfMetric(
  name: string,
  lines: readonly Named[],
  others: readonly string[],
): ChartSpec[] {
  if (name === "reliability") return [reliability(lines)];
  const labels = new Set(lines.map(({ label }) => label));
  const series = [...new Set(lines.map((line) => line.series))];
  if (labels.size === 1) return [courseChart(name, lines.map(bySeries), { others })];
  const apart = stagesApart(lines);
  if (apart.length > 1) {
    return apart.map((together) => {
      const stages = [...new Set(together.map(({ stage }) => stage))].join(", ");
      const title = `${wordsOf(name).title}: ${stages}`;
      return courseChart(`${name}-${stages}`, together, { others, title });
    });
  }
  if (series.length === 1 || lines.every((line) => line.series === line.label)) {
    return [courseChart(name, lines, { others })];
  }
  return series.map((one) => {
    const title = t("{title}: {part}", { title: wordsOf(name).title, part: one });
    return courseChart(
      `${name}-${one}`,
      lines.filter((line) => line.series === one),
      { others, title },
    );
  });
}

/** Lines whose stages were at the same places, together: one axis for what was not would be empty in between. */
function stagesApart(lines: readonly Named[]): Named[][] {
  const reach = ({ points }: Named) => [points[0]!.x, points.at(-1)!.x] as const;
  const sorted = lines.toSorted((a, b) => reach(a)[0] - reach(b)[0]);
  const groups: Named[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const line of sorted) {
    const [from, to] = reach(line);
    if (from > end) groups.push([]);
    groups.at(-1)!.push(line);
    end = Math.max(end, to);
  }
  return groups;
}

/** Where points lie on the diagonal, a score is the probability that it says it is. */
function reliability(lines: readonly Named[]): ChartSpec {
  const points = lines.flatMap(({ series, points: of }) =>
    of.map((p) => ({ ...p, label: series })),
  );
  const labels = [...new Set(points.map(({ label }) => label))];
  const title = (point: Metric) =>
    t("Scored {score}: {share} right", { score: point.x.toFixed(2), share: pointWords(point) });
  return {
    id: "reliability",
    title: wordsOf("reliability").title,
    note: intervalNote(points),
    words: t("{count} bins; on the diagonal a score is a probability. {points}", {
      count: points.length,
      points: points.map((point) => inARow([point.label, title(point)])).join("; "),
    }),
    options: {
      x: { domain: [0, 1] },
      y: { domain: [0, 1] },
      color: {
        ...{ type: "categorical", domain: labels, range: seriesColors(labels, labels) },
        legend: labels.length > 1,
      },
      marks: [
        gridY({ stroke: "currentColor", strokeOpacity: 0.12 }),
        axisX({
          ...{ tickSize: 0, ticks: 5, tickFormat: ".0%" },
          label: t("score of a step"),
          labelOffset: 34,
        }),
        axisY({ tickSize: 0, ticks: 5, tickFormat: ".0%", label: null }),
        lineY([0, 1], { x: [0, 1], y: [0, 1], strokeOpacity: 0.35, strokeDasharray: "3 3" }),
        ruleX(points, { x: "x", y1: "low", y2: "high", stroke: "label", strokeOpacity: 0.4 }),
        lineY(points, { x: "x", y: "value", z: "label", stroke: "label" }),
        dot(points, { x: "x", y: "value", fill: "label", r: 2.5 }),
        tip(points, pointer({ x: "x", y: "value", title })),
      ],
    },
  };
}

/** Shares with their intervals, one row each, family by family. `null` without any. */
function intervals(
  id: string,
  title: string,
  names: Readonly<Record<string, string>>,
  lines: ReadonlyMap<string, readonly Line[]>,
): ChartSpec | null {
  const rows = Object.entries(names).flatMap(([name, label]) =>
    (lines.get(name) ?? []).map(({ series, points }) => ({
      ...points.at(-1)!,
      ...{ label: t(label), family: series },
    })),
  );
  if (rows.length === 0) return null;
  const labels = Object.values(names)
    .map((label) => t(label))
    .filter((label) => rows.some((row) => row.label === label));
  const families = [...new Set(rows.map(({ family }) => family))];
  const place = { fy: "family", y: "label" } as const;
  return {
    ...{ id, title, note: intervalNote(rows) },
    words: rows.map((row) => inARow([row.family, `${row.label} ${pointWords(row)}`])).join("; "),
    options: {
      height: 24 + families.length * (labels.length * ROW + HEADING) + 24,
      ...{ marginLeft: 184, marginRight: 20 },
      x: { label: null, domain: [0, 1], tickFormat: ".0%", grid: true, ticks: 5 },
      y: { label: null, domain: labels, tickSize: 0 },
      fy: {
        ...{ label: null, domain: families, axis: null },
        paddingInner: HEADING / (labels.length * ROW + HEADING),
      },
      color: { type: "categorical", domain: families, range: seriesColors(families, families) },
      marks: [
        text(families, {
          ...{ fy: (family: string) => family, text: (family: string) => family },
          ...{ frameAnchor: "top-left", dx: -180, dy: -16, fontWeight: 600 },
        }),
        ruleY(rows, {
          ...{ ...place, x1: "low", x2: "high", stroke: "family" },
          ...{ strokeWidth: 3, strokeOpacity: 0.35 },
        }),
        tickX(rows, { ...place, x: "value", stroke: "family", strokeWidth: 2.5 }),
        tip(
          rows,
          pointer({ ...place, x: "value", title: (row) => `${row.label}\n${pointWords(row)}` }),
        ),
      ],
    },
  };
}
