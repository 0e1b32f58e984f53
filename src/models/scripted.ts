import { hash32 } from "../lib/hash.ts";
import { createRandom, deriveSeed } from "../lib/random.ts";
import type { UseDelta } from "../protocol/budget.ts";
import type { SearchProblem } from "../search/context.ts";
import {
  type Ask,
  ModelError,
  type Policy,
  type Proposed,
  type ScoreAsk,
  type Verifier,
} from "../search/ports.ts";
import { checkSteps } from "./checker.ts";
import { plausibleWriter, type Writer } from "./plausible-steps.ts";
import { type ScriptedTokens, scriptedTokens } from "./scripted-tokens.ts";

/** What a scripted model did, whatever it reported. */
export interface Doings {
  readonly spent: UseDelta;
  /** Batches that it was asked for. */
  readonly batches: number;
}

interface Latency {
  /** Waits so many ms, or rejects with `signal.reason`; without it everything is there at once. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  msPerToken?: number;
}

interface Fault<Kind extends string> {
  kind: Kind;
  /** The batch, from 0, in which it occurs. */
  batch: number;
}

export interface ScriptedPolicyOptions extends Latency {
  problem: SearchProblem;
  /** Probability that a step which could be right is wrong. */
  errorRate?: number;
  /** `missing`: an ask goes without an answer; `twice`: one gets two. */
  fault?: Fault<"throws" | "missing" | "twice">;
}

/**
 * A policy without a model: it writes right and wrong steps as told by
 * `plausible-steps.ts`. What it says to an ask depends on `seed` and the ask
 * alone. Of the sampling it knows the temperature (0 gives each prefix one
 * continuation) and the longest step. A character is a token. Steps arrive the
 * shortest first. For tests, demonstrations and screenshots.
 */
export function scriptedPolicy(
  seed: number,
  { problem, errorRate = 0.25, sleep, msPerToken = 0, fault }: ScriptedPolicyOptions,
): Policy & Doings {
  const write = plausibleWriter(problem, seed);
  const done = { spent: NOTHING, batches: 0 };
  let script: ScriptedTokens | null = null;
  const tokens = () => {
    script ??= scriptedTokens(write, seed, errorRate);
    return script;
  };
  return {
    name: "scripted",
    revision: "1",
    // It knows the problem alone, and tries it again.
    revises: true,
    get spent() {
      return done.spent;
    },
    get batches() {
      return done.batches;
    },
    async *propose(asks, signal) {
      signal.throwIfAborted();
      const fails = fault?.batch === done.batches++ ? fault.kind : null;
      const proposals = asks
        .map((ask, i) => answerAsk(ask, i, { write, seed, errorRate, prompt: problem.text }))
        .sort((a, b) => a.tokens - b.tokens || a.ask - b.ask);
      let tokens = 0;
      for (const [i, proposed] of proposals.entries()) {
        await sleep?.((proposed.tokens - tokens) * msPerToken, signal);
        signal.throwIfAborted();
        tokens = proposed.tokens;
        if (fails === "throws") throw new ModelError("scripted policy failed as told");
        if (fails === "missing" && i === 0) continue;
        done.spent = sum(done.spent, proposed.spent);
        yield proposed;
        if (fails === "twice") yield proposed;
      }
    },
    tokens: {
      async next(asks, signal) {
        signal.throwIfAborted();
        const fails = fault?.batch === done.batches++ ? fault.kind : null;
        await sleep?.(msPerToken, signal);
        if (fails === "throws") throw new ModelError("scripted policy failed as told");
        const [first, ...others] = asks.map((ask) => tokens().reply(ask));
        const reasoning = asks.filter(({ prefix }) => tokens().isReasoning(prefix));
        const spent = {
          ...NOTHING,
          ...{ policyTokens: asks.length, reasoningTokens: reasoning.length },
          ...{ promptTokens: problem.text.length, policyCalls: asks.length },
        };
        done.spent = sum(done.spent, spent);
        const firsts = fails === "missing" ? [] : fails === "twice" ? [first!, first!] : [first!];
        return { replies: [...firsts, ...others], spent };
      },
      read: (ids) => tokens().read(ids),
    },
    dispose() {},
  };
}

interface Script {
  write: Writer;
  seed: number;
  errorRate: number;
  prompt: string;
}

