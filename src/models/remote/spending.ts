import type { UseDelta } from "../../protocol/budget.ts";
import type { GenerationUsage } from "./generation.ts";

/** What requests cost, in tokens and calls. */
export interface Spending {
  /** What was written, as far as it arrived. */
  readonly written: number;
  /** What replies that were lost may have cost at most. */
  readonly lost: number;
  /** What was read, and not taken from a cache. */
  readonly read: number;
  readonly calls: number;
}

/**
 * What a reply cost, with the attempts before it whose replies were lost. Nobody
 * knows what those cost, so they are counted as the most that they can have: the
 * whole prompt, and as many tokens as were allowed. What is paid for is never
 * more than what is counted.
 */
export function spendingOf(
  { prompt, cached, completion }: GenerationUsage,
  { lost, maxTokens }: { lost: number; maxTokens: number },
): Spending {
  return {
    written: completion,
    lost: lost * maxTokens,
    read: Math.max(0, prompt - (cached ?? 0)) + lost * prompt,
    calls: 1 + lost,
  };
}

export function sumSpending(a: Spending, b: Spending): Spending {
  return {
    written: a.written + b.written,
    lost: a.lost + b.lost,
    read: a.read + b.read,
    calls: a.calls + b.calls,
  };
}

/** As a run counts it. How many operations that took is not known. */
export function useDelta({ written, lost, read, calls }: Spending): UseDelta {
  return {
    ...{ policyTokens: written + lost, promptTokens: read, policyCalls: calls },
    ...{ prmTokens: 0, prmCalls: 0 },
  };
}
