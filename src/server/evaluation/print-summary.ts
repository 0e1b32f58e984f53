import type { Interval } from "../../lib/interval.ts";
import { type RevisionShare, revisionFigures } from "../../protocol/evaluation-revisions.ts";
import { titleOfCell } from "../../protocol/evaluation-runs.ts";
import type {
  EvaluationRow,
  EvaluationSpec,
  EvaluationSummary,
} from "../../protocol/evaluations.ts";

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
  return alignedTable(HEADINGS, lines);
}

const REVISION_HEADINGS = [
  ...["run", "budget", "chains right at first", "spoiled % of them", "wrong at first"],
  ...["mended % of them", "% wrong just after a right one"],
];

/** What revisions spoil and mend, a line for every cell that revises; `null` if none does. */
export function revisionTable(spec: EvaluationSpec, rows: readonly EvaluationRow[]): string | null {
  const share = (of: RevisionShare | null) =>
    of === null ? "" : `${percent(of.share.value)} ${range(of.share)}`;
  const lines = revisionFigures(rows).map(({ arm, budget, spoiled, mended, turnedWrong }) => [
    titleOfCell(spec, arm, budget),
    Object.values(spec.budgets[budget]!).join(" "),
    ...[String(spoiled?.of ?? 0), share(spoiled), String(mended?.of ?? 0), share(mended)],
    share(turnedWrong),
  ]);
  return lines.length === 0 ? null : alignedTable(REVISION_HEADINGS, lines);
}

/** The first column to the left, the others to the right. */
function alignedTable(headings: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...lines.map((line) => line[i]!.length)),
  );
  return [headings, ...lines]
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
