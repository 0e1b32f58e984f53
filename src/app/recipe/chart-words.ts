import { msg } from "../../lib/said.ts";
import type { Metric } from "../../protocol/training.ts";
import { locale, t } from "../words/t.ts";

/** What a chart of a metric is called, and what its vertical axis counts; shares count themselves. */
interface MetricWords {
  readonly title: string;
  readonly y?: string;
}

const WORDS: Readonly<Record<string, MetricWords>> = {
  loss: { title: msg("Loss"), y: msg("nats a token") },
  accuracy: { title: msg("Right on held-out problems, greedily") },
  length: { title: msg("Length of reasoning"), y: msg("characters") },
  reliability: { title: msg("How often a step scored p is right") },
  "label-noise": { title: msg("First errors that rollouts miss") },
  "noise-by-cost": { title: msg("The same, by what they cost") },
  reward: { title: msg("Reward of samples"), y: msg("reward") },
  "samples-right": { title: msg("Samples that end right") },
  "prm-score": { title: msg("What the PRM thinks of samples") },
  kl: { title: msg("Distance from the reference"), y: msg("nats a token") },
  "sample-length": { title: msg("Length of samples"), y: msg("tokens") },
  "ranking-by-labels": { title: msg("Ranking, by the number of labels") },
};

export function wordsOf(metric: string): MetricWords {
  const words = WORDS[metric];
  if (words === undefined) return { title: metric };
  return { title: t(words.title), ...(words.y !== undefined && { y: t(words.y) }) };
}

/** What the arms of our recipe are rewarded with; the names of others are their own. */
const ARMS: Readonly<Record<string, string>> = {
  outcome: msg("right answers"),
  process: msg("right answers and steps"),
  score: msg("the PRM's last score, no KL"),
  summed: msg("the PRM's scores added up, no KL"),
  reinforce: msg("right answers, REINFORCE"),
};

export function armWords(arm: string): string {
  const words = ARMS[arm];
  return words === undefined ? arm : t(words);
}

/** What is counted along an axis, by itself and with an amount. */
const AXES = {
  tokens: { axis: msg("tokens"), amount: msg("{amount} tokens") },
  updates: { axis: msg("updates"), amount: msg("{amount} updates") },
  rollouts: { axis: msg("rollouts a prefix"), amount: msg("{amount} rollouts a prefix") },
  labels: { axis: msg("labels"), amount: msg("{amount} labels") },
  probability: { axis: msg("score of a step"), amount: msg("{amount} score") },
  level: { axis: msg("level"), amount: msg("{amount} level") },
  depth: { axis: msg("step"), amount: msg("{amount} step") },
} as const satisfies Record<Metric["xUnit"], { axis: string; amount: string }>;

export function axisOf({ xUnit }: Pick<Metric, "xUnit">): string {
  return t(AXES[xUnit].axis);
}

/** What writes amounts in a language, kept for as long as that is shown. */
let compact = { of: "", numbers: new Intl.NumberFormat() };

/** One digit behind the point, and none behind numbers of four. */
const COMPACT: Intl.NumberFormatOptions = {
  notation: "compact",
  maximumFractionDigits: 1,
  ...{ maximumSignificantDigits: 4, roundingPriority: "lessPrecision" },
};

function compactNumbers(): Intl.NumberFormat {
  const of = locale();
  if (compact.of !== of) {
    const numbers = new Intl.NumberFormat(of, COMPACT);
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
  return t(AXES[point.xUnit].amount, { amount: formatAmount(point.x) });
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
  const bare = formatValue(point);
  const value =
    low === null || high === null
      ? bare
      : t("{value} ({low} to {high})", {
          value: bare,
          low: formatValue({ ...point, value: low }),
          high: formatValue({ ...point, value: high }),
        });
  return n === null ? value : t("{value}, n = {count}", { value, count: formatAmount(n) });
}

/** What the bands and bars of a chart are, and of how many things; empty without any. */
export function intervalNote(points: readonly Metric[]): string {
  const counts = points.flatMap(({ low, n }) => (low === null || n === null ? [] : [n]));
  if (counts.length === 0) return "";
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const range =
    least === most
      ? formatAmount(least)
      : t("{least} to {most}", { least: formatAmount(least), most: formatAmount(most) });
  return t("95 % intervals, n = {range}", { range });
}
