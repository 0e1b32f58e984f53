import type { Verifier } from "../../search/ports.ts";
import { createReadingVerifier, type ReaderOptions } from "./reading-verifier.ts";

/**
 * The baseline that a process reward model has to beat: how likely a language
 * model finds the solution, e^(mean ln p of its tokens up to the step).
 */
export function createLogprobVerifier(options: ReaderOptions): Verifier {
  const { engine } = options;
  return createReadingVerifier(options, (steps) => {
    let surprisal = 0;
    let count = 0;
    return steps.map(({ tokens }) => {
      for (const token of tokens) surprisal += token.surprisal;
      count += tokens.length;
      // ln p is rounded, so that of a certain token can come out above 0.
      return Math.min(1, engine.exp(-surprisal / count));
    });
  });
}
