import { hash32 } from "../../../lib/hash.ts";
import { deriveSeed } from "../../../lib/random.ts";
import type { ScoringOf } from "../../../protocol/scoring.ts";
import type { Steps } from "../../../search/ports.ts";
import type { AskSignals } from "../each-in-turn.ts";
import { chatWire } from "../openai-wire.ts";
import type { Message } from "../prompts.ts";
import { ServerFault } from "../server-fault.ts";
import { type Spending, spendingOf, sumSpending } from "../spending.ts";
import { numbered, type ScorerOptions, type StepScorer } from "./step-scorer.ts";

export interface JudgeOptions extends ScorerOptions<ScoringOf<"judge">> {
  /** Fields that the server refuses. */
  readonly refuses: readonly string[];
}

/** Several critiques are to differ; one alone is to be the likeliest. */
const SPREAD = 0.6;

/** How often a critique that cannot be read is written anew. */
const MORE_TRIES = 1;

/**
 * A chat model that criticises a solution step by step and states a verdict on
 * each, as ThinkPRM does (Khalifa et al. 2025, arXiv:2504.16828): a step's score
 * is the share of critiques that find it and all before it correct, so that it
 * says what every score says. One request a critique, all of them at once.
 */
export function judgeScorer(options: JudgeOptions): StepScorer {
  const { critiques } = options.scoring;
  return async ({ steps, from }, signals) => {
    const judged = await Promise.all(
      Array.from({ length: critiques }, (_, i) => criticise(options, { steps, index: i, signals })),
    );
    return {
      scores: steps
        .map((_, step) => judged.filter(({ right }) => step < right).length / critiques)
        .slice(from),
      spending: judged.map(({ spending }) => spending).reduce(sumSpending),
    };
  };
}

/** How many steps a critique finds right before the first that is not, and what it cost. */
interface Critique {
  readonly right: number;
  readonly spending: Spending;
}

async function criticise(
  { server, model, question, scoring, refuses }: JudgeOptions,
  { steps, index, signals }: { steps: Steps; index: number; signals: AskSignals },
): Promise<Critique> {
  const { system, critiques, maxTokens } = scoring;
  const wire = chatWire(messages(question, { steps, system }), {
    ...{ model, refuses, continuation: null },
  });
  const sampling = { temperature: critiques > 1 ? SPREAD : 0, topK: 0, topP: 1 };
  const stream = hash32(JSON.stringify(steps));
  let spending: Spending | null = null;
  for (let attempt = 0; ; attempt++) {
    const seed = deriveSeed(stream, index, attempt);
    const request = await wire.request(
      { said: "", stop: null, maxTokens, sampling, seed },
      signals.signal,
    );
    const { value, lost } = await server.ask(request, signals.signal, signals.beforeSending);
    const spent = spendingOf(value.usage, { lost, maxTokens });
    spending = spending === null ? spent : sumSpending(spending, spent);
    try {
      return { right: readVerdicts(value.text, steps.length), spending };
    } catch (error) {
      if (!(error instanceof ServerFault) || attempt >= MORE_TRIES) throw named(server.name, error);
    }
  }
}

function named(server: string, error: unknown): unknown {
  if (!(error instanceof ServerFault)) return error;
  return new ServerFault(error.fault, `${server}: ${error.message}`, { cause: error });
}

function messages(
  question: string,
  { steps, system }: { steps: Steps; system: string },
): Message[] {
  // A line a step: what is in several lines looks like several steps.
  const lines = steps.map((step, i) => numbered(step.trim().replaceAll(/\s*\n\s*/g, " "), i));
  const solution = lines.join("\n");
  return [
    ...(system === "" ? [] : [{ role: "system" as const, content: system }]),
    { role: "user", content: `[Problem]\n${question}\n\n[Solution]\n${solution}\n\n${ORDER}` },
  ];
}

const ORDER = [
  "Criticise the solution step by step. For each step begin a line with “Step” and its number,",
  "say shortly what is right or wrong about it, and end with your verdict, \\boxed{correct} or",
  "\\boxed{incorrect}. Stop after the first step that is incorrect. The solution may be unfinished:",
  "judge only the steps that are there, and box nothing else.",
].join(" ");

/** Ends what some models think before they speak. */
const THOUGHT_END = "</think>";

const VERDICT = /\\boxed\{\s*(?:\\text\{)?\s*([^{}]{0,40}?)\s*\}/g;

/**
 * How many steps a critique finds right before the first that is not. Every
 * verdict has to be in a part that begins a line with the number of its step, and
 * there has to be one for each step up to the last or the first wrong one. Throws
 * a `ServerFault` for anything else.
 */
export function readVerdicts(text: string, steps: number): number {
  const critique = text.split(THOUGHT_END).at(-1)!;
  let right = 0;
  let partFrom = 0;
  for (const { 0: boxed, 1: word = "", index } of critique.matchAll(VERDICT)) {
    const verdict = word.toLowerCase();
    if (verdict !== "correct" && verdict !== "incorrect") {
      throw unread(`step ${right + 1} is ${JSON.stringify(word)}, not correct or incorrect`);
    }
    const part = critique.slice(partFrom, index);
    if (!new RegExp(`^\\W*step\\s*${right + 1}\\b`, "im").test(part)) {
      throw unread(`the verdict ${right + 1} is not on step ${right + 1}`);
    }
    if (right === steps) throw unread(`there are more verdicts than the ${steps} steps`);
    if (verdict === "incorrect") return right;
    right++;
    partFrom = index + boxed.length;
  }
  if (right < steps) throw unread(`there are verdicts on ${right} of ${steps} steps`);
  return right;
}

function unread(why: string): ServerFault {
  return new ServerFault("unscored", `its critique cannot be read: ${why}`, { mayHaveCost: true });
}
