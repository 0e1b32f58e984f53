import type { Family } from "../../problems/family.ts";
import { EvaluationSpec, type EvaluationSpec as Spec } from "../../protocol/evaluations.ts";
import type { StrategyName } from "../../protocol/strategies.ts";
import { STRATEGY_NAMES } from "../../protocol/strategy-facts/table.ts";
import { t } from "../words/t.ts";

/** An evaluation as the form has it. A number that is not typed yet is NaN. */
export interface Experiment {
  readonly name: string;
  /** Levels of every family that problems are made of. */
  readonly levels: Readonly<Record<string, readonly number[]>>;
  /** Id of an uploaded set whose problems are taken in their place. */
  readonly set: string | null;
  /** Problems of each family, or of the set. */
  readonly count: number;
  readonly problemSeed: number;
  readonly strategies: readonly StrategyName[];
  /** In solutions, as people type them: `4, 16, 64`. */
  readonly budgets: string;
  /** Runs of every problem. */
  readonly repeats: number;
  readonly policy: string;
  readonly verifier: string;
}

/** Where the form contradicts itself, by field. */
export type Faults = Readonly<Partial<Record<"levels" | "strategies" | "budgets", string>>>;

export function allLevels(families: readonly Pick<Family, "name" | "levels">[]) {
  return Object.fromEntries(families.map(({ name, levels }) => [name, [...levels]]));
}

/** The evaluation that the form describes, or what is wrong with it. */
export function specOf(experiment: Experiment): { spec: Spec } | { faults: Faults } {
  const { levels, set, strategies, count, problemSeed, repeats } = experiment;
  const families = Object.entries(levels).filter(([, of]) => of.length > 0);
  const budgets = readBudgets(experiment.budgets);
  const faults: Faults = {
    ...(set === null && families.length === 0 && { levels: t("Choose a level of some family.") }),
    ...(strategies.length === 0 && { strategies: t("Choose a strategy.") }),
    ...(typeof budgets === "string" && { budgets }),
  };
  if (Object.keys(faults).length > 0) return { faults };
  const parsed = EvaluationSpec.safeParse({
    name: experiment.name,
    problems:
      set === null
        ? {
            kind: "generated",
            families: families.map(([family, of]) => ({ family, levels: of, count })),
            seed: problemSeed,
          }
        : { kind: "uploaded", set, count },
    arms: strategies.map((name) => ({ strategy: { name } })),
    budgets: (budgets as number[]).map((solutions) => ({ solutions })),
    seeds: Array.from({ length: Number.isNaN(repeats) ? 1 : repeats }, (_, i) => i),
    ...{ policy: experiment.policy, verifier: experiment.verifier },
  });
  // The browser says what is wrong with a number or a name beside its field.
  return parsed.success ? { spec: parsed.data } : { faults: {} };
}

const MOST_BUDGETS = 16;
const MOST_SOLUTIONS = 65_536;

/** Ascending, each once; or what is wrong with them. */
function readBudgets(text: string): number[] | string {
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  if (words.length === 0) return t("Type at least one number of solutions.");
  if (words.length > MOST_BUDGETS) {
    return t("{count} budgets: {most} are the most.", { count: words.length, most: MOST_BUDGETS });
  }
  const bad = words.find((word) => !/^[1-9]\d{0,4}$/.test(word) || Number(word) > MOST_SOLUTIONS);
  if (bad !== undefined) {
    return t("“{text}” is no number of solutions: whole numbers from 1 to {most}.", {
      ...{ text: bad, most: MOST_SOLUTIONS },
    });
  }
  return [...new Set(words.map(Number))].toSorted((a, b) => a - b);
}

/** The form for another one like this; `null` where the form cannot say all of it. */
export function experimentOf(spec: Spec): Experiment | null {
  const { problems, arms, budgets, name, seeds, policy, verifier } = spec;
  const source = sourceOf(problems);
  if (source === null || verifier === null) return null;
  const experiment: Experiment = {
    ...{ name, policy, verifier, ...source },
    strategies: STRATEGY_NAMES.filter((each) =>
      arms.some(({ strategy }) => strategy.name === each),
    ),
    budgets: budgets.map(({ solutions }) => solutions).join(", "),
    repeats: seeds.length,
  };
  const again = specOf(experiment);
  return "spec" in again && sameButOrder(again.spec, spec) ? experiment : null;
}

type Source = Pick<Experiment, "levels" | "set" | "count" | "problemSeed">;

/** Where its problems come from, as the form has it; `null` if the form cannot say it. */
function sourceOf(problems: Spec["problems"]): Source | null {
  switch (problems.kind) {
    case "generated": {
      const { families, seed: problemSeed } = problems;
      const levels = Object.fromEntries(
        families.map(({ family, levels = [] }) => [family, levels]),
      );
      return { levels, set: null, count: families[0]!.count, problemSeed };
    }
    case "uploaded": {
      const { set, count } = problems;
      return count === undefined ? null : { levels: {}, set, count, problemSeed: 1 };
    }
    default:
      return null;
  }
}

function sameButOrder(a: Spec, b: Spec): boolean {
  const plain = ({ arms, ...rest }: Spec) =>
    JSON.stringify([rest, arms.map((arm) => JSON.stringify(arm)).toSorted()]);
  return plain(a) === plain(b);
}
