import type { ModelFormat } from "../../protocol/connections.ts";
import type { Ask, Policy, Proposed, Steps } from "../../search/ports.ts";
import { type AskSignals, eachInTurn } from "./each-in-turn.ts";
import type { Generation } from "./generation.ts";
import { ServerFault } from "./server-fault.ts";
import { readStatedAnswer, type Splitter, splitSteps, splitterOf } from "./solution-text.ts";
import { spendingOf, useDelta } from "./spending.ts";
import type { RemotePolicyOptions } from "./step-policy.ts";

/** A solution that was written in one go, as a search takes it: step by step. */
type Solution = readonly Omit<Proposed, "ask" | "spent">[];

/** A solution that is given out up to a step. */
interface Tail {
  readonly solution: Solution;
  readonly next: number;
}

/**
 * A policy on a server that only writes whole solutions. An ask without a prefix
 * has one written; its steps are then given out to the asks that go on with it.
 * Solutions that begin alike are as good as each other, so any of them goes on.
 * So whole solutions can be sampled and scored, and no step has two
 * continuations: an ask for a second one is a `ServerFault`.
 *
 * All of a solution is spent with its first step, so a limit of tokens can be
 * passed by the solutions that are in flight. Servers count the tokens of the
 * whole: steps have their share of them, by length.
 */
export function createWholePolicy(options: RemotePolicyOptions): Policy {
  const writer = new SolutionWriter(options);
  return {
    name: options.name,
    revision: options.revision,
    propose: (asks, signal) => {
      // Who goes on with what is settled before anything can arrive in any order.
      const tails = asks.map(({ prefix }) => (prefix.length === 0 ? null : writer.take(prefix)));
      return eachInTurn(asks, signal, (ask, i, signals) =>
        writer.write(ask, { ...signals, index: i, tail: tails[i]! }),
      );
    },
    dispose: () => writer.forget(),
  };
}

class SolutionWriter {
  readonly #options: RemotePolicyOptions;
  readonly #split: Splitter;
  readonly #tails = new Map<string, Tail[]>();

  constructor(options: RemotePolicyOptions) {
    this.#options = options;
    this.#split = splitterOf(options.format.delimiter);
  }

  take(prefix: Steps): Tail | undefined {
    return this.#tails.get(keyOf(prefix))?.shift();
  }

  forget(): void {
    this.#tails.clear();
  }

  async write(
    ask: Ask,
    { index, tail, ...signals }: AskSignals & { index: number; tail: Tail | null | undefined },
  ): Promise<Proposed> {
    if (tail === undefined) {
      throw new ServerFault(
        "unsupported",
        `${this.#options.name} writes whole solutions and cannot go on from a step that is given`,
      );
    }
    if (tail !== null) return this.#give(ask, index, { tail, spent: NOTHING });
    const { format, server, wire } = this.#options;
    const maxTokens = format.maxSolutionTokens;
    const { sampling, seed } = ask;
    const request = await wire.request(
      { said: "", stop: null, maxTokens, sampling, seed },
      signals.signal,
    );
    const { value, lost } = await server.ask(request, signals.signal, signals.beforeSending);
    const spent = useDelta(spendingOf(value.usage, { lost, maxTokens }));
    const solution = readSolution(value, { format, split: this.#split });
    const answerTokens = answerTokensOf(solution);
    return this.#give(ask, index, {
      tail: { solution, next: 0 },
      spent: {
        ...spent,
        ...(answerTokens !== null && { reasoningTokens: spent.policyTokens - answerTokens }),
      },
    });
  }

  #give(
    { prefix }: Ask,
    ask: number,
    { tail: { solution, next }, spent }: { tail: Tail; spent: Proposed["spent"] },
  ): Proposed {
    const step = solution[next]!;
    if (next + 1 < solution.length) {
      const key = keyOf([...prefix, step.text]);
      const tails = this.#tails.get(key) ?? [];
      tails.push({ solution, next: next + 1 });
      this.#tails.set(key, tails);
    }
    return { ask, ...step, spent };
  }
}

const NOTHING: Proposed["spent"] = {
  ...{ policyTokens: 0, reasoningTokens: 0, promptTokens: 0, policyCalls: 0 },
  ...{ prmTokens: 0, prmCalls: 0 },
};

function keyOf(steps: Steps): string {
  return JSON.stringify(steps);
}

function answerTokensOf(solution: Solution): number | null {
  const { tokens = 0, reasoningTokens } = solution.at(-1) ?? {};
  return reasoningTokens === undefined ? null : tokens - reasoningTokens;
}

/** The steps of a text, and where its answer is. Throws a `ServerFault` for a text without any. */
function readSolution(
  { text, reasoning, ended, usage }: Generation,
  { format, split }: { format: ModelFormat; split: Splitter },
): Solution {
  const parts = partsOf({ text, reasoning }, format);
  const steps = splitSteps(parts.reasoning, split);
  if (steps.length === 0) {
    throw new ServerFault("empty", "wrote nothing, or kept all of it to itself", {
      mayHaveCost: true,
    });
  }
  // What it thought in secret it thought before the first word.
  const hidden = reasoning === null ? (usage.reasoning ?? 0) : 0;
  const lengths = [...steps.map(({ length }) => length + 1), parts.answer?.length ?? 0];
  const shares = shareOut(Math.max(0, usage.completion - hidden), lengths);
  const answerTokens = shares.at(-1)!;
  return steps.map((step, i) => {
    const isLast = i === steps.length - 1;
    const own = shares[i]! + (i === 0 ? hidden : 0);
    return {
      ...{ text: step, logprob: null },
      tokens: own + (isLast ? answerTokens : 0),
      ...(parts.answer !== null && { reasoningTokens: own }),
      ended: isLast ? (ended === "length" ? "length" : "stop") : "step",
      answer: isLast && ended !== "length" ? answerIn(parts, format) : null,
    };
  });
}

/** `answer`: what comes after the reasoning; `null` where all is one text. */
interface Parts {
  readonly reasoning: string;
  readonly answer: string | null;
}

function partsOf(
  { text, reasoning }: Pick<Generation, "text" | "reasoning">,
  { thinking }: ModelFormat,
): Parts {
  if (reasoning !== null) return { reasoning, answer: text };
  const closed = thinking === null ? -1 : text.indexOf(thinking.close);
  if (thinking === null || closed < 0) return { reasoning: text, answer: null };
  const open = text.indexOf(thinking.open.trim());
  const from = open < 0 || open > closed ? 0 : open + thinking.open.trim().length;
  return {
    reasoning: text.slice(from, closed).trim(),
    answer: text.slice(closed + thinking.close.length),
  };
}

/** A short answer after reasoning needs no mark. */
function answerIn({ reasoning, answer }: Parts, { answer: place }: ModelFormat): string | null {
  if (answer === null) return readStatedAnswer(reasoning, place);
  const stated = readStatedAnswer(answer, place);
  if (stated !== null || answer.trim().includes("\n")) return stated;
  return readStatedAnswer(answer, { kind: "last line" });
}

/** Shares of a whole number in proportion, whole too, whose sum it is. */
function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let upTo = 0;
  let given = 0;
  return weights.map((weight) => {
    upTo += weight;
    const share = Math.floor((total * upTo) / sum) - given;
    given += share;
    return share;
  });
}
