import { createRandom } from "../../lib/random.ts";
import type { UseDelta } from "../../protocol/budget.ts";
import type { Ask, Policy, Proposed, Steps } from "../../search/ports.ts";
import { EmbeddedTokens } from "./embedded-tokens.ts";
import type { Decoder } from "./engine.ts";
import { cutOff, growLine, type Line, newLine } from "./line.ts";
import { asModelError } from "./model-failure.ts";
import { type CachedPrefix, PrefixCache } from "./prefix-cache.ts";
import type { SequenceId } from "./sequences.ts";
import { Pacer, readTokens, requireContext, startAll } from "./token-reader.ts";
import { type EarlierTurn, encodePrompt, encodeStep, type Vocabulary } from "./vocabulary.ts";

export interface EmbeddedPolicyOptions {
  readonly name: string;
  readonly revision: string;
  /** For this policy alone. */
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
}

/**
 * A policy on the embedded engine. All asks are decoded in lock-step, at most
 * `engine.maxRows` at a time, the next one entering when one is complete.
 *
 * A step ends with the delimiter (`step`), with `</reasoning>` (`stop`; the
 * answer between `<assistant>` and `</assistant>` is then sampled in the same
 * way, and is `null` if it is not well formed or too long), or it is cut off
 * (`length`) at `maxStepTokens`, at the end of the context, or at any other
 * control token. An answer has at most `maxStepTokens` tokens too.
 */
export function createEmbeddedPolicy(options: EmbeddedPolicyOptions): Policy {
  return new EmbeddedPolicy(options);
}

/** What is known of a cached prefix: the logits of its next token, `null` while its delimiter is unread. */
type Logits = Float32Array | null;

/** A step while it is being sampled. */
interface Draft extends Line {
  readonly ask: number;
  readonly prefix: Steps;
  readonly sampling: Ask["sampling"];
  readonly random: () => number;
  readonly sequence: SequenceId;
  /** Of the next token. */
  logits: Float32Array;
  /** The token to read next. */
  last: number;
  tokens: number;
  logprob: number;
}

class EmbeddedPolicy implements Policy {
  readonly name: string;
  readonly revision: string;
  readonly #engine: Decoder;
  readonly #vocabulary: Vocabulary;
  readonly #earlier: readonly EarlierTurn[];
  readonly #prompt: readonly number[];
  readonly #cache: PrefixCache<Logits>;
  readonly #pacer: Pacer;
  readonly tokens: EmbeddedTokens;

  constructor({
    name,
    revision,
    engine,
    vocabulary,
    problem,
    earlier = [],
    breathe,
    cachePages = 1024,
  }: EmbeddedPolicyOptions) {
    this.name = name;
    this.revision = revision;
    this.#engine = engine;
    this.#vocabulary = vocabulary;
    this.#earlier = earlier;
    this.#cache = new PrefixCache(engine, cachePages);
    this.#pacer = new Pacer(engine.flopsPerRow, breathe);
    try {
      this.#prompt = encodePrompt(vocabulary, problem, earlier);
    } catch (error) {
      throw asModelError(name, error);
    }
    this.tokens = new EmbeddedTokens({
      ...{ name, engine, vocabulary, earlier, cachePages },
      ...{ prompt: this.#prompt, pacer: this.#pacer },
    });
  }

  async *propose(asks: readonly Ask[], signal: AbortSignal): AsyncGenerator<Proposed, void, void> {
    signal.throwIfAborted();
    const spending = new Spending(this.#engine.flopsPerRow);
    const active = new Set<Draft>();
    let next = 0;
    try {
      while (next < asks.length || active.size > 0) {
        const entering = asks.slice(next, next + this.#engine.maxRows - active.size);
        const drafts = await this.#begin(entering, next, { spending, signal });
        for (const draft of drafts) active.add(draft);
        next += entering.length;

        for (const draft of active) this.#sample(draft);
        for (const draft of [...active].filter(({ ended }) => ended !== null)) {
          active.delete(draft);
          yield this.#finish(draft, spending);
        }
        if (active.size > 0) await this.#advance([...active], { spending, signal });
      }
    } catch (error) {
      throw asModelError(this.name, error);
    } finally {
      for (const { sequence } of active) this.#engine.free(sequence);
    }
  }

  dispose(): void {
    this.#cache.clear();
    this.tokens.dispose();
  }

  /** Reads what is new in the prefixes, and forks a draft from them for every ask. */
  async #begin(asks: readonly Ask[], firstIndex: number, work: Work): Promise<Draft[]> {
    if (asks.length === 0) return [];
    // First, so that all prefixes share its pages.
    await this.#read([[]], work);
    const prefixes = asks.map(({ prefix }) => prefix);
    // Again, if another call made this one's prefixes forgotten meanwhile.
    while (prefixes.some((prefix) => this.#ready(prefix) === undefined)) {
      await this.#read(prefixes, work);
    }
    const drafts = startAll(this.#engine, [...asks.entries()], ([index, ask]): Draft => {
      const { sequence, known } = this.#ready(ask.prefix)!;
      return {
        ask: firstIndex + index,
        prefix: ask.prefix,
        sampling: ask.sampling,
        random: createRandom(ask.seed),
        sequence: this.#engine.fork(sequence),
        logits: known,
        last: -1,
        tokens: 0,
        logprob: 0,
        ...newLine(),
      };
    });
    this.#cache.trim();
    return drafts;
  }

  #ready(prefix: Steps): CachedPrefix<Float32Array> | undefined {
    const entry = this.#cache.get(prefix);
    if (entry === undefined || entry.known === null) return undefined;
    return { sequence: entry.sequence, known: entry.known };
  }

  /** Makes all of the prefixes ready. */
  async #read(prefixes: readonly Steps[], { spending, signal }: Work): Promise<void> {
    const missing = new Map<string, Steps>();
    for (const prefix of prefixes) {
      if (this.#ready(prefix) === undefined) missing.set(JSON.stringify(prefix), prefix);
    }
    const readings = startAll(this.#engine, [...missing.values()], (prefix) =>
      this.#startReading(prefix),
    );
    const unread = new Set(readings.map(({ sequence }) => sequence));
    try {
      await readTokens(this.#engine, readings, {
        every: "reading",
        visit: ({ reading, slot }) => {
          const { prefix, sequence, tokens } = readings[reading]!;
          unread.delete(sequence);
          this.#cache.put(prefix, { sequence, known: this.#engine.logits(slot) });
          spending.read(tokens.length);
        },
        pacer: this.#pacer,
        signal,
      });
    } finally {
      for (const sequence of unread) this.#engine.free(sequence);
    }
  }

