import type { ModelCard } from "../runs.ts";
import type { StrategyName } from "../strategies.ts";
import { goesOnFromSteps } from "./going-on.ts";
import { factsOf } from "./table.ts";

/**
 * Why a strategy cannot run with a policy, as a sentence for people; `null` if it
 * can, or if nothing is known of the policy yet.
 */
export function whyUnavailable(
  strategy: { readonly name: StrategyName },
  policy: Pick<ModelCard, "name" | "tellsTokens" | "remote"> | undefined,
): string | null {
  const { unit, label, revises } = factsOf(strategy);
  if (policy === undefined) return null;
  const whole = policy.remote?.whole ?? null;
  if (whole !== null && goesOnFromSteps(strategy)) {
    return `“${label}” goes on from single steps, and ${policy.name} cannot: ${whole}.`;
  }
  if (revises && policy.remote !== undefined) {
    return `“${label}” shows a policy its own earlier attempts, and ${policy.name}, on a server, is not asked so yet.`;
  }
  if (unit !== "token" || policy.tellsTokens === true) return null;
  return `“${label}” needs a policy that tells what may follow token by token, and ${policy.name} does not.`;
}
