import type { LlamaContext, LlamaSequence } from "./library.ts";

/** A sequence that is lent: it holds the first `kept` tokens of the prompt. */
export interface LentSequence {
  readonly sequence: LlamaSequence;
  readonly kept: number;
}

/**
 * The sequences of a context, each lent to one prompt at a time: of the free
 * ones that which remembers most of the prompt, so that what prompts share is
 * read once. Who comes when all are out waits in line.
 */
export class SequencePool {
  readonly #free: LlamaSequence[];
  readonly #waiting: (() => void)[] = [];

  constructor(context: LlamaContext) {
    this.#free = Array.from({ length: context.totalSequences }, () => context.getSequence());
  }

  /** Uses a sequence that holds what it can of the prompt, and never all of it: its last token has to be read again. */
  async lend<T>(prompt: readonly number[], use: (lent: LentSequence) => Promise<T>): Promise<T> {
    while (this.#free.length === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const [best] = [...this.#free.keys()].sort(
      (a, b) => common(prompt, this.#free[b]!) - common(prompt, this.#free[a]!),
    );
    const sequence = this.#free.splice(best!, 1)[0]!;
    try {
      const kept = Math.min(common(prompt, sequence), prompt.length - 1);
      if (kept < sequence.nextTokenIndex) {
        await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }]);
      }
      return await use({ sequence, kept });
    } finally {
      // The one used last comes last: the oldest memory is the first to go.
      this.#free.push(sequence);
      this.#waiting.shift()?.();
    }
  }
}

/** How many tokens the prompt and what a sequence holds have in common from their beginnings on. */
function common(prompt: readonly number[], { contextTokens }: LlamaSequence): number {
  const end = Math.min(prompt.length, contextTokens.length);
  for (let i = 0; i < end; i++) if (prompt[i] !== contextTokens[i]) return i;
  return end;
}
