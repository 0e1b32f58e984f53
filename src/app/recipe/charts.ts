import {
  areaY,
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type PlotOptions,
  ruleX,
  ruleY,
  text,
  tickX,
} from "@observablehq/plot";
import type { Metric, RecipeStep } from "../../protocol/training.ts";
import type { Line } from "./training-fold.ts";

/** A chart and the words that say the same. */
export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly options: PlotOptions;
}

const TITLES: Readonly<Record<string, string>> = {
  loss: "Loss, nats a token",
  accuracy: "Right on held-out problems, greedily",
  length: "Characters of reasoning",
  reliability: "How often a step scored p is right",
  "label-noise": "First errors that rollouts miss",
  "noise-by-cost": "The same, by tokens for a solution",
  "samples-right": "Samples that end right",
  "prm-score": "What the PRM thinks of samples",
  kl: "Distance from the reference, nats a token",
  "sample-length": "Tokens of a sample",
  "ranking-by-labels": "Ranking, by the number of labels",
  firstErrorF1: "First errors found, F1",
  clipped: "Tokens whose gradient was clipped",
};

/** Figures of finished searches, in the order in which they are compared. */
const FIGURES: Readonly<Record<string, string>> = {
  greedy: "greedy",
  majority16: "majority of 16",
  bestOf16Weighted: "best of 16, weighted",
  bestOf16Max: "best of 16",
  beam4: "beam 4",
  beam16: "beam 16",
  logprobBeam16: "beam 16 by log-probability",
  oracleBeam16: "beam 16 by the exact checker",
  prmBodyGreedy: "the PRM's body by itself, greedy",
};

const RANKINGS: Readonly<Record<string, string>> = {
  prmStepRanking: "PRM, steps",
  prmFinalRanking: "PRM, last steps",
  logprobStepRanking: "log-probability, steps",
  logprobFinalRanking: "log-probability, last steps",
};

/** Before the name of the labels that a head was fitted on. */
const VARIANT = "ranking from ";

/** Not worth a chart of its own. */
const HIDDEN = new Set(["clipped", "sampled", "passAt16", "firstErrorF1"]);

/** The charts of a step, from its lines by the name of what they measure. */
export function chartsOf(
  step: RecipeStep,
  lines: ReadonlyMap<string, readonly Line[]>,
): ChartSpec[] {
  const charts: ChartSpec[] = [];
  const variants = Object.fromEntries(
    [...lines.keys()].flatMap((name) =>
      name.startsWith(VARIANT) ? [[name, name.slice(VARIANT.length)]] : [],
    ),
  );
  const rows = { ...FIGURES, ...RANKINGS, ...variants };
  for (const [name, of] of lines) {
    if (HIDDEN.has(name) || name in rows) continue;
    const shown = step === "reinforcement" && name === "accuracy" ? of.map(asArm) : of;
    charts.push(name === "reliability" ? reliability(of) : course(name, shown));
  }
  const figures = intervals("searches", "Searches of held-out problems", FIGURES, lines);
  const rankings = intervals("ranking", "Right steps ranked above wrong ones", RANKINGS, lines);
  const labels = intervals("variants", "The same, by the labels it learnt from", variants, lines);
  return [...charts, ...[figures, rankings, labels].filter((chart) => chart !== null)];
}

/** `S/rl-process-1` is about the arm `process`: its lines are told apart by that. */
function asArm(line: Line): Line {
  const [, arm = line.series] = /rl-(.+)-\d+$/.exec(line.stage) ?? [];
  return { ...line, series: line.series === "" ? arm : `${arm}, ${line.series}` };
}

interface Point extends Metric {
  readonly line: string;
  readonly label: string;
}

