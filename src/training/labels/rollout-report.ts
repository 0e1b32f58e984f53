import { type Interval, wilson } from "../../lib/interval.ts";
import type { Labelled } from "./labels.ts";

/** How Monte-Carlo labels agree with exact ones, on the prefixes that have both. */
export interface RolloutReport {
  readonly prefixes: number;
  /** Mean share of rollouts that end right, from prefixes that are exactly right. */
  readonly valueOfRight: number;
  /** The same from prefixes that are not. Above 0 where errors cancel out. */
  readonly valueOfWrong: number;
  /** Share of exactly right prefixes that the hard label (any rollout right) calls wrong. */
  readonly rightCalledWrong: Interval;
  /** Share of wrong prefixes that the hard label calls right. */
  readonly wrongCalledRight: Interval;
}

/** `null` unless prefixes of both kinds were rolled out. */
export function rolloutReport(rows: readonly Labelled[]): RolloutReport | null {
  const right: number[] = [];
  const wrong: number[] = [];
  const seen = new Set<string>();
  for (const { problem, steps, labels, values } of rows) {
    for (const [i, value] of values.entries()) {
      const key = JSON.stringify([problem, ...steps.slice(0, i + 1)]);
      if (value === null || seen.has(key)) continue;
      seen.add(key);
      (labels[i] === 1 ? right : wrong).push(value);
    }
  }
  if (right.length === 0 || wrong.length === 0) return null;
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  return {
    prefixes: right.length + wrong.length,
    valueOfRight: mean(right),
    valueOfWrong: mean(wrong),
    rightCalledWrong: wilson(right.filter((value) => value === 0).length, right.length),
    wrongCalledRight: wilson(wrong.filter((value) => value > 0).length, wrong.length),
  };
}