function answerAsk(
  { prefix, sampling, seed: askSeed }: Ask,
  ask: number,
  { write, seed, errorRate, prompt }: Script,
): Proposed {
  const context = [prompt, ...prefix].join("\n");
  const path = sampling.temperature === 0 ? [hash32(context)] : [hash32(context), askSeed];
  const random = createRandom(deriveSeed(seed, ...path));
  const { text, isLast, answer, isRight } = write(prefix, random, errorRate);
  const whole = text.length + 1 + (answer === null ? 0 : answer.length + 1);
  const tokens = Math.min(whole, sampling.maxStepTokens);
  const isCut = tokens < whole;
  const reasoningTokens = Math.min(text.length + 1, tokens);
  return {
    ask,
    text: text.slice(0, tokens),
    tokens,
    reasoningTokens,
    logprob: -tokens * (isRight ? 0.05 : 0.2) * (0.5 + random()),
    ended: isCut ? "length" : isLast ? "stop" : "step",
    answer: isCut ? null : answer,
    spent: {
      ...{ ...NOTHING, policyTokens: tokens, reasoningTokens },
      ...{ promptTokens: context.length, policyCalls: 1 },
    },
  };
}

export interface ScriptedVerifierOptions extends Latency {
  problem: SearchProblem;
  /** Largest error of a score, either way; 0 ranks as the exact checker does. */
  noise?: number;
  /** `missing`: a path goes without scores; `short`: a path has one score too few; the others: one score is that. */
  fault?: Fault<"throws" | "missing" | "short" | "nan" | "out-of-range">;
}

/**
 * A verifier without a model: around 0.9 where the exact checker says 1, around
 * 0.1 where it says 0, off by a noise that depends on `seed` and the prefix
 * alone; without a family, noise around 0.5. A character is a token.
 */
export function scriptedVerifier(
  seed: number,
  { problem, noise = 0.1, sleep, msPerToken = 0, fault }: ScriptedVerifierOptions,
): Verifier & Doings {
  const done = { spent: NOTHING, batches: 0 };
  return {
    name: "scripted",
    revision: "1",
    get spent() {
      return done.spent;
    },
    get batches() {
      return done.batches;
    },
    async score(asks, signal) {
      signal.throwIfAborted();
      const fails = fault?.batch === done.batches++ ? fault.kind : null;
      const prmTokens = asks.reduce((total, { steps }) => total + steps.join("\n").length + 1, 0);
      await sleep?.(prmTokens * msPerToken, signal);
      signal.throwIfAborted();
      if (fails === "throws") throw new ModelError("scripted verifier failed as told");
      const scores = asks.map((ask) => scoreAsk(ask, { problem, seed, noise }));
      const spent = { ...NOTHING, prmTokens, prmCalls: asks.length };
      done.spent = sum(done.spent, spent);
      return { scores: fails === null ? scores : spoil(scores, fails), spent };
    },
    dispose() {},
  };
}

function scoreAsk(
  ask: ScoreAsk,
  { problem, seed, noise }: { problem: SearchProblem; seed: number; noise: number },
): number[] {
  const truths = problem.family ? checkSteps(problem, ask) : ask.steps.map(() => 0.5);
  return truths.map((truth, i) => {
    const prefix = ask.steps.slice(0, i + 1).join("\n");
    const random = createRandom(deriveSeed(seed, hash32(prefix)));
    return Math.min(1, Math.max(0, 0.1 + 0.8 * truth + noise * (2 * random() - 1)));
  });
}

function spoil(
  scores: number[][],
  kind: "missing" | "short" | "nan" | "out-of-range",
): readonly number[][] {
  const [first = [], ...others] = scores;
  switch (kind) {
    case "missing":
      return others;
    case "short":
      return [first.slice(1), ...others];
    case "nan":
      return [[...first.slice(1), Number.NaN], ...others];
    case "out-of-range":
      return [[...first.slice(1), 1.01], ...others];
  }
}

const NOTHING: UseDelta = {
  policyTokens: 0,
  reasoningTokens: 0,
  promptTokens: 0,
  policyCalls: 0,
  prmTokens: 0,
  prmCalls: 0,
  flops: 0,
};

function sum(a: UseDelta, b: UseDelta): UseDelta {
  return {
    policyTokens: a.policyTokens + b.policyTokens,
    reasoningTokens: (a.reasoningTokens ?? 0) + (b.reasoningTokens ?? 0),
    promptTokens: a.promptTokens + b.promptTokens,
    policyCalls: a.policyCalls + b.policyCalls,
    prmTokens: a.prmTokens + b.prmTokens,
    prmCalls: a.prmCalls + b.prmCalls,
    flops: 0,
  };
}
