import type { Metric } from "../../protocol/training.ts";
import { locale } from "../words/t.ts";

/** What a chart of a metric is called, and what its vertical axis counts; shares count themselves. */
interface MetricWords {
  readonly title: string;
  readonly y?: string;
}

const WORDS: Readonly<Record<string, MetricWords>> = {
  loss: { title: "Loss", y: "nats a token" },
  accuracy: { title: "Right on held-out problems, greedily" },
  length: { title: "Length of reasoning", y: "characters" },
  reliability: { title: "How often a step scored p is right" },
  "label-noise": { title: "First errors that rollouts miss" },
  "noise-by-cost": { title: "The same, by what they cost" },
  "samples-right": { title: "Samples that end right" },
  "prm-score": { title: "What the PRM thinks of samples" },
  kl: { title: "Distance from the reference", y: "nats a token" },
  "sample-length": { title: "Length of samples", y: "tokens" },
  "ranking-by-labels": { title: "Ranking, by the number of labels" },
};

export function wordsOf(metric: string): MetricWords {
  return WORDS[metric] ?? { title: metric };
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

export function axisOf({ xUnit }: Pick<Metric, "xUnit">): string {
  return AXES[xUnit];
}

/** What writes amounts in a language, kept for as long as that is shown. */
let compact = { of: "", numbers: new Intl.NumberFormat() };

function compactNumbers(): Intl.NumberFormat {
  const of = locale();
  if (compact.of !== of) {
    const numbers = new Intl.NumberFormat(of, { notation: "compact", maximumFractionDigits: 1 });
    compact = { of, numbers };
  }
  return compact.numbers;
}

/** `12.9M`, `0.0031`: short, and never 0 for what is not. */
export function formatAmount(amount: number): string {
  const isSmall = amount !== 0 && Math.abs(amount) < 1;
  return isSmall ? String(Number(amount.toPrecision(2))) : compactNumbers().format(amount);
}

/** `2M tokens`. */
export function formatX(point: Pick<Metric, "x" | "xUnit">): string {
  return `${formatAmount(point.x)} ${axisOf(point)}`;
}

/** `42.1 %` of a share, three significant digits of anything else. */
function formatValue({ value, unit }: Pick<Metric, "value" | "unit">): string {
  return unit === "share" ? formatShare(value) : String(Number(value.toPrecision(3)));
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** All that is known of a point: `42.1 % (38.0 % to 46.3 %), n = 500`. */
export function pointWords(point: Metric): string {
  const { low, high, n } = point;
  const interval =
    low !== null && high !== null
      ? ` (${formatValue({ ...point, value: low })} to ${formatValue({ ...point, value: high })})`
      : "";
  return `${formatValue(point)}${interval}${n === null ? "" : `, n = ${formatAmount(n)}`}`;
}

/** What the bands and bars of a chart are, and of how many things; empty without any. */
export function intervalNote(points: readonly Metric[]): string {
  const counts = points.flatMap(({ low, n }) => (low === null || n === null ? [] : [n]));
  if (counts.length === 0) return "";
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range =
    least === most ? formatAmount(least) : `${formatAmount(least)} to ${formatAmount(most)}`;
  return `95 % intervals, n = ${range}`;
}
