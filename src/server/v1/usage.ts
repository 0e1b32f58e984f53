import type { Use } from "../../protocol/budget.ts";
import type { ThinkingEnd } from "./thinking-end.ts";

/** Tokens in and out. All that the policy wrote counts, on every branch; what is no answer was reasoning. */
export function tokensOf({ use, answerTokens }: ThinkingEnd) {
  return {
    input: use.promptTokens,
    output: use.policyTokens,
    reasoning: use.policyTokens - answerTokens,
    total: use.promptTokens + use.policyTokens,
  };
}

/** What OpenAI's clients have no word for: the verifier's part, and calls. They hand it on. */
export function ownUsage({ policyCalls, prmTokens, prmCalls, ms }: Use) {
  return { policy_calls: policyCalls, prm_tokens: prmTokens, prm_calls: prmCalls, ms };
}
