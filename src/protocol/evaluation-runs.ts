import { hash32 } from "../lib/hash.ts";
import { deriveSeed } from "../lib/random.ts";
import { inEnglish, type Said, say } from "../lib/said.ts";
import type { Arm, EvaluationBudget, EvaluationSpec, RowPlace } from "./evaluations.ts";
import type { Problem } from "./events.ts";
import { RunSpec } from "./runs.ts";
import { Strategy, type StrategyName } from "./strategies.ts";
import { parametersOf } from "./strategy-facts/read-parameters.ts";
import { factsOf, strategyTitle, usesVerifier } from "./strategy-facts/table.ts";

/** Steps of a solution where a strategy's size depends on it. */
const USUAL_STEPS = 4;

/** What a strategy's size is called, in the order in which it is looked for. */
const SIZES = ["n", "simulations", "expansions", "attempts", "keep", "width"] as const;

/**
 * A strategy at a budget of so many solutions: as large as it can be and cost no
 * more, or its least size. One without a size is as it is.
 */
export function sizedTo(strategy: Strategy, { solutions }: EvaluationBudget): Strategy {
  const size = sizeOf(strategy);
  if (solutions === undefined || size === null) return strategy;
  const sized = (value: number) => Strategy.parse({ ...strategy, [size.key]: value });
  const fits = (value: number) => expectedSolutions(sized(value)) <= solutions;
  let [low, high] = [size.min, size.max];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return sized(low);
}

/** Solutions that it costs, of the usual number of steps, if nothing limits it. */
export function expectedSolutions(strategy: Strategy): number {
  return factsOf(strategy).expects(strategy, USUAL_STEPS).solutions;
}

/** Whether a strategy can be larger or smaller. */
export function hasSize(name: StrategyName): boolean {
  return sizeOf({ name }) !== null;
}

function sizeOf({ name }: { readonly name: StrategyName }) {
  const parameters = parametersOf(name);
  for (const key of SIZES) {
    const size = parameters.find((each) => each.key === key);
    if (size?.kind === "number") return size;
  }
  return null;
}

/** The limits that may bind a strategy: where `n` is within that of solutions, it never does. */
function bindingLimits(strategy: Strategy, budget: EvaluationBudget): EvaluationBudget {
  const { solutions = Number.POSITIVE_INFINITY, ...others } = budget;
  const isWithin = expectedSolutions(strategy) <= solutions;
  return isWithin && sizeOf(strategy)?.key === "n" ? others : budget;
}

/** The run behind a row: whoever starts it gets the log that the row was made of. */
export function runOf(
  spec: EvaluationSpec,
  { text, reference }: Pick<Problem, "text" | "reference">,
  place: Omit<RowPlace, "problem">,
): RunSpec {
  const arm = spec.arms[place.arm]!;
  const budget = spec.budgets[place.budget]!;
  const strategy = sizedTo(arm.strategy, budget);
  const { policy, verifier } = modelsOf(spec, arm);
  return RunSpec.parse({
    ...{ problem: text, strategy, policy, verifier, sampling: spec.sampling },
    ...(reference !== undefined && { reference }),
    seed: deriveSeed(spec.seeds[place.repeat]!, hash32(text)),
    budget: bindingLimits(strategy, budget),
  });
}

/** Names of an arm's models; without a verifier if its strategy asks none. */
export function modelsOf(
  spec: Pick<EvaluationSpec, "policy" | "verifier">,
  arm: Arm,
): { policy: string; verifier: string | null } {
  const verifier = arm.verifier === undefined ? spec.verifier : arm.verifier;
  return {
    policy: arm.policy ?? spec.policy,
    verifier: usesVerifier(arm.strategy) ? verifier : null,
  };
}

/** What an arm is called at a budget, by who speaks to the reader: `Beam 16 × 4`. */
export function titleOfCell(
  { arms, budgets }: EvaluationSpec,
  arm: number,
  budget: number,
  speak: (title: Said) => string = inEnglish,
): string {
  const { label, strategy } = arms[arm]!;
  return label ?? speak(strategyTitle(sizedTo(strategy, budgets[budget]!)));
}

/** What an arm is called at any budget, by who speaks to the reader: `Beam`. */
export function titleOfArm(
  { label, strategy }: Arm,
  speak: (title: Said) => string = inEnglish,
): string {
  return label ?? speak(say(factsOf(strategy).label));
}

/** Rows that an evaluation of so many problems has. */
export function rowCount({ arms, budgets, seeds }: EvaluationSpec, problems: number): number {
  return problems * arms.length * budgets.length * seeds.length;
}
