import { type Said, say } from "../../lib/said.ts";
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
): Said | null {
  const { unit, label, revises } = factsOf(strategy);
  if (policy === undefined) return null;
  const names = { strategy: say(label), policy: policy.name };
  const whole = policy.remote?.whole ?? null;
  if (whole !== null && goesOnFromSteps(strategy)) {
    return say("“{strategy}” goes on from single steps, and {policy} cannot: {why}.", {
      ...names,
      why: whole,
    });
  }
  if (revises && policy.remote !== undefined) {
    return say(
      "“{strategy}” shows a policy its own earlier attempts, and {policy}, on a server, is not asked so yet.",
      names,
    );
  }
  if (unit !== "token" || policy.tellsTokens === true) return null;
  return say(
    "“{strategy}” needs a policy that tells what may follow token by token, and {policy} does not.",
    names,
  );
}
