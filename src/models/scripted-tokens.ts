import { hash32 } from "../lib/hash.ts";
import { createRandom, deriveSeed } from "../lib/random.ts";
import type { Token, TokenAsk, TokenReply, Written } from "../search/ports.ts";
import { drawToken } from "./draw-token.ts";
import type { Writer } from "./plausible-steps.ts";

/** Ids of tokens that are no text; all others are code points. */
const END = { reasoning: 0x11_0000, answer: 0x11_0001 };
const NAMES: ReadonlyMap<number, string> = new Map([
  [END.reasoning, "</reasoning>"],
  [END.answer, "</answer>"],
]);
/** Texts that the script may write, and their most lines. */
const TEXTS = 12;
const MOST_LINES = 24;

/** A text that may be written, as its tokens, and how much of the mass it has. */
interface Script {
  readonly tokens: readonly number[];
  readonly weight: number;
}

/** A policy without a model, token by token: a character is a token, and any of a dozen texts may be written. */
export interface ScriptedTokens {
  reply(ask: TokenAsk): TokenReply;
  read(tokens: readonly number[]): Written;
  /** Whether the reasoning goes on after it. */
  isReasoning(prefix: readonly number[]): boolean;
}

/** Depends on its arguments alone. */
export function scriptedTokens(write: Writer, seed: number, errorRate: number): ScriptedTokens {
  const scripts = Array.from({ length: TEXTS }, (_, i): Script => {
    const random = createRandom(deriveSeed(seed, hash32("tokens"), i));
    return { tokens: writeText(write, random, errorRate), weight: 0.1 + random() };
  });
  return {
    reply: (ask) => replyFrom(scripts, ask),
    read,
    isReasoning: (prefix) => !prefix.includes(END.reasoning),
  };
}

function writeText(write: Writer, random: () => number, errorRate: number): number[] {
  const steps: string[] = [];
  for (;;) {
    const { text, isLast, answer } = write(steps, random, errorRate);
    steps.push(text);
    if (!isLast && steps.length < MOST_LINES) continue;
    const codes = (words: string) => Array.from(words, (character) => character.codePointAt(0)!);
    return [...codes(steps.join("\n")), END.reasoning, ...codes(answer ?? ""), END.answer];
  }
}

function replyFrom(scripts: readonly Script[], { prefix, top, draw }: TokenAsk): TokenReply {
  const masses = new Map<number, number>();
  let whole = 0;
  for (const { tokens, weight } of scripts) {
    if (!prefix.every((id, i) => tokens[i] === id)) continue;
    const next = tokens[prefix.length]!;
    masses.set(next, (masses.get(next) ?? 0) + weight);
    whole += weight;
  }
  const isReasoning = !prefix.includes(END.reasoning);
  const tokens = [...masses]
    .map(
      ([id, mass]): Token => ({
        ...{ id, isReasoning, text: NAMES.get(id) ?? String.fromCodePoint(id) },
        ...{ isControl: NAMES.has(id), logprob: Math.min(0, Math.log(mass / whole)) },
        ended: id === END.answer ? "stop" : "step",
      }),
    )
    .sort((a, b) => b.logprob - a.logprob || a.id - b.id);
  if (tokens.length === 0) throw new RangeError(`no text begins with ${prefix.join(" ")}`);
  const logprobs = tokens.map(({ logprob }) => logprob);
  return {
    likeliest: tokens.slice(0, top),
    drawn: draw && tokens[drawToken(logprobs, draw.sampling, createRandom(draw.seed)())]!,
  };
}

function read(tokens: readonly number[]): Written {
  const end = tokens.indexOf(END.reasoning);
  const textOf = (ids: readonly number[]) =>
    ids.map((id) => (NAMES.has(id) ? "" : String.fromCodePoint(id))).join("");
  if (end < 0) return { steps: textOf(tokens).split("\n"), answer: null };
  const isWhole = tokens.at(-1) === END.answer;
  const answer = isWhole ? textOf(tokens.slice(end)) : "";
  return {
    steps: textOf(tokens.slice(0, end)).split("\n"),
    answer: answer === "" ? null : answer,
  };
}
