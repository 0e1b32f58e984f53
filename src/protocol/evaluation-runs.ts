import { hash32 } from "../lib/hash.ts";
import { deriveSeed } from "../lib/random.ts";
import type { Arm, EvaluationBudget, EvaluationSpec, RowPlace } from "./evaluations.ts";
import { RunSpec } from "./runs.ts";
import { Strategy } from "./strategies.ts";
import { parametersOf } from "./strategy-facts/read-parameters.ts";
import { factsOf, strategyTitle, usesVerifier } from "./strategy-facts/table.ts";

/** What a strategy's expectations are asked for; solutions do not depend on it. */
const ANY_STEPS = 8;

/**
 * A strategy at a budget of so many solutions: one with an `n` has the greatest
 * that costs no more, one without is as it is. What may still be too much is
 * stopped by the limit itself.
 */
export function sizedTo(strategy: Strategy, { solutions }: EvaluationBudget): Strategy {
  const size = parametersOf(strategy.name).find(({ key }) => key === "n");
  if (solutions === undefined || size?.kind !== "number") return strategy;
  const withN = (n: number) => Strategy.parse({ ...strategy, n });
  const each = factsOf(strategy).expects(withN(size.min), ANY_STEPS).solutions;
  return withN(Math.min(size.max, Math.max(size.min, Math.floor(solutions / each))));
}

/** The limits that may bind a strategy: solutions do not where it asks for no more than them. */
function bindingLimits(strategy: Strategy, budget: EvaluationBudget): EvaluationBudget {
  const { solutions = Number.POSITIVE_INFINITY, ...others } = budget;
  const { solutions: expected } = factsOf(strategy).expects(strategy, ANY_STEPS);
  return expected <= solutions ? others : budget;
}

/** The run behind a row: whoever starts it gets the log that the row was made of. `text` is that of the problem. */
export function runOf(
  spec: EvaluationSpec,
  text: string,
  place: Omit<RowPlace, "problem">,
): RunSpec {
  const arm = spec.arms[place.arm]!;
  const budget = spec.budgets[place.budget]!;
  const strategy = sizedTo(arm.strategy, budget);
  const { policy, verifier } = modelsOf(spec, arm);
  return RunSpec.parse({
    ...{ problem: text, strategy, policy, verifier, sampling: spec.sampling },
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

/** What an arm is called at a budget: `Beam 16 × 4`. */
export function titleOfCell(
  { arms, budgets }: EvaluationSpec,
  arm: number,
  budget: number,
): string {
  const { label, strategy } = arms[arm]!;
  return label ?? strategyTitle(sizedTo(strategy, budgets[budget]!));
}

/** What an arm is called at any budget: `Beam`. */
export function titleOfArm({ label, strategy }: Arm): string {
  return label ?? factsOf(strategy).label;
}

/** Rows that an evaluation of so many problems has. */
export function rowCount({ arms, budgets, seeds }: EvaluationSpec, problems: number): number {
  return problems * arms.length * budgets.length * seeds.length;
}
