import type { Interval } from "../../lib/interval.ts";
import { titleOfCell } from "../../protocol/evaluation-runs.ts";
import type { EvaluationSpec, EvaluationSummary } from "../../protocol/evaluations.ts";

const HEADINGS = [
  ...["run", "budget", "n", "right %", "95 %", "against first", "solutions"],
  ...["policy tokens", "PRM tokens", "PRM calls", "ms"],
];

/** The figures of an evaluation as a table of text, a line for every cell. */
export function summaryTable(
  spec: EvaluationSpec,
  { cells, differences }: EvaluationSummary,
): string {
  const lines = cells.map(({ arm, budget, n, accuracy, cost }) => {
    const against = differences.find((each) => each.arm === arm && each.budget === budget);
    return [
      titleOfCell(spec, arm, budget),
      Object.values(spec.budgets[budget]!).join(" "),
      String(n),
      percent(accuracy.value),
      range(accuracy),
      against ? `${signed(against.difference.value)} ${range(against.difference)}` : "",
      cost.solutions.toFixed(1),
      ...[cost.policyTokens, cost.prmTokens, cost.prmCalls, cost.ms].map((mean) => mean.toFixed(0)),
    ];
  });
  const widths = HEADINGS.map((heading, i) =>
    Math.max(heading.length, ...lines.map((line) => line[i]!.length)),
  );
  return [HEADINGS, ...lines]
    .map((line) =>
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function range({ low, high }: Interval): string {
  return `[${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function signed(share: number): string {
  return `${share > 0 ? "+" : ""}${percent(share)}`;
}
