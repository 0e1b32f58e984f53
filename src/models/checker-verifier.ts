import type { Family } from "../problems/family.ts";
import type { ScoreAsk, Verifier } from "../search/ports.ts";

/**
 * The exact checker as a verifier: the oracle that no model can beat. A step
 * scores 1 while it and all before it are right and the goal is still in
 * reach, else 0; the last step of an ended solution also needs a right answer.
 * Spends no tokens.
 */
export function createCheckerVerifier<P>(family: Family<P>, problem: P): Verifier {
  const judge = ({ steps, ended, answer }: ScoreAsk): number[] => {
    let right = true;
    return steps.map((step, index) => {
      const verdict = family.checkStep(problem, steps.slice(0, index), step);
      right &&= verdict.right && verdict.reachable;
      const last = ended && index === steps.length - 1;
      return right && (!last || family.grade(problem, steps, answer).correct) ? 1 : 0;
    });
  };
  return {
    name: `${family.name}-checker`,
    revision: "1",
    score: async (asks, signal) => {
      signal.throwIfAborted();
      const spent = {
        policyTokens: 0,
        promptTokens: 0,
        policyCalls: 0,
        prmTokens: 0,
        prmCalls: asks.length,
        flops: 0,
      };
      return { scores: asks.map(judge), spent };
    },
    dispose: () => undefined,
  };
}
