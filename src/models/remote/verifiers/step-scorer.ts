import { z } from "zod";
import type { Scoring } from "../../../protocol/scoring.ts";
import type { Steps } from "../../../search/ports.ts";
import type { AskSignals } from "../each-in-turn.ts";
import type { GenerationUsage } from "../generation.ts";
import type { ModelServer, ServerRequest } from "../model-server.ts";
import { readUsage, Usage } from "../openai-wire.ts";
import { ServerFault } from "../server-fault.ts";
import { type Spending, spendingOf } from "../spending.ts";

/** What is to be scored: the steps of a solution, of which those before `from` are known. */
interface ScorePath {
  readonly steps: Steps;
  readonly from: number;
}

/** Scores in [0, 1] of the steps from `from` on, and what they cost. */
export interface PathScores {
  readonly scores: readonly number[];
  readonly spending: Spending;
}

/** One way to have steps scored. Rejects with a `ServerFault` unless there is one score for each. */
export type StepScorer = (path: ScorePath, signals: AskSignals) => Promise<PathScores>;

/** Whom a scorer asks, and about what. */
export interface ScorerOptions<S extends Scoring> {
  readonly server: ModelServer;
  /** As the server calls it. */
  readonly model: string;
  readonly scoring: S;
  /** The problem, with what was asked before it. */
  readonly question: string;
}

/** What one forward pass says. */
export interface PassReply {
  readonly scores: readonly number[];
  readonly usage: GenerationUsage;
}

const COSTLY = { mayHaveCost: true };

/** Sends one request for scores. `maxTokens`: most that the server may write for it. */
export async function askForScores(
  server: ModelServer,
  { maxTokens, ...request }: ServerRequest<PassReply> & { readonly maxTokens: number },
  { signal, beforeSending }: AskSignals,
): Promise<PathScores> {
  const { value, lost } = await server.ask(request, signal, beforeSending);
  return { scores: value.scores, spending: spendingOf(value.usage, { lost, maxTokens }) };
}

/** Usage of a request that need not write anything. */
export const PassUsage = Usage.extend({
  completion_tokens: Usage.shape.completion_tokens.nullish(),
}).nullish();

/** Throws a `ServerFault` for a reply that does not say what it cost. */
export function readPassUsage(usage: z.infer<typeof PassUsage>): GenerationUsage {
  return readUsage(usage && { ...usage, completion_tokens: usage.completion_tokens ?? 0 });
}

/** As many as there are steps, or a `ServerFault` that says how many there are. */
export function oneForEach<T>(given: readonly T[], steps: number): readonly T[] {
  if (given.length === steps) return given;
  throw new ServerFault("unscored", `gave ${given.length} scores for ${steps} steps`, COSTLY);
}

/** A number that may not be there: JSON has no NaN, so some servers send `null` for it. */
export const Figure = z.number().nullable();

/** Probability of the good one of two by their logits or log-probabilities. Throws a `ServerFault` for NaN. */
export function goodShare(bad: number | null, good: number | null): number {
  if (bad === null || good === null || !Number.isFinite(bad) || !Number.isFinite(good)) {
    throw new ServerFault("bad_number", `gave ${good} and ${bad} for right and wrong`, COSTLY);
  }
  return 1 / (1 + Math.exp(bad - good));
}

/** The text with what would end a step for the model taken apart by a space, so that it ends none. */
export function withoutTag(text: string, tag: string): string {
  const mark = tag.trim();
  const lead = tag.slice(0, tag.indexOf(mark));
  return text.replaceAll(lead + mark, `${lead}${mark.slice(0, 1)} ${mark.slice(1)}`);
}

/** The step with its number before it, unless it has one. */
export function numbered(step: string, index: number): string {
  return /^\W*step\s*\d/i.test(step) ? step : `Step ${index + 1}: ${step}`;
}
