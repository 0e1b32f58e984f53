import type { Verifier } from "../../search/ports.ts";
import { encodeForJudging, judgementTokens } from "./judgements.ts";
import { createReadingVerifier, type ReaderOptions } from "./reading-verifier.ts";

/**
 * A process reward model that judges in words: a language model that was tuned
 * to write `+` or `-` after every step. P(step is right | those before it are) =
 * P(+) / (P(+) + P(-)) at the step's end; a score is the running product:
 * P(it and all before it are right), as that of a head.
 */
export function createGenerativeVerifier(options: ReaderOptions): Verifier {
  const { engine, vocabulary } = options;
  const { right, wrong } = judgementTokens(vocabulary);
  return createReadingVerifier({ ...options, encode: encodeForJudging }, (steps) => {
    let score = 1;
    return steps.map(({ next }) => {
      score *= engine.sigmoid(next[right]! - next[wrong]!);
      return score;
    });
  });
}
