import type { StrategyName } from "../strategies.ts";
import { factsOf } from "./table.ts";

/**
 * Whether a strategy tries several continuations of a step, or goes on from one
 * that somebody else wrote: then a policy that only writes whole solutions is of
 * no use to it.
 */
export function goesOnFromSteps(strategy: { readonly name: StrategyName }): boolean {
  return factsOf(strategy).group !== "Sample";
}
