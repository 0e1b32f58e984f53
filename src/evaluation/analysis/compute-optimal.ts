import { type Binning, binOf, limitsOf } from "./difficulty.ts";
import { foldsOf } from "./folds.ts";
import { type CellPlace, meanOutcome, type Outcome, type Outcomes } from "./outcomes.ts";
import { resample } from "./resample.ts";

/**
 * Compute-optimal: how hard a problem is is estimated, and what did best on other
 * problems as hard is used. Source: Snell et al. 2024, section 3: θ*(q, N) by
 * difficulty bin, chosen by two-fold cross-validation. Their figures leave out
 * what the estimate costs; here it is paid for, but where the strategy goes on
 * with the pilot's own solutions.
 */
export interface ComputeOptimalOptions {
  /** Arms to choose from. */
  readonly arms: readonly number[];
  /** Whose solutions tell how hard a problem is. */
  readonly pilot: CellPlace;
  /** Ease of every problem, from the pilot. */
  readonly eases: ReadonlyMap<number, number>;
  readonly binning: Binning;
  /**
   * Whether the pilot's solutions are the first ones of a cell, so that they are
   * not paid twice. Without it the estimate is for nothing, as in the paper.
   */
  readonly sharesPilot?: (cell: CellPlace) => boolean;
}

/** What is best for problems as hard as those of a bin, at a budget. */
interface TableEntry extends CellPlace {
  readonly bin: number;
  /** Problems of the bin. */
  readonly n: number;
  readonly accuracy: number;
  /** Mean cost of a problem, the pilot left out. */
  readonly cost: number;
  /** Accuracy of every arm that has this budget, in the order of the cells. */
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
  /**
   * The same where a budget is spent where it buys most: every bin has the arm and
   * the budget that are best at one price of accuracy. From the highest price to none.
   */
  readonly priced: readonly { readonly price: number; readonly outcomes: readonly Outcome[] }[];
  /** What `outcomes` are of. */
  readonly problems: readonly number[];
}

const DRAWS = 200;

/** Prices, in accuracy for what the dearest cell costs: 2, 1, … 1/512. */
const PRICES = Array.from({ length: 11 }, (_, i) => 2 ** (1 - i));

/** What a cell is chosen by. */
type Aim = { readonly budget: number } | { readonly price: number };

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
  const tried = (aim: Aim) =>
    problems.map((problem) => {
      const cell = (inFirst.has(problem) ? ofSecond : ofFirst).choose(problem, aim);
      return paid(outcomes, options, { problem, cell });
    });
  const dearest = Math.max(...outcomes.cells.map((cell) => outcomes.mean(problems, cell).cost));
  const prices = [...PRICES.map((each) => each / dearest), 0];
  return {
    problems,
    limits: all.limits,
    table: budgets.flatMap((budget) => all.entries(budget)),
    points: budgets.map((budget) => ({ budget, outcomes: tried({ budget }) })),
    priced: prices.map((price) => ({ price, outcomes: tried({ price }) })),
  };
}

/** What a problem comes to in a cell, with the pilot where that has to be paid on top. */
function paid(
  outcomes: Outcomes,
  { pilot, sharesPilot }: ComputeOptimalOptions,
  { problem, cell }: { problem: number; cell: CellPlace },
): Outcome {
  const { right, cost } = outcomes.at(problem, cell);
  // Below the pilot's own budget nobody can afford it, and the choice does not depend on it.
  if (sharesPilot === undefined || cell.budget < pilot.budget) return { right, cost };
  const trial = outcomes.at(problem, pilot).cost;
  return { right, cost: sharesPilot(cell) ? Math.max(cost, trial) : cost + trial };
}

/** What a set of problems teaches about which cell to use. */
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
  choose(problem: number, aim: Aim): CellPlace {
    const { pilot, sharesPilot } = this.#options;
    const isBlind = sharesPilot !== undefined && "budget" in aim && aim.budget < pilot.budget;
    const bin = isBlind ? "all" : this.#binOf(problem);
    const key = `${bin} ${JSON.stringify(aim)}`;
    const known = this.#choices.get(key);
    if (known) return known;
    const alike = bin === "all" ? undefined : this.#bins.get(bin);
    const choice = this.#best(alike ?? this.#problems, aim);
    this.#choices.set(key, choice);
    return choice;
  }

  entries(budget: number): TableEntry[] {
    return [...this.#bins]
      .toSorted(([a], [b]) => a - b)
      .map(([bin, problems]) => {
        const cell = this.#best(problems, { budget });
        const { right, cost } = this.#outcomes.mean(problems, cell);
        const draws = resample(problems.length, DRAWS, (pick) => {
          const drawn = problems.map((_, i) => problems[pick(i)]!);
          return this.#best(drawn, { budget }).arm === cell.arm;
        });
        return {
          ...cell,
          ...{ bin, n: problems.length, accuracy: right, cost },
          accuracies: this.#cells({ budget }).map(
            (each) => this.#outcomes.mean(problems, each).right,
          ),
          sure: draws.filter(Boolean).length / DRAWS,
        };
      });
  }

  /** The most accurate cell of a budget, or the best bargain at a price; of equals the cheaper one. */
  #best(problems: readonly number[], aim: Aim): CellPlace {
    const price = "price" in aim ? aim.price : 0;
    const offers = this.#cells(aim).map((cell) => {
      const { right, cost } = meanOutcome(
        problems.map((problem) =>
          "price" in aim
            ? paid(this.#outcomes, this.#options, { problem, cell })
            : this.#outcomes.at(problem, cell),
        ),
      );
      return { cell, cost, value: right - price * cost };
    });
    return offers.reduce((a, b) =>
      b.value > a.value || (b.value === a.value && b.cost < a.cost) ? b : a,
    ).cell;
  }

  #cells(aim: Aim): CellPlace[] {
    const { arms, pilot, sharesPilot } = this.#options;
    // What is chosen by the pilot cannot be cheaper than it.
    const least = "price" in aim && sharesPilot !== undefined ? pilot.budget : 0;
    return this.#outcomes.cells.filter(({ arm, budget }) => {
      if (!arms.includes(arm)) return false;
      return "budget" in aim ? budget === aim.budget : budget >= least;
    });
  }
}
