import { exactLabels } from "../problems/label-steps.ts";
import type { SearchProblem } from "../search/context.ts";
import { ModelError, type ScoreAsk, type Verifier } from "../search/ports.ts";

/**
 * The exact checker of a problem's family as a verifier: 1 for a step as long as
 * every line is right and the goal can still be reached, 0 from then on. What a
 * perfect PRM would say, so the most that a search can gain from one. Reads no
 * tokens; a path is one call.
 */
export function checkerVerifier(problem: SearchProblem): Verifier {
  return {
    name: "checker",
    revision: "1",
    async score(asks, signal) {
      signal.throwIfAborted();
      return {
        scores: asks.map((ask) => checkSteps(problem, ask)),
        spent: {
          policyTokens: 0,
          promptTokens: 0,
          policyCalls: 0,
          prmTokens: 0,
          prmCalls: asks.length,
          flops: 0,
        },
      };
    },
    dispose() {},
  };
}

/**
 * 1 or 0 for every step. A finished solution with a wrong answer has 0 at its
 * last step. Throws a `ModelError` for a problem that no family can check.
 */
export function checkSteps({ family, parsed }: SearchProblem, ask: ScoreAsk): number[] {
  if (family === null) throw new ModelError("checker cannot judge a problem without a family");
  const isAlive = exactLabels(family, parsed, ask.steps).map(
    (verdict) => verdict.right && verdict.reachable,
  );
  if (ask.ended && !family.grade(parsed, ask.steps, ask.answer).correct) {
    isAlive[isAlive.length - 1] = false;
  }
  return isAlive.map(Number);
}
