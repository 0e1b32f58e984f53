import {
  type ComputeOptimal,
  computeOptimal,
} from "../../../evaluation/analysis/compute-optimal.ts";
import { binName, difficulties } from "../../../evaluation/analysis/difficulty.ts";
import {
  type CellPlace,
  type CostUnit,
  meanOutcome,
  type Outcome,
  Outcomes,
} from "../../../evaluation/analysis/outcomes.ts";
import { saving } from "../../../evaluation/analysis/saving.ts";
import { bootstrapRatio, type Interval } from "../../../lib/interval.ts";
import type { EvaluationRow, EvaluationSpec } from "../../../protocol/evaluations.ts";
import { t } from "../../words/t.ts";
import type { Curve } from "../accuracy/cost-chart.ts";
import { cellTitle } from "../evaluated.ts";
import { binCount, kindOf, pilotOf } from "../problems/parts.ts";

/** What is best in a bin at a budget. */
export type TableEntry = ComputeOptimal["table"][number];

/** What is best for which problem, and what comes of using it. */
export interface Optimal {
  /** From the hardest to the easiest bin. */
  readonly bins: readonly { readonly bin: number; readonly name: string; readonly n: number }[];
  readonly entries: readonly TableEntry[];
  /** What the table comes to on problems that it was not learnt on. */
  readonly curve: Curve;
  /** What tells how hard a problem is. */
  readonly pilot: string;
  /** How many times cheaper it reaches the accuracy of best of N at its largest budget; 0 if it never does. */
  readonly saving: { readonly than: string; readonly times: Interval } | null;
}

/** Problems that each half of the learning must have, to mean anything. */
const LEAST_PROBLEMS = 12;

/** Learns from rows of one part of the problems. `null` where nothing tells difficulty, or too little is known. */
export function optimalOf(
  rows: readonly EvaluationRow[],
  { spec, unit, isOracle }: { spec: EvaluationSpec; unit: CostUnit; isOracle: boolean },
): Optimal | null {
  const kind = kindOf({ isOracle });
  const pilot = pilotOf(spec, kind);
  if (pilot === null || spec.arms.length < 2) return null;
  const outcomes = new Outcomes(rows, unit);
  if (outcomes.problems.length < LEAST_PROBLEMS || !outcomes.cells.some(isAt(pilot))) return null;
  const eases = difficulties(rows, pilot, kind);
  const bins = binCount(outcomes.problems.length);
  const { table, points, problems } = computeOptimal(outcomes, {
    arms: spec.arms.map((_, arm) => arm),
    ...{ pilot, eases, binning: { kind: "quantiles", bins } },
    ...(!isOracle && { sharesPilot: (cell) => sharesSamples(spec, cell, pilot) }),
  });
  const bestOfN = spec.arms.findIndex(({ strategy }) => strategy.name === "bestOfN");
  const last = bestOfN < 0 ? undefined : outcomes.budgetsOf(bestOfN).at(-1);
  const reference = last === undefined ? null : { arm: bestOfN, budget: last };
  return {
    bins: [...Map.groupBy(table, ({ bin }) => bin)]
      .toSorted(([a], [b]) => a - b)
      .map(([bin, of]) => ({ bin, name: t(binName(bin, bins)), n: of[0]!.n })),
    entries: table,
    curve: {
      label: t("Compute-optimal"),
      points: points.map(({ outcomes: of }) => pointOf(of)),
    },
    pilot: cellTitle(spec, pilot.arm, pilot.budget),
    saving: reference && {
      than: cellTitle(spec, reference.arm, reference.budget),
      times: saving(
        points.map((each) => each.outcomes),
        problems.map((problem) => outcomes.at(problem, reference)),
      ),
    },
  };
}

function isAt(place: CellPlace): (cell: CellPlace) => boolean {
  return ({ arm, budget }) => arm === place.arm && budget === place.budget;
}

/** Whether the first samples of a cell are those of the pilot, so that nobody pays them twice. */
function sharesSamples({ arms }: EvaluationSpec, { arm }: CellPlace, pilot: CellPlace): boolean {
  const [mine, pilots] = [arms[arm]!, arms[pilot.arm]!];
  return ["majority", "bestOfN"].includes(mine.strategy.name) && mine.policy === pilots.policy;
}

function pointOf(outcomes: readonly Outcome[]): Curve["points"][number] {
  return {
    cost: meanOutcome(outcomes).cost,
    accuracy: bootstrapRatio(outcomes.map(({ right }) => ({ numerator: right, denominator: 1 }))),
  };
}
