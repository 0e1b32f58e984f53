import type { ScoreAsk, Steps } from "../../search/ports.ts";
import type { Decoder, TokenEvidence } from "./engine.ts";
import { PrefixCache } from "./prefix-cache.ts";
import type { SequenceId } from "./sequences.ts";
import { Pacer, readTokens, requireContext, startAll } from "./token-reader.ts";
import { type EarlierTurn, encodeSolution, type Vocabulary } from "./vocabulary.ts";

/** What a model saw when it read one step. */
export interface StepReading {
  /** Of every token of the step: its delimiter too or, of the last of an ended solution, the answer. */
  readonly tokens: readonly TokenEvidence[];
  /** `[width]`: state after the step's last token. */
  readonly hidden: Float32Array;
  /** `[vocabulary]`: logits of what may follow it. */
  readonly next: Float32Array;
}

/** A prefix that was read: its steps, and the logits of what may follow. */
interface ReadPrefix {
  readonly steps: readonly StepReading[];
  readonly logits: Float32Array;
}

/** An ask while it is being read. */
interface Job {
  readonly ask: ScoreAsk;
  readonly sequence: SequenceId;
  readonly tokens: readonly number[];
  /** Index of the first token that the problem does not give. */
  readonly firstOfSteps: number;
  /** Lengths of `tokens` at which a step is complete. */
  readonly stepEnds: readonly number[];
  readonly steps: StepReading[];
  pending: TokenEvidence[];
  /** Of the next token; `null` before the first token of all. */
  logits: Float32Array | null;
  /** Where they may stand after the first token. */
  readonly room: Float32Array<ArrayBuffer>;
}

/**
 * Reads solutions of one problem step by step, all steps of a solution in one
 * pass. The keys and values of prefixes are kept, so a token is computed once
 * as long as its prefix is remembered.
 */
export class StepReader {
  readonly #engine: Decoder;
  readonly #vocabulary: Vocabulary;
  readonly #problem: string;
  readonly #earlier: readonly EarlierTurn[];
  readonly #encode: typeof encodeSolution;
  readonly #cache: PrefixCache<ReadPrefix>;
  readonly #pacer: Pacer;

  /**
   * `engine` is for this reader alone; above `cachePages` the least recently used
   * prefixes are forgotten. `encode` says how a solution is read: what it makes
   * of a prefix has to be how it begins what it makes of a continuation.
   */
  constructor({
    engine,
    vocabulary,
    problem,
    earlier = [],
    breathe,
    cachePages = 1024,
    encode = encodeSolution,
  }: {
    readonly engine: Decoder;
    readonly vocabulary: Vocabulary;
    readonly problem: string;
    readonly earlier?: readonly EarlierTurn[];
    readonly breathe: () => Promise<void>;
    readonly cachePages?: number;
    readonly encode?: typeof encodeSolution;
  }) {
    this.#engine = engine;
    this.#vocabulary = vocabulary;
    this.#problem = problem;
    this.#earlier = earlier;
    this.#encode = encode;
    this.#cache = new PrefixCache(engine, cachePages);
    this.#pacer = new Pacer(engine.flopsPerRow, breathe);
  }

  /** `readings[ask][step]`, and the number of tokens that were computed. */
  async read(
    asks: readonly ScoreAsk[],
    signal: AbortSignal,
  ): Promise<{ readonly readings: readonly (readonly StepReading[])[]; readonly tokens: number }> {
    const found = new Map<string, readonly StepReading[]>();
    let tokens = await this.#readPrompt(signal);
    const distinct = new Map(asks.map((ask) => [keyOf(ask), ask]));
    const waiting = [...distinct.values()];
    while (waiting.length > 0) {
      const group = waiting.splice(0, this.#engine.maxRows);
      const jobs = startAll(this.#engine, group, (ask) => this.#start(ask)).filter((job) => {
        // Read before, to the last token: nothing is left to compute.
        if (job.tokens.length > 0) return true;
        this.#engine.free(job.sequence);
        found.set(keyOf(job.ask), job.steps);
        return false;
      });
      tokens += await this.#readJobs(jobs, signal);
      for (const { ask, steps } of jobs) found.set(keyOf(ask), steps);
      this.#cache.trim();
    }
    return { readings: asks.map((ask) => found.get(keyOf(ask))!), tokens };
  }

  clear(): void {
    this.#cache.clear();
  }

  /** First of all, so that all solutions share its pages. */
  async #readPrompt(signal: AbortSignal): Promise<number> {
    if (this.#cache.get([]) !== undefined) return 0;
    return this.#readJobs([this.#start({ steps: [], ended: false, answer: null })], signal);
  }

  #start(ask: ScoreAsk): Job {
    const { tokens, promptLength, stepEnds } = this.#encode(
      { problem: this.#problem, earlier: this.#earlier, ...ask },
      this.#vocabulary,
    );
    const { context } = this.#engine.config;
    requireContext(tokens.length, { context, earlier: this.#earlier });
    const unended = ask.ended ? Math.max(0, ask.steps.length - 1) : ask.steps.length;
    const longest = this.#cache.longest(ask.steps, unended);
    const sequence = longest ? this.#engine.fork(longest.entry.sequence) : this.#engine.create();
    const length = this.#engine.length(sequence);
    return {
      ask,
      sequence,
      tokens: tokens.slice(length),
      firstOfSteps: promptLength - length,
      stepEnds: stepEnds.slice(longest?.count ?? 0).map((end) => end - length),
      steps: [...(longest?.entry.known.steps ?? [])],
      pending: [],
      logits: longest?.entry.known.logits ?? null,
      room: new Float32Array(this.#engine.config.vocabulary),
    };
  }

  async #readJobs(jobs: readonly Job[], signal: AbortSignal): Promise<number> {
    try {
      await readTokens(this.#engine, jobs, {
        every: "token",
        visit: ({ reading, position, token, slot, row }) => {
          const job = jobs[reading]!;
          if (position >= job.firstOfSteps) {
            job.pending.push(this.#engine.evidence(job.logits!, token));
          }
          job.logits = this.#engine.logits(slot, job.room);
          if (!job.stepEnds.includes(position + 1)) return;
          const hidden = this.#engine.hidden(row);
          job.steps.push({ tokens: job.pending, hidden, next: job.logits.slice() });
          job.pending = [];
        },
        pacer: this.#pacer,
        signal,
      });
    } catch (error) {
      for (const { sequence } of jobs) this.#engine.free(sequence);
      throw error;
    }
    for (const job of jobs) this.#keep(job);
    return jobs.reduce((sum, { tokens }) => sum + tokens.length, 0);
  }

  /** Nothing can follow an ended solution. */
  #keep({ ask, sequence, steps, logits }: Job): void {
    if (ask.ended) this.#engine.free(sequence);
    else this.#cache.put(ask.steps, { sequence, known: { steps, logits: logits! } });
  }
}

function keyOf({ steps, ended, answer }: ScoreAsk): string {
  const parts: [Steps, boolean, string | null] = [steps, ended, answer];
  return JSON.stringify(parts);
}