  /** A sequence of the caller's that has read as much of the prefix as any, and the tokens it lacks. */
  #startReading(prefix: Steps) {
    const tokens = [
      ...this.#prompt,
      ...prefix.flatMap((step) => encodeStep(this.#vocabulary, step, false)),
    ];
    const { context } = this.#engine.config;
    requireContext(tokens.length, { context, earlier: this.#earlier });
    const sequence = this.#cache.take(prefix)?.sequence ?? this.#forkLongest(prefix);
    return { prefix, sequence, tokens: tokens.slice(this.#engine.length(sequence)) };
  }

  #forkLongest(prefix: Steps): SequenceId {
    const longest = this.#cache.longest(prefix, prefix.length - 1);
    if (longest === undefined) return this.#engine.create();
    return this.#engine.fork(longest.entry.sequence);
  }

  /** Draws one token and decides what it means. */
  #sample(draft: Draft): void {
    const { token, logprob } = this.#engine.sample(draft.logits, draft.sampling, draft.random());
    draft.last = token;
    draft.tokens++;
    draft.logprob += logprob;
    growLine(draft, token, { vocabulary: this.#vocabulary, most: draft.sampling.maxStepTokens });
    if (this.#engine.length(draft.sequence) >= this.#engine.config.context - 1) cutOff(draft);
  }

  /** One row for every draft. */
  async #advance(drafts: readonly Draft[], { spending, signal }: Work): Promise<void> {
    this.#engine.extend(
      drafts.map(({ sequence }) => sequence),
      drafts.map(({ last }) => last),
      [...drafts.keys()],
    );
    for (const [slot, draft] of drafts.entries()) draft.logits = this.#engine.logits(slot);
    spending.decoded(drafts.length);
    await this.#pacer.pace(drafts.length, signal);
  }

  #finish(draft: Draft, spending: Spending): Proposed {
    const { ask, prefix, sequence, tokens, logprob, ended, answer } = draft;
    const text = this.#vocabulary.decode(draft.step);
    const steps = [...prefix, text];
    // The sequence has read the step, not its delimiter: a good start for what follows.
    if (ended === "step" && this.#cache.get(steps) === undefined) {
      this.#cache.put(steps, { sequence, known: null });
    } else this.#engine.free(sequence);
    const reasoningTokens = tokens - (draft.closing?.length ?? 0);
    const spent = spending.take(tokens, reasoningTokens);
    return { ask, text, tokens, reasoningTokens, logprob, ended: ended!, answer, spent };
  }
}

interface Work {
  readonly spending: Spending;
  readonly signal: AbortSignal;
}

/** What a call has spent since its last yield. */
class Spending {
  readonly #flopsPerRow: number;
  #prompt = 0;
  #rows = 0;

  constructor(flopsPerRow: number) {
    this.#flopsPerRow = flopsPerRow;
  }

  read(tokens: number): void {
    this.#prompt += tokens;
    this.#rows += tokens;
  }

  decoded(rows: number): void {
    this.#rows += rows;
  }

  /** All of it, with the sampled tokens of the ask that is complete. */
  take(sampled: number, reasoningTokens: number): UseDelta {
    const spent = {
      policyTokens: sampled,
      reasoningTokens,
      promptTokens: this.#prompt,
      policyCalls: 1,
      prmTokens: 0,
      prmCalls: 0,
      flops: this.#rows * this.#flopsPerRow,
    };
    this.#prompt = 0;
    this.#rows = 0;
    return spent;
  }
}
