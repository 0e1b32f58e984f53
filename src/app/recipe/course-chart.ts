import {
  areaY,
  axisX,
  axisY,
  dot,
  gridY,
  lineY,
  type Markish,
  pointer,
  ruleX,
  tip,
} from "@observablehq/plot";
import type { Metric } from "../../protocol/training.ts";
import { inARow } from "../words/node-words.ts";
import { t } from "../words/t.ts";
import { axisOf, formatAmount, formatX, intervalNote, pointWords, wordsOf } from "./chart-words.ts";
import type { ChartSpec } from "./charts.ts";
import { seriesColors } from "./series-colors.ts";
import type { Line } from "./training-fold.ts";

/** What a line is in the key of its chart. */
export interface Named extends Line {
  readonly label: string;
}

interface Point extends Metric {
  readonly line: string;
  readonly label: string;
}

/** A stage with more points than this is drawn without dots. */
const MOST_DOTS = 40;
/** Axes name each place where something was measured if there are so few. */
const FEW_PLACES = 5;

/** Values of one metric as they go on; where lines are of two stages, the later one is dashed. `title` is that of the metric unless given. */
export function courseChart(
  id: string,
  lines: readonly Named[],
  { others, title }: { others: readonly string[]; title?: string },
): ChartSpec {
  const points = lines.flatMap(({ stage, series, label, points: of }): Point[] =>
    of.map((point) => ({ ...point, line: `${stage} ${series}`, label })),
  );
  const first = points[0]!;
  const isShare = first.unit === "share";
  const labels = [...new Set(points.map(({ label }) => label))];
  const stages = [...new Set(lines.map(({ stage }) => stage))];
  const words = wordsOf(first.name);
  const isLog = isWide(points);
  return {
    id,
    title: title ?? words.title,
    note: noteOf(intervalNote(points), dashNote(lines, stages)),
    words: lines
      .map(({ stage, label, points: of }) => {
        const last = of.at(-1)!;
        const where = stages.length > 1 && label !== stage ? ` (${shortStage(stage)})` : "";
        return t("{line} {value} at {place}", {
          line: `${label}${where}`,
          ...{ value: pointWords(last), place: formatX(last) },
        });
      })
      .join("; "),
    options: {
      marginTop: words.y === undefined ? 10 : 26,
      x: isLog ? { type: "log" } : { zero: beginsNearZero(points) },
      y: isShare ? { domain: [0, 1] } : { zero: first.name !== "loss", nice: true },
      color: {
        ...{ type: "categorical", domain: labels, range: seriesColors(labels, others) },
        legend: labels.length > 1,
      },
      marks: [
        gridY({ stroke: "currentColor", strokeOpacity: 0.12 }),
        axisX({ ...xTicks(points), tickSize: 0, label: axisOf(first), labelOffset: 34 }),
        axisY({
          ...{ tickSize: 0, ticks: 5, label: words.y ?? null },
          tickFormat: isShare ? ".0%" : formatAmount,
        }),
        ...stages.flatMap((stage, i) =>
          stageMarks(
            points.filter((p) => p.stage === stage),
            stages.length === 2 && i > 0,
          ),
        ),
        tip(points, pointer({ x: "x", y: "value", title: pointTitle })),
      ],
    },
  };
}

function stageMarks(points: readonly Point[], isDashed: boolean): Markish[] {
  const channels = { x: "x", y: "value", z: "line", stroke: "label" } as const;
  const known = points.filter(({ low }) => low !== null);
  const isAlone = new Set(points.map(({ x }) => x)).size === 1;
  return [
    isAlone
      ? ruleX(known, { x: "x", y1: "low", y2: "high", stroke: "label", strokeOpacity: 0.4 })
      : areaY(known, {
          ...{ x: "x", y1: "low", y2: "high", z: "line", fill: "label", fillOpacity: 0.1 },
        }),
    lineY(points, { ...channels, strokeWidth: 1.75, ...(isDashed && { strokeDasharray: "4 3" }) }),
    ...(points.length <= MOST_DOTS ? [dot(points, { ...channels, fill: "label", r: 2 })] : []),
  ];
}

function pointTitle(point: Point): string {
  const what = point.label === point.stage ? point.stage : inARow([point.label, point.stage]);
  return [what, pointWords(point), t("at {place}", { place: formatX(point) })].join("\n");
}

/** Two notes as one; either may be empty. */
function noteOf(first: string, second: string): string {
  if (first === "" || second === "") return first + second;
  return t("{first}. {second}", { first, second });
}

/** Nothing where the key says it. */
function dashNote(lines: readonly Named[], stages: readonly string[]): string {
  if (stages.length !== 2 || lines.every(({ label, stage }) => label === stage)) return "";
  const [first, second] = stages.map(shortStage);
  return t("Solid: {first}, dashed: {second}", { first: first!, second: second! });
}

/** `S/policy` without its size. */
function shortStage(stage: string): string {
  return stage.slice(stage.indexOf("/") + 1);
}

/** Whether all that lies between 0 and the first point is worth the room: what begins late would be a heap at the end. */
function beginsNearZero(points: readonly Metric[]): boolean {
  const xs = points.map(({ x }) => x);
  return points[0]!.xUnit !== "rollouts" && Math.min(...xs) <= Math.max(...xs) / 2;
}

/** Whether amounts are so far apart that the small ones would be one place. */
function isWide(points: readonly Metric[]): boolean {
  const xs = points.map(({ x }) => x);
  return points[0]!.xUnit === "labels" && Math.max(...xs) > 10 * Math.min(...xs);
}

function xTicks(points: readonly Metric[]) {
  const places = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  return { ticks: places.length <= FEW_PLACES ? places : 4, tickFormat: formatAmount };
}
