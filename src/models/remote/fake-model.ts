import { hash32 } from "../../lib/hash.ts";
import { createRandom, deriveSeed } from "../../lib/random.ts";

/** A text that the fake model goes on with, and how. */
export interface FakeAsk {
  /** The last thing that a user said. */
  readonly question: string;
  /** What the assistant has said so far. */
  readonly said: string;
  readonly stop: readonly string[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number;
}

export interface FakeText {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly ended: "stop" | "eos" | "length";
  /** The stop that ended it. */
  readonly stop: string | null;
}

/** Paragraphs of reasoning before the one that states the answer. */
const PARAGRAPHS = 3;
const BETWEEN = "\n\n";
const COUNT = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/**
 * A model without a model: it counts when it is asked to, and otherwise writes
 * three paragraphs that depend on what was said and on the seed, and states an
 * answer, mostly 66. Words are its tokens, with what stands before them.
 */
export function fakeWrite(ask: FakeAsk): FakeText {
  const whole = /count from one/i.test(ask.question) ? count(ask) : reason(ask);
  const ends = ask.stop.map((stop) => ({ stop, at: whole.indexOf(stop) }));
  const [first] = ends.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
  const full = first ? whole.slice(0, first.at + first.stop.length) : whole;
  const tokens = tokensOf(full);
  if (tokens.length > ask.maxTokens) {
    const kept = tokens.slice(0, ask.maxTokens);
    return { text: kept.join(""), tokens: kept, ended: "length", stop: null };
  }
  return {
    ...{ tokens, stop: first?.stop ?? null },
    text: first ? whole.slice(0, first.at) : whole,
    ended: first ? "stop" : "eos",
  };
}

export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function count({ said, temperature, seed }: FakeAsk): string {
  const from = said.trim() === "" ? 0 : said.trim().split(" ").length;
  const rest = COUNT.slice(from).join(" ");
  return temperature < 2 ? (from === 0 ? rest : ` ${rest}`) : `${rest} ${hash32(`${seed}`)}`;
}

function reason({ question, said, temperature, seed }: FakeAsk): string {
  const done = said.split(BETWEEN).filter((part) => part.trim() !== "").length;
  const stream = temperature === 0 ? [] : [seed];
  const random = createRandom(deriveSeed(hash32(question + said), ...stream));
  const paragraphs: string[] = [];
  for (let i = done; i < PARAGRAPHS; i++) {
    paragraphs.push(
      `Step ${i + 1}: look at it ${["again", "twice", "closely"][Math.floor(random() * 3)]}.`,
    );
  }
  paragraphs.push(`So the answer is \\boxed{${random() < 0.8 ? 66 : 67}}.`);
  return paragraphs.join(BETWEEN);
}
