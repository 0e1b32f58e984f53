import type { ScoreAsk, Verdicts, Verifier } from "../../search/ports.ts";
import type { Decoder } from "./engine.ts";
import { asModelError } from "./model-failure.ts";
import { StepReader, type StepReading } from "./step-reader.ts";
import type { EarlierTurn, encodeSolution, Vocabulary } from "./vocabulary.ts";

export interface ReaderOptions {
  readonly name: string;
  readonly revision: string;
  /** For this verifier alone. */
  readonly engine: Decoder;
  readonly vocabulary: Vocabulary;
  /** In canonical spelling. */
  readonly problem: string;
  /** Questions and answers before it in the same conversation, oldest first. */
  readonly earlier?: readonly EarlierTurn[];
  /** Lets the host's event loop run. */
  readonly breathe: () => Promise<void>;
  /** Pages above which prefixes are forgotten, the least recently used first. */
  readonly cachePages?: number;
  /** Called at the end of `dispose`: the engine is not asked any more, and holds nothing. */
  readonly release?: () => void;
}

/** How a solution is read, as `StepReader` has it. */
interface Encoding {
  readonly encode?: typeof encodeSolution;
}

/** A verifier that lets a model read the solutions, and `judge` give a score for every step from what it saw. */
export function createReadingVerifier(
  { name, revision, release = () => {}, ...options }: ReaderOptions & Encoding,
  judge: (steps: readonly StepReading[], ended: boolean) => number[],
): Verifier {
  const reader = new StepReader(options);
  const { flopsPerRow } = options.engine;

  const score = async (asks: readonly ScoreAsk[], signal: AbortSignal): Promise<Verdicts> => {
    signal.throwIfAborted();
    const { readings, tokens } = await reader.read(asks, signal);
    const scores = readings.map((steps, index) => judge(steps, asks[index]!.ended));
    for (const value of scores.flat()) {
      if (!(value >= 0 && value <= 1)) throw new RangeError(`A step scored ${value}`);
    }
    const spent = {
      policyTokens: 0,
      promptTokens: 0,
      policyCalls: 0,
      prmTokens: tokens,
      prmCalls: asks.length,
      flops: tokens * flopsPerRow,
    };
    return { scores, spent };
  };

  return {
    name,
    revision,
    score: (asks, signal) =>
      score(asks, signal).catch((error: unknown) => {
        throw asModelError(name, error);
      }),
    dispose() {
      reader.clear();
      release();
    },
  };
}
