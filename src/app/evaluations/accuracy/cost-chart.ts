import {
  areaY,
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type Markish,
  type PlotOptions,
  pointer,
  tip,
} from "@observablehq/plot";
import type { CostUnit } from "../../../evaluation/analysis/outcomes.ts";
import type { Interval } from "../../../lib/interval.ts";
import { cellsOf } from "../../../protocol/evaluation-figures.ts";
import type { EvaluationSpec } from "../../../protocol/evaluations.ts";
import { formatShare } from "../../format.ts";
import { t } from "../../words/t.ts";
import { armTitles, cellTitle } from "../evaluated.ts";
import type { ProblemPart } from "../problems/parts.ts";
import { costWords, formatCost, UNIT_WORDS } from "../unit-words.ts";
import { armColor, armShape, isDashed } from "./arm-looks.ts";
import { labelRoom } from "./label-room.ts";
import { logTicks } from "./log-ticks.ts";

/** A cell of an evaluation in a chart. */
export interface CostPoint {
  readonly arm: number;
  readonly budget: number;
  /** What its line is called. */
  readonly label: string;
  /** All that is known of it, a fact a line. */
  readonly words: string;
  readonly cost: number;
  /** Accuracy, in [0, 1]. */
  readonly height: number;
  readonly low: number;
  readonly high: number;
}

/** A line that is not of one arm. */
export interface Curve {
  readonly label: string;
  readonly points: readonly { readonly cost: number; readonly accuracy: Interval }[];
}

/** What is drawn of a part of the problems. */
export interface CostChart {
  readonly part: ProblemPart;
  readonly points: readonly CostPoint[];
  readonly curve: Curve | null;
  /** Arms without a cost in this unit. */
  readonly free: readonly string[];
}

/** Limits of the axes, so that charts beside each other can be compared. */
export interface Frame {
  readonly unit: CostUnit;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The points of a part of the problems. */
export function costChart(
  part: ProblemPart,
  { spec, unit, curve }: { spec: EvaluationSpec; unit: CostUnit; curve: Curve | null },
): CostChart {
  const titles = armTitles(spec);
  const cells = cellsOf(part.rows).map((cell) => ({ ...cell, unitCost: cell.cost[unit] ?? 0 }));
  const points = cells
    .filter(({ unitCost }) => unitCost > 0)
    .map(({ arm, budget, n, failed, accuracy, unitCost }): CostPoint => {
      const { value, low, high } = accuracy;
      const facts = [
        cellTitle(spec, arm, budget),
        t("{share} right ({low} to {high}), n = {count}", {
          share: formatShare(value),
          ...{ low: formatShare(low), high: formatShare(high), count: n },
        }),
        costWords(unitCost, unit),
        ...(failed > 0 ? [t("{count} failed", { count: failed })] : []),
      ];
      const line = { arm, budget, label: titles[arm]!, words: facts.join("\n") };
      return { ...line, cost: unitCost, height: value, low, high };
    });
  const paid = new Set(points.map(({ arm }) => arm));
  const free = [...new Set(cells.map(({ arm }) => arm))].filter((arm) => !paid.has(arm));
  return { part, points, curve, free: free.map((arm) => titles[arm]!) };
}

/** Axes on which all of these charts fit; `null` if there is no point. */
export function frameOf(charts: readonly CostChart[], unit: CostUnit): Frame | null {
  const spots = charts.flatMap(({ points, curve }) => [
    ...points,
    ...(curve?.points ?? []).map(({ cost, accuracy }) => ({ cost, ...accuracy })),
  ]);
  if (spots.length === 0) return null;
  const costs = spots.map(({ cost }) => cost);
  const [low, high] = [
    Math.min(...spots.map((spot) => spot.low)),
    Math.max(...spots.map((spot) => spot.high)),
  ];
  const air = Math.max(0.02, (high - low) * 0.05);
  return {
    unit,
    x: [Math.min(...costs) / 1.15, Math.max(...costs) * 1.15],
    y: [Math.max(0, low - air), Math.min(1, high + air)],
  };
}

/** Left of the plot, px. */
const MARGIN = 44;

/** How a chart is drawn on so many px. */
export function costPlot(
  { points, curve }: CostChart,
  { unit, x, y }: Frame,
  { width, height }: { readonly width: number; readonly height: number },
): PlotOptions {
  const names = [...points.map(({ label }) => ({ text: label })), { text: curve?.label ?? "" }];
  const marginRight = labelRoom(names, width);
  const room = width - marginRight - MARGIN;
  return {
    height,
    ...{ marginLeft: MARGIN, marginRight, marginTop: 12, marginBottom: 40 },
    x: { type: "log", domain: x },
    y: { domain: y },
    marks: [
      gridY({ ticks: 5, stroke: "currentColor", strokeOpacity: 0.12 }),
      axisX({
        ...{ ticks: logTicks(...x, Math.max(2, Math.floor(room / 64))), tickSize: 3 },
        tickFormat: (cost: number) => formatCost(cost, unit),
        ...{
          label: t(UNIT_WORDS[unit].axis),
          labelAnchor: "center",
          labelOffset: 36,
          labelArrow: "none",
        },
      }),
      axisY({
        ...{ tickSize: 0, ticks: 5, label: null },
        tickFormat: (share: number) => `${Math.round(share * 100)} %`,
      }),
      ...armMarks(points),
      ...(curve === null ? [] : curveMarks(curve)),
      tip(points, pointer({ x: "cost", y: "height", title: "words", maxRadius: 30 })),
    ],
  };
}

function armMarks(points: readonly CostPoint[]): Markish[] {
  const lines = [...Map.groupBy(points, ({ arm }) => arm)];
  const bands = lines.map(([arm, of]) =>
    areaY(of, { x: "cost", y1: "low", y2: "high", fill: armColor(arm), fillOpacity: 0.1 }),
  );
  const strokes = lines.flatMap(([arm, of]) => [
    lineY(of, {
      ...{ x: "cost", y: "height", stroke: armColor(arm), strokeWidth: 1.75 },
      ...(isDashed(arm) && { strokeDasharray: "5 3" }),
    }),
    dot(of, { x: "cost", y: "height", fill: armColor(arm), symbol: armShape(arm), r: 4 }),
  ]);
  return [...bands, ...strokes];
}

function curveMarks({ points }: Curve): Markish[] {
  const spots = points.map(({ cost, accuracy }) => ({ cost, ...accuracy }));
  const look = { stroke: "var(--ink)", strokeWidth: 2, strokeDasharray: "2 3" };
  return [
    areaY(spots, { x: "cost", y1: "low", y2: "high", fill: "var(--ink)", fillOpacity: 0.06 }),
    lineY(spots, { x: "cost", y: "value", ...look }),
  ];
}
