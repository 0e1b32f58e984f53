import { hash32 } from "../../lib/hash.ts";
import { GrowingText } from "./growing-text.ts";
import type { Llama, LlamaModel, NextAsk, NextToken } from "./library.ts";
import { type LentSequence, SequencePool } from "./sequence-pool.ts";

/** What is asked of a model in a file; llama.cpp's `/completion`. */
export interface WriteAsk {
  readonly prompt: string;
  readonly maxTokens: number;
  /** Texts that end it, and are not part of what is written. */
  readonly stop: readonly string[];
  /** 0: the likeliest token each time. */
  readonly temperature: number;
  /** 0: all. */
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  /** Unsigned 32-bit integer. */
  readonly seed: number;
  /** Of how many of the likeliest tokens it is to tell at each place how likely they are. */
  readonly likeliest: number;
}

/** How it is to be written, whatever comes before. */
type Manner = Omit<WriteAsk, "prompt">;

export interface Written {
  readonly text: string;
  readonly ended: "eos" | "word" | "limit";
  readonly tokens: readonly WrittenToken[];
  readonly promptTokens: number;
  /** Of the prompt, what was not in the cache. */
  readonly readTokens: number;
}

/** Natural logarithms of probabilities at temperature 1, whatever the one that was asked for. */
export interface WrittenToken extends TokenChance {
  readonly likeliest: readonly TokenChance[];
}

interface TokenChance {
  readonly id: number;
  readonly logprob: number;
}

/** The prompt does not fit into the context. */
export class PromptTooLong extends Error {
  override readonly name = "PromptTooLong";
}

/** Texts at once, and tokens of each, at most; fewer where the memory does not hold them. */
const SEQUENCES = 16;
const CONTEXT = 8192;

/** Tokens whose logits are looked at where those of all are not told at temperature 1. */
const LOOKED_AT = 1024;

/** A model in a GGUF file, in this process. */
export class FileWriter {
  readonly #model: LlamaModel;
  readonly #pool: SequencePool;
  /** Of each text, tokens. */
  readonly contextSize: number;
  #writing = 0;
  #lastUsed = performance.now();

  private constructor(model: LlamaModel, pool: SequencePool, contextSize: number) {
    this.#model = model;
    this.#pool = pool;
    this.contextSize = contextSize;
  }

  /** Rejects with llama.cpp's error for a file that it cannot load. */
  static async open(llama: Llama, modelPath: string, threads: number): Promise<FileWriter> {
    const model = await llama.loadModel({ modelPath });
    const contextSize = Math.min(model.trainContextSize, CONTEXT);
    for (let sequences = SEQUENCES; ; sequences /= 2) {
      try {
        const context = await model.createContext({ sequences, contextSize, threads });
        return new FileWriter(model, new SequencePool(context), contextSize);
      } catch (error) {
        if (sequences === 1) throw error;
      }
    }
  }

  /** The model's own chat template, and what it begins and ends texts with. */
  get template(): { readonly source: string | null; readonly bos: string; readonly eos: string } {
    const { tokens, fileInfo } = this.#model;
    return {
      source: fileInfo.metadata.tokenizer?.chat_template ?? null,
      ...{ bos: tokens.bosString ?? "", eos: tokens.eosString ?? "" },
    };
  }

  /** Since it wrote last, ms; 0 while it writes. */
  get idleMs(): number {
    return this.#writing > 0 ? 0 : performance.now() - this.#lastUsed;
  }

  /** Rejects with a `PromptTooLong`, or with the signal's reason on abort. */
  async write(ask: WriteAsk, signal: AbortSignal): Promise<Written> {
    const prompt = this.tokenize(ask.prompt);
    if (prompt.length >= this.contextSize) {
      throw new PromptTooLong(
        `the prompt has ${prompt.length} tokens, and the context of this model ${this.contextSize}`,
      );
    }
    this.#writing++;
    try {
      return await this.#pool.lend(prompt, (lent) => this.#goOn({ ...ask, prompt, signal }, lent));
    } finally {
      this.#writing--;
      this.#lastUsed = performance.now();
    }
  }

  /** Writes after a prompt of which the sequence holds the beginning. */
  async #goOn(
    { prompt, signal, ...ask }: Manner & { prompt: readonly number[]; signal: AbortSignal },
    { sequence, kept }: LentSequence,
  ): Promise<Written> {
    const text = new GrowingText(this.#model, prompt, ask.stop);
    const most = Math.min(ask.maxTokens, this.contextSize - prompt.length);
    const tokens: WrittenToken[] = [];
    let ended: Written["ended"] = "limit";
    let feed = prompt.slice(kept);
    while (tokens.length < most && ended === "limit") {
      signal.throwIfAborted();
      const outputs = await sequence.controlledEvaluate([
        ...feed.slice(0, -1),
        [feed.at(-1)!, { generateNext: nextAsk(ask, tokens.length) }],
      ]);
      const next = outputs.at(-1)!.next;
      const id = next.token!;
      tokens.push(chancesOf(next, id, ask));
      if (this.#model.isEogToken(id)) ended = "eos";
      else if (text.add(id)) ended = "word";
      feed = [id];
    }
    const told = { promptTokens: prompt.length, readTokens: prompt.length - kept };
    return { text: text.end(), ended, tokens, ...told };
  }

  /** With the token that begins a text, where the model has one. */
  tokenize(text: string): number[] {
    const { tokens } = this.#model;
    const read = this.#model.tokenize(text, true);
    const begins = tokens.shouldPrependBosToken && tokens.bos !== null && read[0] !== tokens.bos;
    return begins ? [tokens.bos!, ...read] : read;
  }
}

/** The sampler begins anew at every token, so each has a seed of its own. */
function nextAsk({ temperature, topK, topP, minP, seed, likeliest }: Manner, i: number): NextAsk {
  const isTold = temperature === 0 || temperature === 1;
  return {
    ...{ token: true, totalLogitWeight: true },
    logits: {
      filter: {
        tokens: [],
        ...{ includeMax: true, includeSelected: true },
        includeTop: isTold ? likeliest : Math.max(LOOKED_AT, likeliest),
      },
    },
    options: { temperature, topK, topP, minP, seed: hash32(`${seed} ${i}`) },
  };
}

function chancesOf(
  { logits, totalLogitWeight }: NextToken,
  id: number,
  { temperature, likeliest }: Manner,
): WrittenToken {
  const scale = temperature === 0 ? 1 : temperature;
  const at1 = [...logits].map(([each, logit]) => ({ id: each, logit: logit * scale }));
  const peak = at1.reduce((most, { logit }) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const weight =
    scale === 1
      ? totalLogitWeight
      : at1.reduce((sum, { logit }) => sum + Math.exp(logit - peak), 0);
  const logTotal = peak + Math.log(weight);
  const chances = at1
    .map(({ id: each, logit }) => ({ id: each, logprob: logit - logTotal }))
    .sort((a, b) => b.logprob - a.logprob || a.id - b.id);
  return {
    ...chances.find((each) => each.id === id)!,
    likeliest: chances.slice(0, likeliest),
  };
}
