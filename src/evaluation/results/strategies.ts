import type { Interval } from "../../lib/interval.ts";
import { cellsOf, differenceOf } from "../../protocol/evaluation-figures.ts";
import { titleOfCell } from "../../protocol/evaluation-runs.ts";
import type { EvaluationCell, EvaluationSpec } from "../../protocol/evaluations.ts";
import { type ComputeOptimal, computeOptimal } from "../analysis/compute-optimal.ts";
import { binName, binOf, difficulties, limitsOf } from "../analysis/difficulty.ts";
import { type CellPlace, meanOutcome, type Outcome, Outcomes } from "../analysis/outcomes.ts";
import { type ScoreAgainstTruth, scoreAgainstTruth } from "../analysis/over-optimisation.ts";
import { bootstrap } from "../analysis/resample.ts";
import { type Curve, saving } from "../analysis/saving.ts";
import { armOf, largest, partsOf, type StoredEvaluation } from "./stored.ts";

/** Bins of difficulty; Snell et al. 2024 take five. */
const BINS = 5;
/** Solutions of the pilot that difficulty is estimated from. */
const PILOT = 4;

interface Point {
  readonly accuracy: Interval;
  readonly policyTokens: number;
}

/**
 * How difficulty is told: by the pilot's scores; by the scores of the largest best
 * of N, which nobody pays for, as in the paper; or by how many of its solutions
 * are right.
 */
export const DIFFICULTIES = ["predicted", "asInThePaper", "oracle"] as const;
type Difficulty = (typeof DIFFICULTIES)[number];

/** What compute-optimal comes to on some problems. */
export interface Chosen {
  readonly n: number;
  readonly table: readonly (ComputeOptimal["table"][number] & {
    readonly title: string;
    readonly binName: string;
  })[];
  readonly points: readonly (Point & { readonly solutions: number })[];
  /** With the budget where it buys most, at falling prices. */
  readonly priced: readonly Point[];
  /** What it is compared with: best of N, weighted, at the largest budget. */
  readonly reference: { readonly title: string } & Outcome;
  /** How many times fewer policy tokens it needs for the reference's accuracy, the budget being spent where it buys most; 0 if it never gets there. */
  readonly saving: Interval;
  /** The same with one budget for all problems. */
  readonly savingAtEqualBudgets: Interval;
}

export interface StrategyResults {
  readonly n: number;
  readonly cells: readonly (EvaluationCell & { readonly family: string; readonly title: string })[];
  /** By how difficulty is told, then by family or `all`. */
  readonly chosen: Readonly<Record<Difficulty, Readonly<Record<string, Chosen>>>>;
  /** Beam minus best of N, by predicted difficulty and budget. */
  readonly beamMinusBestOfN: readonly {
    readonly bin: string;
    readonly solutions: number;
    readonly n: number;
    readonly difference: Interval;
  }[];
  readonly scoreAgainstTruth: readonly (ScoreAgainstTruth & { readonly title: string })[];
}

/** Figures of an evaluation of strategies. Throws if it has no best of N at the pilot's budget, or no beam. */
export function strategyResults(evaluation: StoredEvaluation): StrategyResults {
  const { spec, rows } = evaluation;
  const parts = partsOf(evaluation);
  const title = ({ arm, budget }: CellPlace) => titleOfCell(spec, arm, budget);
  const chosen = (kind: Difficulty) =>
    Object.fromEntries(
      parts.map(([name, of]) => [name, choose({ ...evaluation, rows: of }, kind)]),
    );
  return {
    n: new Set(rows.map(({ problem }) => problem)).size,
    cells: parts.flatMap(([family, of]) =>
      cellsOf(of).map((cell) => ({ family, title: title(cell), ...cell })),
    ),
    chosen: {
      predicted: chosen("predicted"),
      asInThePaper: chosen("asInThePaper"),
      oracle: chosen("oracle"),
    },
    beamMinusBestOfN: beamMinusBestOfN(evaluation),
    scoreAgainstTruth: scoreAgainstTruth(rows).map((cell) => ({ ...cell, title: title(cell) })),
  };
}

function choose({ spec, rows }: StoredEvaluation, kind: Difficulty): Chosen {
  const outcomes = new Outcomes(rows, "policyTokens");
  const bestOfN = armOf(spec, "bestOfN");
  const reference = largest(outcomes, bestOfN);
  const small = { arm: bestOfN, budget: budgetOf(spec, PILOT) };
  const pilot = kind === "predicted" ? small : reference;
  const { table, points, priced, problems } = computeOptimal(outcomes, {
    arms: spec.arms.map((_, arm) => arm),
    pilot,
    eases: difficulties(rows, pilot, kind === "oracle" ? "oracle" : "predicted"),
    binning: { kind: "quantiles", bins: BINS },
    ...(kind === "predicted" && {
      sharesPilot: ({ arm }) => ["majority", "bestOfN"].includes(spec.arms[arm]!.strategy.name),
    }),
  });
  const theirs = problems.map((problem) => outcomes.at(problem, reference));
  const curveOf = (of: readonly { readonly outcomes: readonly Outcome[] }[]): Curve =>
    of.map((point) => point.outcomes);
  return {
    n: problems.length,
    table: table.map((entry) => ({
      ...entry,
      title: titleOfCell(spec, entry.arm, entry.budget),
      binName: binName(entry.bin, BINS),
    })),
    points: points.map(({ budget, outcomes: of }) => ({
      solutions: spec.budgets[budget]!.solutions!,
      ...pointOf(of),
    })),
    priced: priced.map(({ outcomes: of }) => pointOf(of)),
    reference: {
      title: titleOfCell(spec, reference.arm, reference.budget),
      ...meanOutcome(theirs),
    },
    saving: saving(curveOf(priced), theirs),
    savingAtEqualBudgets: saving(curveOf(points), theirs),
  };
}

function pointOf(outcomes: readonly Outcome[]): Point {
  const { length } = outcomes;
  return {
    accuracy: bootstrap(length, (pick) => meanOf(length, (i) => outcomes[pick(i)]!.right)),
    policyTokens: meanOutcome(outcomes).cost,
  };
}

function beamMinusBestOfN({ spec, rows }: StoredEvaluation): StrategyResults["beamMinusBestOfN"] {
  const [beam, bestOfN] = [armOf(spec, "beam"), armOf(spec, "bestOfN")];
  const eases = difficulties(rows, { arm: bestOfN, budget: budgetOf(spec, PILOT) }, "predicted");
  const limits = limitsOf([...eases.values()], { kind: "quantiles", bins: BINS });
  const bins = Map.groupBy(rows, ({ problem }) => binOf(eases.get(problem)!, limits));
  const named = [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, of]) => [binName(bin, BINS), of] as const);
  return [["all", rows] as const, ...named].flatMap(([bin, of]) =>
    spec.budgets.map(({ solutions }, budget) => {
      const { difference, n } = differenceOf(of, {
        cell: { arm: beam, budget },
        against: { arm: bestOfN, budget },
      });
      return { bin, solutions: solutions!, n, difference };
    }),
  );
}

function budgetOf({ budgets }: EvaluationSpec, solutions: number): number {
  const budget = budgets.findIndex((each) => each.solutions === solutions);
  if (budget >= 0) return budget;
  throw new Error(`no budget of ${solutions} solutions`);
}

function meanOf(n: number, of: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += of(i);
  return sum / n;
}
