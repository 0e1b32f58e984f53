import type { UseDelta } from "../protocol/budget.ts";
import type { Fault } from "../protocol/faults.ts";

/** Lines of reasoning so far, without delimiters. Never mutated. */
export type Steps = readonly string[];

/**
 * Writes reasoning steps: the LM that proposes. One instance serves one run of
 * one problem and may keep what it computed for earlier prefixes of it;
 * `dispose` frees that. Implementations live in `models/`.
 */
export interface Policy {
  readonly name: string;
  readonly revision: string;
  /**
   * Samples one next step for every ask, all of them in one batch. Yields each
   * as soon as it is complete, in an order that depends on the asks alone, and
   * exactly once. The result for an ask does not depend on the other asks.
   *
   * Rejects with `signal.reason` when `signal` aborts, and with a `ModelError`
   * when the model cannot answer.
   */
  propose(asks: readonly Ask[], signal: AbortSignal): AsyncIterable<Proposed>;
  /** Whether asks may show it earlier attempts (`Ask.attempts`). */
  readonly revises?: true;
  /** Absent if the model does not tell what may follow, token by token. */
  readonly tokens?: TokenPolicy;
  dispose(): void;
}

/** What a search over tokens needs of a policy. */
export interface TokenPolicy {
  /**
   * For every ask what may follow its prefix, all of them in one batch, in the
   * order of the asks. A reply does not depend on the other asks. Rejects as
   * `propose` does.
   */
  next(asks: readonly TokenAsk[], signal: AbortSignal): Promise<NextTokens>;
  /** What a text of these tokens says, as far as it goes. */
  read(tokens: readonly number[]): Written;
}

export interface TokenAsk {
  /** What was written after the prompt, as ids of the policy's own. It never ends with a token that ends the text. */
  readonly prefix: readonly number[];
  /** How many of the likeliest are told; fewer if there are fewer. */
  readonly top: number;
  /** Draws a token, too; `seed` is that of this ask's own random stream. */
  readonly draw: { readonly sampling: Sampling; readonly seed: number } | null;
}

export interface NextTokens {
  /** One for every ask. */
  readonly replies: readonly TokenReply[];
  /** Each ask is worth one token, however many are told. */
  readonly spent: UseDelta;
}

export interface TokenReply {
  /** Likeliest first; of equal ones the lower id. */
  readonly likeliest: readonly Token[];
  /** `null` if none was to be drawn. */
  readonly drawn: Token | null;
}

/** A token that may follow a prefix. */
export interface Token {
  readonly id: number;
  /** As it is written; the name of one that is no text. */
  readonly text: string;
  /** Whether it is no text but frames it. */
  readonly isControl: boolean;
  /** Whether it belongs to the reasoning, its end included; the others state the answer. */
  readonly isReasoning: boolean;
  /** ln p at temperature 1, before truncation. */
  readonly logprob: number;
  /** `stop`: the text ends with it, and states an answer if it can be read; `length`: nothing can follow though it has not ended; otherwise `step`. */
  readonly ended: Proposed["ended"];
}

/** What a text of tokens says. */
export interface Written {
  readonly steps: Steps;
  /** What was stated as the answer after the reasoning. */
  readonly answer: string | null;
}

export interface Ask {
  readonly prefix: Steps;
  /**
   * Answers of earlier attempts at the same problem, oldest first; the policy sees as
   * many of the latest as fit. Only for one that `revises`.
   */
  readonly attempts?: readonly string[];
  readonly sampling: Sampling;
  /** Seed of this ask's own random stream, an unsigned 32-bit integer. */
  readonly seed: number;
}

export interface Sampling {
  /** 0 takes the likeliest token always. */
  readonly temperature: number;
  /** Keep the k likeliest tokens; 0 keeps all. */
  readonly topK: number;
  /** Keep the smallest set of likeliest tokens with at least this mass, in (0, 1]. */
  readonly topP: number;
  /** Longest step, in tokens; the answer after the last one has at most as many again. */
  readonly maxStepTokens: number;
}

export interface Proposed {
  /** Index into the asks. */
  readonly ask: number;
  /** The step, without its delimiter. */
  readonly text: string;
  /** Generated tokens, delimiter and answer included. */
  readonly tokens: number;
  /** Of `tokens`, those of the reasoning and its end; the rest state the answer. Absent if the model does not tell. */
  readonly reasoningTokens?: number;
  /** Σ ln p of the generated tokens at temperature 1, before truncation; `null` if the model does not tell. */
  readonly logprob: number | null;
  /** `step`: the delimiter; `stop`: the model ended its reasoning with this step; `length`: cut off. */
  readonly ended: "step" | "stop" | "length";
  /** What the model stated as its answer after the reasoning; only with `stop`. */
  readonly answer: string | null;
  /** `replay`: written earlier, and only given back now. `policy` unless told. */
  readonly origin?: "policy" | "replay";
  /** What was spent since the last yield of this call. Sums to what the call really spent. */
  readonly spent: UseDelta;
}

/** Judges reasoning steps: a process reward model (PRM). One instance serves one run, like a `Policy`. */
export interface Verifier {
  readonly name: string;
  readonly revision: string;
  /**
   * For every ask one score a step: P(the reasoning up to this step is on the
   * way to a correct answer), in [0, 1]. All steps of an ask in one forward
   * pass. Rejects with a `ModelError` unless there is exactly one finite score
   * in [0, 1] for every step. Rejects with `signal.reason` on abort.
   */
  score(asks: readonly ScoreAsk[], signal: AbortSignal): Promise<Verdicts>;
  dispose(): void;
}

export interface ScoreAsk {
  readonly steps: Steps;
  /** Whether the reasoning ends with the last step, and what was then stated as the answer. */
  readonly ended: boolean;
  readonly answer: string | null;
}

export interface Verdicts {
  /** `scores[ask][step]`. */
  readonly scores: readonly (readonly number[])[];
  readonly spent: UseDelta;
}

/** A model that could not do what was asked; the message names the model and the cause. */
export class ModelError extends Error {
  override readonly name = "ModelError";
  /** What a model server did wrong; `null` for any other model. */
  readonly fault: Fault | null;

  constructor(message: string, { fault = null, ...options }: ModelErrorOptions = {}) {
    super(message, options);
    this.fault = fault;
  }
}

interface ModelErrorOptions extends ErrorOptions {
  readonly fault?: Fault | null;
}
