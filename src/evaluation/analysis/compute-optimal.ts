import { type Binning, binOf, limitsOf } from "./difficulty.ts";
import { foldsOf } from "./folds.ts";
import { type CellPlace, meanOutcome, type Outcome, type Outcomes } from "./outcomes.ts";
import { resample } from "./resample.ts";

/**
 * Compute-optimal: how hard a problem is is estimated, and the strategy that did
 * best on other problems as hard, at the same budget, is used. Source: Snell et
 * al. 2024, section 3: θ*(q, N) by difficulty bin, chosen by two-fold
 * cross-validation. Their figures leave out what the estimate costs; here it is
 * paid for, but where the strategy goes on with the pilot's own solutions.
 */
export interface ComputeOptimalOptions {
  /** Arms to choose from. */
  readonly arms: readonly number[];
  readonly pilot: CellPlace;
  /** Ease of every problem, from the pilot. */
  readonly eases: ReadonlyMap<number, number>;
  readonly binning: Binning;
  /** Whether the pilot's solutions are the first ones of a cell, so that they are not paid twice. */
  readonly sharesPilot: (cell: CellPlace) => boolean;
}

/** What is best for problems as hard as those of a bin, at a budget. */
export interface TableEntry extends CellPlace {
  readonly bin: number;
  /** Problems of the bin. */
  readonly n: number;
  readonly accuracy: number;
  /** Mean cost of a problem, the pilot left out. */
  readonly cost: number;
  /** Accuracy of every arm there, in the order of `arms`. */
  readonly accuracies: readonly number[];
  /** Share of bootstrap draws of the bin's problems in which the same arm is chosen. */
  readonly sure: number;
}

export interface ComputeOptimal {
  /** Between bins, from the hardest to the easiest; learnt on all problems. */
  readonly limits: readonly number[];
  /** Learnt on all problems, to be shown and used; by budget, then by bin. Empty bins have no entry. */
  readonly table: readonly TableEntry[];
  /** For each budget, what every problem came to with the table that was learnt on the other half. */
  readonly points: readonly { readonly budget: number; readonly outcomes: readonly Outcome[] }[];
  /** What `outcomes` are of. */
  readonly problems: readonly number[];
}

const DRAWS = 200;

export function computeOptimal(outcomes: Outcomes, options: ComputeOptimalOptions): ComputeOptimal {
  const problems = outcomes.problems.filter((problem) => options.eases.has(problem));
  const budgets = [...new Set(options.arms.flatMap((arm) => outcomes.budgetsOf(arm)))].toSorted(
    (a, b) => a - b,
  );
  const all = new Learner(outcomes, options, problems);
  const [first, second] = foldsOf(problems);
  const ofFirst = new Learner(outcomes, options, first);
  const ofSecond = new Learner(outcomes, options, second);
  const inFirst = new Set(first);
  return {
    problems,
    limits: all.limits,
    table: budgets.flatMap((budget) => all.entries(budget)),
    points: budgets.map((budget) => ({
      budget,
      outcomes: problems.map((problem) => {
        const cell = (inFirst.has(problem) ? ofSecond : ofFirst).choose(problem, budget);
        return paid(outcomes, options, { problem, cell });
      }),
    })),
  };
}

/** What a problem comes to in a cell, with the pilot where that has to be paid on top. */
function paid(
  outcomes: Outcomes,
  { pilot, sharesPilot }: ComputeOptimalOptions,
  { problem, cell }: { problem: number; cell: CellPlace },
): Outcome {
  const { right, cost } = outcomes.at(problem, cell);
  const trial = outcomes.at(problem, pilot).cost;
  // Below the pilot's own budget nobody can afford it, and the choice does not depend on it.
  if (cell.budget < pilot.budget) return { right, cost };
  return { right, cost: sharesPilot(cell) ? Math.max(cost, trial) : cost + trial };
}

/** What a set of problems teaches about which arm to use. */
class Learner {
  readonly limits: readonly number[];
  readonly #outcomes: Outcomes;
  readonly #options: ComputeOptimalOptions;
  readonly #bins: ReadonlyMap<number, number[]>;
  readonly #problems: readonly number[];
  readonly #choices = new Map<string, CellPlace>();

  constructor(outcomes: Outcomes, options: ComputeOptimalOptions, problems: readonly number[]) {
    this.#outcomes = outcomes;
    this.#options = options;
    this.#problems = problems;
    this.limits = limitsOf(
      problems.map((problem) => options.eases.get(problem)!),
      options.binning,
    );
    this.#bins = Map.groupBy(problems, (problem) => this.#binOf(problem));
  }

  #binOf(problem: number): number {
    return binOf(this.#options.eases.get(problem)!, this.limits);
  }

  /** The cell to use; without a problem as hard to learn from, that which is best for all. */
  choose(problem: number, budget: number): CellPlace {
    const isBlind = budget < this.#options.pilot.budget;
    const bin = isBlind ? "all" : this.#binOf(problem);
    const key = `${bin} ${budget}`;
    const known = this.#choices.get(key);
    if (known) return known;
    const alike = bin === "all" ? undefined : this.#bins.get(bin);
    const choice = this.#best(alike ?? this.#problems, budget);
    this.#choices.set(key, choice);
    return choice;
  }

  entries(budget: number): TableEntry[] {
    return [...this.#bins]
      .toSorted(([a], [b]) => a - b)
      .map(([bin, problems]) => {
        const cell = this.#best(problems, budget);
        const { right, cost } = this.#outcomes.mean(problems, cell);
        const draws = resample(problems.length, DRAWS, (pick) => {
          const drawn = problems.map((_, i) => problems[pick(i)]!);
          return this.#best(drawn, budget).arm === cell.arm;
        });
        return {
          ...cell,
          ...{ bin, n: problems.length, accuracy: right, cost },
          accuracies: this.#cells(budget).map((each) => this.#outcomes.mean(problems, each).right),
          sure: draws.filter(Boolean).length / DRAWS,
        };
      });
  }

  /**
   * The cheapest cell that is not clearly worse than the best one: by no more
   * than one standard error of their paired difference (Breiman et al. 1984,
   * "Classification and regression trees", section 3.4.3: the 1 SE rule).
   */
  #best(problems: readonly number[], budget: number): CellPlace {
    const outcomes = this.#outcomes;
    const cells = this.#cells(budget).map((cell) => {
      const of = problems.map((problem) => outcomes.at(problem, cell));
      return { cell, of, mean: meanOutcome(of) };
    });
    const best = cells.reduce((a, b) => (b.mean.right > a.mean.right ? b : a));
    const asGood = cells.filter(({ of, mean }) => {
      const gaps = of.map(({ right }, i) => best.of[i]!.right - right);
      return best.mean.right - mean.right <= standardError(gaps);
    });
    return asGood.reduce((a, b) => (b.mean.cost < a.mean.cost ? b : a)).cell;
  }

  #cells(budget: number): CellPlace[] {
    return this.#outcomes.cells.filter(
      (cell) => cell.budget === budget && this.#options.arms.includes(cell.arm),
    );
  }
}

/** Of the mean of at least one value. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
}
