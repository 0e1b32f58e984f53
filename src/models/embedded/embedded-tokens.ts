import { createRandom } from "../../lib/random.ts";
import type { NextTokens, Token, TokenAsk, TokenPolicy, TokenReply } from "../../search/ports.ts";
import type { Decoder } from "./engine.ts";
import { meaningsAfter, readText } from "./line.ts";
import { asModelError } from "./model-failure.ts";
import { PrefixCache } from "./prefix-cache.ts";
import { type Pacer, readTokens, requireContext, startAll } from "./token-reader.ts";
import type { EarlierTurn, Vocabulary } from "./vocabulary.ts";

export interface EmbeddedTokensOptions {
  /** Of the policy. */
  readonly name: string;
  readonly engine: Decoder;
  readonly vocabulary: Vocabulary;
  /** What the model reads before its first token. */
  readonly prompt: readonly number[];
  readonly earlier: readonly EarlierTurn[];
  readonly pacer: Pacer;
  /** Pages above which prefixes are forgotten, the least recently used first. */
  readonly cachePages: number;
}

type Tokens = readonly number[];

/**
 * What may follow, token by token, on the embedded engine. A prefix that was asked
 * about is kept as a sequence with its logits; a longer one forks it, shares its
 * pages and reads the new tokens only. A text has the form of `encodeSolution`; a
 * line may be of any length. What fills the context ends with `length`.
 */
export class EmbeddedTokens implements TokenPolicy {
  readonly #options: EmbeddedTokensOptions;
  readonly #cache: PrefixCache<Float32Array, number>;

  constructor(options: EmbeddedTokensOptions) {
    this.#options = options;
    this.#cache = new PrefixCache(options.engine, options.cachePages);
  }

  async next(asks: readonly TokenAsk[], signal: AbortSignal): Promise<NextTokens> {
    const { name, engine } = this.#options;
    const replies: TokenReply[] = [];
    const read = { rows: 0, prompt: 0 };
    try {
      signal.throwIfAborted();
      // First, so that all prefixes share its pages.
      await this.#read([[]], { read, signal });
      for (let start = 0; start < asks.length; start += engine.maxRows) {
        const batch = asks.slice(start, start + engine.maxRows);
        await this.#read(
          batch.map(({ prefix }) => prefix),
          { read, signal },
        );
        for (const ask of batch) replies.push(this.#reply(ask));
        this.#cache.trim();
      }
    } catch (error) {
      throw asModelError(name, error);
    }
    const { vocabulary } = this.#options;
    const reasoning = asks.filter(({ prefix }) => meaningsAfter(vocabulary, prefix).isReasoning);
    const spent = {
      ...{ policyTokens: asks.length, reasoningTokens: reasoning.length },
      ...{ promptTokens: read.prompt, policyCalls: asks.length, prmTokens: 0, prmCalls: 0 },
      flops: read.rows * engine.flopsPerRow,
    };
    return { replies, spent };
  }

  read(tokens: Tokens) {
    return readText(this.#options.vocabulary, tokens);
  }

  dispose(): void {
    this.#cache.clear();
  }

  /** Makes all of the prefixes known. Of what is read for one, the last token was written before and is no part of a prompt. */
  async #read(
    prefixes: readonly Tokens[],
    { read, signal }: { read: { rows: number; prompt: number }; signal: AbortSignal },
  ): Promise<void> {
    const { engine, pacer } = this.#options;
    const missing = new Map<string, Tokens>();
    for (const prefix of prefixes) {
      if (this.#cache.get(prefix) === undefined) missing.set(JSON.stringify(prefix), prefix);
    }
    const readings = startAll(engine, [...missing.values()], (prefix) => this.#start(prefix));
    const unread = new Set(readings.map(({ sequence }) => sequence));
    try {
      await readTokens(engine, readings, {
        every: "reading",
        visit: ({ reading, slot }) => {
          const { prefix, sequence, tokens } = readings[reading]!;
          unread.delete(sequence);
          this.#cache.put(prefix, { sequence, known: engine.logits(slot) });
          read.rows += tokens.length;
          read.prompt += tokens.length - Math.min(1, prefix.length);
        },
        ...{ pacer, signal },
      });
    } finally {
      for (const sequence of unread) engine.free(sequence);
    }
  }

  /** A sequence that has read as much of the prefix as any, and the tokens it lacks. */
  #start(prefix: Tokens) {
    const { engine, prompt, earlier } = this.#options;
    const tokens = [...prompt, ...prefix];
    requireContext(tokens.length, { context: engine.config.context, earlier });
    const known = this.#cache.longest(prefix, prefix.length - 1);
    const sequence = known ? engine.fork(known.entry.sequence) : engine.create();
    return { prefix, sequence, tokens: tokens.slice(engine.length(sequence)) };
  }

  #reply({ prefix, top, draw }: TokenAsk): TokenReply {
    const { engine, vocabulary, prompt } = this.#options;
    const logits = this.#cache.get(prefix)!.known;
    const { isReasoning, endOf } = meaningsAfter(vocabulary, prefix);
    const isFull = prompt.length + prefix.length >= engine.config.context - 1;
    const toToken = ({ token, logprob }: { token: number; logprob: number }): Token => {
      const ended = endOf(token);
      return {
        ...{ id: token, text: vocabulary.decode([token]), isReasoning },
        isControl: vocabulary.isControl(token),
        // A sum in single precision can come out a little above 0.
        logprob: Math.min(0, logprob),
        ended: isFull && ended === "step" ? "length" : ended,
      };
    };
    const drawn = draw && engine.sample(logits, draw.sampling, createRandom(draw.seed)());
    return {
      likeliest: engine.likeliest(logits, top).map(toToken),
      drawn: drawn && toToken(drawn),
    };
  }
}
