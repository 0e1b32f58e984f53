import type { ModelFormat } from "../../protocol/connections.ts";
import type { Ask, Policy, Proposed } from "../../search/ports.ts";
import { type AskSignals, eachInTurn } from "./each-in-turn.ts";
import type { Generation, GenerationAsk, Wire } from "./generation.ts";
import type { ModelServer } from "./model-server.ts";
import { readStatedAnswer, type Splitter, saidSoFar, splitterOf, stopOf } from "./solution-text.ts";
import { type Spending, spendingOf, sumSpending, useDelta } from "./spending.ts";

export interface RemotePolicyOptions {
  /** As runs ask for it. */
  readonly name: string;
  readonly revision: string;
  readonly server: ModelServer;
  readonly wire: Wire;
  readonly format: ModelFormat;
}

/**
 * A policy on a server that can go on from a given step: every ask is a request
 * of its own, all of them in flight at once as far as the server's window lets
 * them, and told in the order of the asks. Prefixes that asks share are left to
 * the cache of the server.
 *
 * Where a server does not tell the end of a step from the end of all, a step that
 * states the answer ends the solution, and so does an empty one. Where the model
 * closes its reasoning, its answer is asked for at once, at most as long again.
 */
export function createStepPolicy(options: RemotePolicyOptions): Policy {
  const writer = new StepWriter(options);
  return {
    name: options.name,
    revision: options.revision,
    propose: (asks, signal) =>
      eachInTurn(asks, signal, (ask, i, signals) => writer.write(ask, i, signals)),
    dispose() {},
  };
}

/** What came of the requests for one step. */
interface Draft {
  readonly request: GenerationAsk;
  readonly generation: Generation;
  readonly spending: Spending;
  readonly step: string;
  readonly ended: Proposed["ended"] | "either";
}

class StepWriter {
  readonly #options: RemotePolicyOptions;
  readonly #split: Splitter;
  readonly #stop: string | null;

  constructor(options: RemotePolicyOptions) {
    this.#options = options;
    this.#split = splitterOf(options.format.delimiter);
    this.#stop = stopOf(options.format);
  }

  async write(ask: Ask, index: number, signals: AskSignals): Promise<Proposed> {
    const { format } = this.#options;
    const { maxStepTokens, ...sampling } = ask.sampling;
    const said = saidSoFar(ask.prefix, format);
    const request = { said, stop: this.#stop, maxTokens: maxStepTokens, sampling, seed: ask.seed };
    let draft = await this.#draft(request, signals);
    if (draft.step.trim() === "" && draft.ended === "step") {
      // Some begin with what parts steps. Without the stop they get to the point, and it is cut off here.
      const { spending } = draft;
      draft = await this.#draft({ ...request, stop: null }, signals);
      draft = { ...draft, spending: sumSpending(spending, draft.spending) };
    }
    const closed = closesAt(draft, format);
    const proposed =
      closed < 0 ? this.#judge(draft, ask) : await this.#state(draft, closed, signals);
    return { ask: index, ...proposed };
  }

  async #draft(request: GenerationAsk, signals: AskSignals): Promise<Draft> {
    const { generation, spending } = await this.#generate(request, signals);
    const { text, ended } = generation;
    const { step, rest } = this.#split(request.stop === this.#stop ? text : text.trimStart());
    const whole = { stop: "step", end: "stop", either: "either", length: "length" } as const;
    return { request, generation, spending, step, ended: rest === null ? whole[ended] : "step" };
  }

  /** Whether the solution ends here, and with what answer. */
  #judge({ generation, spending, step, ended }: Draft, { prefix }: Ask): Omit<Proposed, "ask"> {
    const { answer: place } = this.#options.format;
    const answer = readStatedAnswer([...prefix, step].join("\n"), place);
    // Every line is a last one as long as nothing comes after it.
    const states = answer !== null && place.kind !== "last line";
    const isLast = ended === "stop" || (ended === "either" && (step.trim() === "" || states));
    return {
      ...{ text: step, tokens: spending.written, logprob: generation.logprob },
      ended: isLast ? "stop" : ended === "either" ? "step" : ended,
      answer: isLast ? answer : null,
      spent: useDelta(spending),
    };
  }

  /** The reasoning is closed in this text: what it states after that is the answer. */
  async #state(draft: Draft, closed: number, signals: AskSignals): Promise<Omit<Proposed, "ask">> {
    const { request, generation, spending } = draft;
    const { text } = generation;
    const step = {
      ...{ text: text.slice(0, closed).trim(), ended: "stop" as const },
      reasoningTokens: spending.written,
    };
    const { answer: place } = this.#options.format;
    if (generation.ended === "end") {
      return {
        ...{ ...step, tokens: spending.written, logprob: generation.logprob },
        answer: readStatedAnswer(text.slice(closed), place),
        spent: useDelta(spending),
      };
    }
    const said = request.said + text + (generation.ended === "stop" ? request.stop : "");
    const more = await this.#generate({ ...request, said, stop: null }, signals);
    const all = sumSpending(spending, more.spending);
    const [first, second] = [generation.logprob, more.generation.logprob];
    return {
      ...{ ...step, tokens: all.written },
      logprob: first === null || second === null ? null : first + second,
      answer: readStatedAnswer(text.slice(closed) + more.generation.text, place),
      spent: useDelta(all),
    };
  }

  async #generate(ask: GenerationAsk, { signal, beforeSending }: AskSignals) {
    const { server, wire } = this.#options;
    const request = await wire.request(ask, signal);
    const { value: generation, lost } = await server.ask(request, signal, beforeSending);
    return { generation, spending: spendingOf(generation.usage, { lost, ...ask }) };
  }
}

/** Offset in the text at which its step closes the reasoning, −1 if it does not. */
function closesAt({ step, generation }: Draft, { thinking }: ModelFormat): number {
  if (thinking === null || !step.includes(thinking.close)) return -1;
  return generation.text.indexOf(thinking.close);
}
