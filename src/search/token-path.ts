import { portableExp } from "../lib/portable-exp.ts";
import { deriveSeed } from "../lib/random.ts";
import type { Fact, NodeId, OtherToken } from "../protocol/events.ts";
import { readAnswer } from "./answer.ts";
import { LIKELIHOOD, likelihood } from "./likelihood.ts";
import {
  ModelError,
  type Token,
  type TokenAsk,
  type TokenPolicy,
  type TokenReply,
} from "./ports.ts";
import type { Candidate, SearchState } from "./state.ts";

/** A node of a search over tokens: what was written up to a token. */
export interface TokenPath extends Candidate {
  readonly parent: TokenPath | null;
  /** From the first token to this one. */
  readonly ids: readonly number[];
  /** Σ ln p of its tokens at temperature 1. */
  readonly logprob: number;
  /** In [0, 1]; see `likelihood`. */
  readonly score: number;
}

/** Nothing written yet. */
export function emptyPath({ root }: SearchState): TokenPath {
  return { ...root, parent: null, ids: [], logprob: 0, score: 1 };
}

/** Where a token goes. */
export interface TokenPlace {
  readonly id: NodeId;
  readonly parent: TokenPath;
  readonly stream: number;
}

/** The next place below a path; `index`: how many siblings it has already. Its stream is that of `sampleSteps`. */
export function placeToken(state: SearchState, parent: TokenPath, index: number): TokenPlace {
  return { id: state.nextId++, parent, stream: deriveSeed(parent.stream, index) };
}

/** What may follow each of these. Throws a `ModelError` unless there is one whole reply for every ask. */
export async function askNext(
  { context, spend }: SearchState,
  asks: readonly TokenAsk[],
): Promise<readonly TokenReply[]> {
  const { policy, signal } = context;
  signal.throwIfAborted();
  const { replies, spent } = await tokensOf(context).next(asks, signal);
  if (replies.length !== asks.length) {
    throw new ModelError(`${policy.name} answered ${replies.length} of ${asks.length} asks`);
  }
  for (const [i, reply] of replies.entries()) requireWhole(reply, asks[i]!, policy.name);
  spend.add(spent);
  return replies;
}

function requireWhole({ likeliest, drawn }: TokenReply, { top, draw }: TokenAsk, name: string) {
  if (likeliest.length > top || (likeliest.length === 0 && top > 0)) {
    throw new ModelError(`${name} told ${likeliest.length} tokens where ${top} were asked for`);
  }
  if ((drawn === null) !== (draw === null)) throw new ModelError(`${name} drew no token`);
  const wrong = [...likeliest, ...(drawn ? [drawn] : [])].find(({ logprob }) => !(logprob <= 0));
  if (wrong) {
    throw new ModelError(`${name} gave a token the log-probability ${wrong.logprob}`);
  }
}

export interface Growth {
  /** α of the length penalty. */
  readonly alpha: number;
  /** Tokens that are told beside it. */
  readonly others?: readonly Token[];
}

/** Puts a token in its place, and states it: with its score, and with its answer if the text ends with it. */
export function* growPath(
  state: SearchState,
  { id, parent, stream }: TokenPlace,
  token: Token,
  { alpha, others = [] }: Growth,
): Generator<Fact, TokenPath, void> {
  const { context, originals, spend } = state;
  const ids = [...parent.ids, token.id];
  const key = JSON.stringify([parent.original, token.id]);
  const original = originals.get(key) ?? id;
  originals.set(key, original);
  const written = token.ended === "stop" ? tokensOf(context).read(ids) : null;
  const answer = written && readAnswer(context.problem, written.steps, written.answer);
  const logprob = parent.logprob + token.logprob;
  const score = likelihood(logprob, ids.length, alpha);
  const { use } = spend;
  yield {
    ...{ type: "proposed", node: id, step: token.text, tokens: 1 },
    reasoningTokens: token.isReasoning ? 1 : 0,
    ...{ logprob: token.logprob, ended: token.ended, origin: "policy" },
    ...(original !== id && { duplicateOf: original }),
    ...(token.isControl && { control: true }),
    ...(others.length > 0 && { others: others.map(toldToken) }),
    use,
  };
  if (answer) yield { type: "answered", node: id, ...answer };
  const steps = [portableExp(token.logprob)];
  yield { type: "scored", node: id, score, scorer: LIKELIHOOD, steps, use };
  return {
    ...{ id, parent, stream, original, ids, logprob, score, answer },
    ...{ steps: [], ended: token.ended, stated: written?.answer ?? null, likelihood: null },
  };
}

function toldToken({ text, logprob }: Token): OtherToken {
  return { text, logprob };
}

function tokensOf({ policy }: SearchState["context"]): TokenPolicy {
  return policy.tokens!;
}
