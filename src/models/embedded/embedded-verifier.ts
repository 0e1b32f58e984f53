import { ModelError, type ScoreAsk, type Verdicts, type Verifier } from "../../search/ports.ts";
import { type Engine, EngineFullError } from "./engine.ts";
import { type PrmHead, scoreSteps } from "./prm-head.ts";
import { StepReader, type StepReading } from "./step-reader.ts";
import { type Vocabulary, VocabularyError } from "./vocabulary.ts";

export interface ReaderOptions {
  readonly name: string;
  readonly revision: string;
  /** For this verifier alone. */
  readonly engine: Engine;
  readonly vocabulary: Vocabulary;
  /** In canonical spelling. */
  readonly problem: string;
  /** Lets the host's event loop run. */
  readonly breathe: () => Promise<void>;
  /** Pages above which prefixes are forgotten, the least recently used first. */
  readonly cachePages?: number;
}

/** A process reward model on the embedded engine: a language model that reads, and a head that judges. */
export function createEmbeddedVerifier({
  head,
  ...options
}: ReaderOptions & { readonly head: PrmHead }): Verifier {
  const { engine } = options;
  return createReadingVerifier(options, (steps, ended) =>
    scoreSteps(head, { steps, ended }, engine),
  );
}

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

function createReadingVerifier(
  { name, revision, ...options }: ReaderOptions,
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
        const known =
          error instanceof VocabularyError ||
          error instanceof EngineFullError ||
          error instanceof RangeError;
        throw known ? new ModelError(`${name}: ${error.message}`, { cause: error }) : error;
      }),
    dispose: () => reader.clear(),
  };
}
