import type { ModelCard } from "../runs.ts";
import type { StrategyName } from "../strategies.ts";
import { factsOf } from "./table.ts";

/**
 * Why a strategy cannot run with a policy, as a sentence for people; `null` if it
 * can, or if nothing is known of the policy yet.
 */
export function whyUnavailable(
  strategy: { readonly name: StrategyName },
  policy: Pick<ModelCard, "name" | "tellsTokens"> | undefined,
): string | null {
  const { unit, label } = factsOf(strategy);
  if (policy === undefined || unit !== "token" || policy.tellsTokens === true) return null;
  return `“${label}” needs a policy that tells what may follow token by token, and ${policy.name} does not.`;
}
