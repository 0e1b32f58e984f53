import { z } from "zod";

/**
 * What a run has spent so far, as running totals. Tokens are those that a model
 * really computed: a prefix taken from a cache costs nothing.
 */
export const Use = z.object({
  /** Tokens sampled from the policy. */
  policyTokens: z.int().nonnegative(),
  /** Of `policyTokens`, those of reasoning: the rest state answers. Absent if unknown. */
  reasoningTokens: z.int().nonnegative().optional(),
  /** Tokens of prompt and prefix that the policy read. */
  promptTokens: z.int().nonnegative(),
  /** Calls of the policy, one for every ask. */
  policyCalls: z.int().nonnegative(),
  /** Tokens that the verifier read. */
  prmTokens: z.int().nonnegative(),
  /** Calls of the verifier, one for every ask (a whole solution in one pass is one call). */
  prmCalls: z.int().nonnegative(),
  /** Floating-point operations of both models, 2 per parameter and token; absent if unknown. */
  flops: z.number().nonnegative().optional(),
  /** Wall time inside the search, ms. */
  ms: z.number().nonnegative(),
});
export type Use = z.infer<typeof Use>;

/** What one model call spent. */
export type UseDelta = Omit<Use, "ms">;

/**
 * Limits of a run, in the four units in which budgets are always shown. A limit
 * that is not given does not bind.
 */
export const Budget = z.strictObject({
  /** Complete solutions or their equivalent in steps. */
  solutions: z.int().positive().max(65_536).optional(),
  policyTokens: z.int().positive().max(1e9).optional(),
  /** PRM calls. */
  prmCalls: z.int().positive().max(1e9).optional(),
  prmTokens: z.int().positive().max(1e9).optional(),
  /** Wall time, ms. */
  ms: z.number().positive().max(86_400_000).optional(),
});
export type Budget = z.infer<typeof Budget>;

export const NO_USE: Use = {
  policyTokens: 0,
  promptTokens: 0,
  policyCalls: 0,
  prmTokens: 0,
  prmCalls: 0,
  flops: 0,
  ms: 0,
};
