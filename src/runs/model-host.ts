import { checkerVerifier } from "../models/checker.ts";
import { createEmbeddedPolicy } from "../models/embedded/embedded-policy.ts";
import { createEmbeddedVerifier, readPrm } from "../models/embedded/embedded-verifier.ts";
import { EngineShelf, type LentDecoder } from "../models/embedded/engine-shelf.ts";
import type { GgufModel } from "../models/embedded/gguf.ts";
import { createLogprobVerifier } from "../models/embedded/logprob-verifier.ts";
import { hostilePolicy } from "../models/hostile.ts";
import { scriptedPolicy, scriptedVerifier } from "../models/scripted.ts";
import type { ModelCard, ModelList, RunSpec } from "../protocol/runs.ts";
import type { SearchProblem } from "../search/context.ts";
import type { Policy, Verifier } from "../search/ports.ts";
import { isScripted, modelList, SCRIPTED_PACE } from "./model-list.ts";

export interface ModelHost {
  list(): ModelList;
  /** Reads all weights now, so that no run has to wait for them. What cannot be read is told when it is opened. */
  preload(): void;
  /**
   * The models that a run asks for, for it alone; the caller disposes of them.
   * Rejects with an `Error` that names the model if there is none, or if its
   * weights cannot be had or used.
   */
  open(
    spec: Pick<RunSpec, "policy" | "verifier" | "second"> & Partial<Pick<RunSpec, "earlier">>,
    problem: SearchProblem,
  ): Promise<{ policy: Policy; verifier: Verifier | null; second: Verifier | null }>;
}

/** What the machine gives. */
export interface ModelHostOptions {
  /** Of the embedded models, as they are now; what has no weights is there anyway. */
  readonly cards: () => readonly ModelCard[];
  readonly kernel: WebAssembly.Module;
  /** Weights of an embedded model by its name. What it gave once is kept for as long as the card has the same revision. */
  readonly load: (name: string) => GgufModel | Promise<GgufModel>;
  /** Lets everything else that waits in this thread run, and resolves then. */
  readonly breathe: () => Promise<void>;
  /** Models elsewhere. */
  readonly remote?: RemoteModels;
  /** What computes for one model of one run; an engine that is its own meanwhile if not told. */
  readonly openDecoder?: OpenDecoder;
}

/** Gives a decoder of these weights. */
export type OpenDecoder = (kernel: WebAssembly.Module, weights: GgufModel) => LentDecoder;

function ownEngines(): OpenDecoder {
  const shelf = new EngineShelf();
  return (kernel, weights) => shelf.lend(kernel, weights);
}

/** Models that compute elsewhere; `null` if none is called so. */
export interface RemoteModels {
  openPolicy(name: string, conversation: Conversation): Policy | null;
  openVerifier(name: string, conversation: Conversation): Verifier | null;
}

/** What models read: a problem, and what was asked before it. Scripts and checkers know the problem alone. */
interface Conversation {
  readonly problem: SearchProblem;
  readonly earlier: RunSpec["earlier"];
}

/** Seed of what the scripted models "know". */
const SCRIPT = 7360;

/** Opens models in this thread. */
export function modelHost({
  cards,
  kernel,
  load,
  breathe,
  remote,
  openDecoder = ownEngines(),
}: ModelHostOptions): ModelHost {
  const loaded = new Map<string, { revision: string; weights: Promise<GgufModel> }>();
  const weightsOf = ({ name, revision }: ModelCard): Promise<GgufModel> => {
    const known = loaded.get(name);
    if (known?.revision === revision) return known.weights;
    const weights = (async () => load(name))();
    // What could not be had may be there the next time.
    void weights.then(undefined, () => loaded.delete(name));
    loaded.set(name, { revision, weights });
    return weights;
  };
  const embedded = (
    { name, revision }: ModelCard,
    weights: GgufModel,
    { problem: { text }, earlier }: Conversation,
  ) => {
    const { decoder: engine, release } = openDecoder(kernel, weights);
    const { vocabulary } = weights;
    return { name, revision, problem: text, earlier, breathe, engine, release, vocabulary };
  };

  const openPolicy = async (name: string, conversation: Conversation): Promise<Policy> => {
    const { problem } = conversation;
    const elsewhere = remote?.openPolicy(name, conversation) ?? null;
    if (elsewhere !== null) return elsewhere;
    const card = find(modelList(cards()).policies, name, "policy");
    if (isScripted(name)) {
      const script = scriptedPolicy(SCRIPT, { problem, sleep, msPerToken: SCRIPTED_PACE[name] });
      return { ...(name === "scripted-hostile" ? hostilePolicy(script) : script), name };
    }
    return createEmbeddedPolicy(embedded(card, await weightsOf(card), conversation));
  };
  const openVerifier = async (name: string, conversation: Conversation): Promise<Verifier> => {
    const { problem } = conversation;
    const elsewhere = remote?.openVerifier(name, conversation) ?? null;
    if (elsewhere !== null) return elsewhere;
    const models = modelList(cards());
    const card = find(models.verifiers, name, "verifier");
    if (name === "checker") return checkerVerifier(problem);
    if (name === "scripted") return scriptedVerifier(SCRIPT, { problem });
    if (name === "logprob") {
      const [reader] = models.policies;
      return createLogprobVerifier(embedded(card, await weightsOf(reader!), conversation));
    }
    const weights = await weightsOf(card);
    const prm = readPrm(weights);
    return createEmbeddedVerifier({ ...embedded(card, weights, conversation), prm });
  };
  return {
    list: () => modelList(cards()),
    preload() {
      // The run that asks for what cannot be read is told.
      for (const card of cards()) weightsOf(card).catch(() => {});
    },
    async open({ policy, verifier, second, earlier = [] }, problem) {
      const conversation = { problem, earlier };
      // Both are on their way before either is waited for.
      const judge = cards().find(({ name }) => name === verifier);
      if (judge !== undefined) weightsOf(judge).catch(() => {});
      return {
        policy: await openPolicy(policy, conversation),
        verifier: verifier === null ? null : await openVerifier(verifier, conversation),
        second: second === undefined ? null : await openVerifier(second, conversation),
      };
    },
  };
}

function find(cards: readonly ModelCard[], name: string, role: string): ModelCard {
  const card = cards.find((candidate) => candidate.name === name);
  if (card) return card;
  throw new RangeError(
    `no ${role} is called "${name}"; there are ${cards.map((each) => each.name).join(", ")}`,
  );
}

/** Rejects with the signal's reason on abort. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason);
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