/** Values of one metric as they go on. */
function course(name: string, lines: readonly Line[]): ChartSpec {
  const points: Point[] = lines.flatMap(({ stage, series, points: of }) =>
    of.map((point) => ({ ...point, line: `${stage} ${series}`, label: series || stage })),
  );
  const first = points[0]!;
  const isShare = first.unit === "share";
  const labels = [...new Set(points.map(({ label }) => label))];
  const channels = { x: "x", y: "value", z: "line", stroke: "label" } as const;
  return {
    id: name,
    title: TITLES[name] ?? name,
    words: lines
      .map(({ stage, series, points: of }) => {
        const last = of.at(-1)!;
        return `${series || stage} ${formatValue(last.value, isShare)} at ${formatX(last)}`;
      })
      .join(", "),
    options: {
      x: { label: AXES[first.xUnit] },
      y: { label: null, ...(isShare ? { domain: [0, 1] } : {}) },
      color: { domain: labels, legend: labels.length > 1 },
      marks: [
        gridY({ stroke: "currentColor", strokeOpacity: 0.12 }),
        axisX({ tickSize: 0, ticks: 4, tickFormat: "~s" }),
        axisY({ tickSize: 0, ticks: 5, ...(isShare && { tickFormat: ".0%" }) }),
        ruleX([0], { strokeOpacity: 0 }),
        areaY(
          points.filter(({ low }) => low !== null),
          { x: "x", y1: "low", y2: "high", z: "line", fill: "label", fillOpacity: 0.1 },
        ),
        lineY(points, { ...channels, strokeWidth: 1.75 }),
        ...(points.length <= 80 ? [dot(points, { ...channels, fill: "label", r: 2 })] : []),
      ],
    },
  };
}

const AXES: Readonly<Record<Metric["xUnit"], string>> = {
  tokens: "tokens",
  updates: "updates",
  rollouts: "rollouts a prefix",
  labels: "labels",
  probability: "score",
  level: "level",
  depth: "step",
};

/** Where points lie on the diagonal, a score is the probability that it says it is. */
function reliability(lines: readonly Line[]): ChartSpec {
  const points = lines.flatMap(({ series, points: of }) =>
    of.map((p) => ({ ...p, label: series })),
  );
  const labels = [...new Set(points.map(({ label }) => label))];
  return {
    id: "reliability",
    title: TITLES["reliability"]!,
    words: `${points.length} bins; on the diagonal a score is a probability`,
    options: {
      x: { label: "score", domain: [0, 1], tickFormat: ".0%" },
      y: { label: null, domain: [0, 1], tickFormat: ".0%" },
      color: { domain: labels, legend: labels.length > 1 },
      marks: [
        gridY({ stroke: "currentColor", strokeOpacity: 0.12 }),
        axisX({ tickSize: 0, ticks: 5, tickFormat: ".0%" }),
        axisY({ tickSize: 0, ticks: 5, tickFormat: ".0%" }),
        lineY([0, 1], { x: [0, 1], y: [0, 1], strokeOpacity: 0.35, strokeDasharray: "3 3" }),
        ruleX(points, { x: "x", y1: "low", y2: "high", stroke: "label", strokeOpacity: 0.4 }),
        lineY(points, { x: "x", y: "value", z: "label", stroke: "label" }),
        dot(points, { x: "x", y: "value", fill: "label", r: 2.5 }),
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
      ...{ label, family: series },
    })),
  );
  if (rows.length === 0) return null;
  const labels = Object.values(names).filter((label) => rows.some((row) => row.label === label));
  const families = [...new Set(rows.map(({ family }) => family))];
  return {
    ...{ id, title },
    words: rows
      .map(({ family, label, value }) => `${family} ${label} ${formatValue(value, true)}`)
      .join(", "),
    options: {
      height: 24 + families.length * (labels.length * 15 + 22) + 24,
      marginLeft: 190,
      x: { label: null, domain: [0, 1], tickFormat: ".0%", grid: true },
      y: { label: null, domain: labels, tickSize: 0 },
      fy: { label: null, domain: families, axis: null },
      marks: [
        text(families, {
          ...{ fy: (family: string) => family, text: (family: string) => family },
          ...{ frameAnchor: "top-left", dx: -186, dy: -14, fontWeight: 600 },
        }),
        ruleY(rows, {
          fy: "family",
          y: "label",
          x1: "low",
          x2: "high",
          strokeWidth: 3,
          strokeOpacity: 0.3,
        }),
        tickX(rows, { fy: "family", y: "label", x: "value", strokeWidth: 2 }),
      ],
    },
  };
}

function formatValue(value: number, isShare: boolean): string {
  return isShare ? `${(value * 100).toFixed(1)} %` : value.toPrecision(3);
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export function formatX({ x, xUnit }: Pick<Metric, "x" | "xUnit">): string {
  return `${COMPACT.format(x)} ${AXES[xUnit]}`;
}
