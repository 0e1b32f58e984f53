import { createRandom } from "../../lib/random.ts";
import type { UseDelta } from "../../protocol/budget.ts";
import type { Ask, Policy, Proposed } from "../../search/ports.ts";
import { attemptTurns } from "./attempt-turns.ts";
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
  /** Called at the end of `dispose`: the engine is not asked any more, and holds nothing. */
  readonly release?: () => void;
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

/** A prefix by what the cache knows it: the attempts before it, then its steps. */
type Path = readonly [attempts: string, ...steps: string[]];

/** A step while it is being sampled. */
interface Draft extends Line {
  readonly ask: number;
  readonly path: Path;
  readonly sampling: Ask["sampling"];
  readonly random: () => number;
  readonly sequence: SequenceId;
  /** Of the next token. */
  logits: Float32Array;
  /** Where they may stand after the first one. */
  readonly room: Float32Array<ArrayBuffer>;
  /** The token to read next. */
  last: number;
  tokens: number;
  logprob: number;
}

class EmbeddedPolicy implements Policy {
  readonly name: string;
  readonly revision: string;
  readonly revises = true;
  readonly #engine: Decoder;
  readonly #vocabulary: Vocabulary;
  readonly #problem: string;
  readonly #earlier: readonly EarlierTurn[];
  /** By the attempts that are in them. */
  readonly #prompts = new Map<string, readonly number[]>();
  readonly #cache: PrefixCache<Logits>;
  readonly #pacer: Pacer;
  readonly #release: () => void;
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
    release = () => {},
  }: EmbeddedPolicyOptions) {
    this.name = name;
    this.revision = revision;
    this.#engine = engine;
    this.#vocabulary = vocabulary;
    this.#problem = problem;
    this.#earlier = earlier;
    this.#cache = new PrefixCache(engine, cachePages);
    this.#release = release;
    this.#pacer = new Pacer(engine.flopsPerRow, breathe);
    let prompt: readonly number[];
    try {
      prompt = this.#promptOf(NO_ATTEMPTS);
    } catch (error) {
      throw asModelError(name, error);
    }
    this.tokens = new EmbeddedTokens({
      ...{ name, engine, vocabulary, earlier, cachePages },
      ...{ prompt, pacer: this.#pacer },
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
    this.#release();
  }

  /** Reads what is new in the prefixes, and forks a draft from them for every ask. */
  async #begin(asks: readonly Ask[], firstIndex: number, work: Work): Promise<Draft[]> {
    if (asks.length === 0) return [];
    const paths = asks.map(pathOf);
    // First, so that all prefixes share their pages.
    await this.#read(
      paths.map(([attempts]) => [attempts]),
      work,
    );
    // Again, if another call made this one's prefixes forgotten meanwhile.
    while (paths.some((path) => this.#ready(path) === undefined)) {
      await this.#read(paths, work);
    }
    const drafts = startAll(this.#engine, [...asks.entries()], ([index, ask]): Draft => {
      const path = paths[index]!;
      const { sequence, known } = this.#ready(path)!;
      return {
        ask: firstIndex + index,
        path,
        sampling: ask.sampling,
        random: createRandom(ask.seed),
        sequence: this.#engine.fork(sequence),
        logits: known,
        room: new Float32Array(known.length),
        last: -1,
        tokens: 0,
        logprob: 0,
        ...newLine(),
      };
    });
    this.#cache.trim();
    return drafts;
  }

  #ready(path: Path): CachedPrefix<Float32Array> | undefined {
    const entry = this.#cache.get(path);
    if (entry === undefined || entry.known === null) return undefined;
    return { sequence: entry.sequence, known: entry.known };
  }

  /** Makes all of the prefixes ready. */
  async #read(paths: readonly Path[], { spending, signal }: Work): Promise<void> {
    const missing = new Map<string, Path>();
    for (const path of paths) {
      if (this.#ready(path) === undefined) missing.set(JSON.stringify(path), path);
    }
    const readings = startAll(this.#engine, [...missing.values()], (path) =>
      this.#startReading(path),
    );
    const unread = new Set(readings.map(({ sequence }) => sequence));
    try {
      await readTokens(this.#engine, readings, {
        every: "reading",
        visit: ({ reading, slot }) => {
          const { path, sequence, tokens } = readings[reading]!;
          unread.delete(sequence);
          this.#cache.put(path, { sequence, known: this.#engine.logits(slot) });
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
  #startReading(path: Path) {
    const [attempts, ...steps] = path;
    const tokens = [
      ...this.#promptOf(attempts),
      ...steps.flatMap((step) => encodeStep(this.#vocabulary, step, false)),
    ];
    const { context } = this.#engine.config;
    requireContext(tokens.length, { context, earlier: this.#earlier });
    const sequence = this.#cache.take(path)?.sequence ?? this.#forkLongest(path);
    return { path, sequence, tokens: tokens.slice(this.#engine.length(sequence)) };
  }

  #forkLongest(path: Path): SequenceId {
    const longest = this.#cache.longest(path, path.length - 1);
    if (longest === undefined) return this.#engine.create();
    return this.#engine.fork(longest.entry.sequence);
  }

  /** What is read before the first step. */
  #promptOf(attempts: string): readonly number[] {
    const known = this.#prompts.get(attempts);
    if (known !== undefined) return known;
    const turns = attemptTurns(this.#vocabulary, {
      ...{ problem: this.#problem, earlier: this.#earlier },
      attempts: JSON.parse(attempts) as string[],
      context: this.#engine.config.context,
    });
    const prompt = encodePrompt(this.#vocabulary, this.#problem, turns);
    this.#prompts.set(attempts, prompt);
    return prompt;
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
    for (const [slot, draft] of drafts.entries()) {
      draft.logits = this.#engine.logits(slot, draft.room);
    }
    spending.decoded(drafts.length);
    await this.#pacer.pace(drafts.length, signal);
  }

  #finish(draft: Draft, spending: Spending): Proposed {
    const { ask, path, sequence, tokens, logprob, ended, answer } = draft;
    const text = this.#vocabulary.decode(draft.step);
    const longer: Path = [...path, text];
    // The sequence has read the step, not its delimiter: a good start for what follows.
    if (ended === "step" && this.#cache.get(longer) === undefined) {
      this.#cache.put(longer, { sequence, known: null });
    } else this.#engine.free(sequence);
    const reasoningTokens = tokens - (draft.closing?.length ?? 0);
    const spent = spending.take(tokens, reasoningTokens);
    return { ask, text, tokens, reasoningTokens, logprob, ended: ended!, answer, spent };
  }
}

const NO_ATTEMPTS = JSON.stringify([]);

function pathOf({ attempts = [], prefix }: Ask): Path {
  return [JSON.stringify(attempts), ...prefix];
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
